import type { SourceFile } from '../model/declaration.ts';

/** Where GitHub looks for workflows, from the root of a repository. */
export const workflowFolder = '.github/workflows';

/** The workflows that plan, validate and apply a configuration, by paths in their folder; they use this exact release of the Action. */
export function workflowFiles(version: string): readonly SourceFile[] {
  const action = `seatform/seatform@v${version}`;
  return [
    { path: 'figma-plan.yml', text: plan(action) },
    { path: 'figma-validate.yml', text: validate(action) },
    { path: 'figma-apply.yml', text: apply(action) },
  ];
}

const plan = (
  action: string,
) => `# Plans every pull request against the live organization, and keeps the plan in one comment: what is approved by merging it.
name: figma plan

on:
  # This file is taken from the default branch, never from the pull request, and the pull request's files are only read as data:
  # add no step here that checks them out or runs them, since the job has the token.
  pull_request_target:
    types: [opened, synchronize, reopened, edited]

permissions: {}

concurrency:
  group: figma-plan-\${{ github.event.pull_request.number }}
  cancel-in-progress: true

jobs:
  plan:
    # The required check of the ruleset. No \`if\` and no \`paths\` here: what is skipped would count as passed, or never report.
    name: figma plan
    runs-on: ubuntu-latest
    timeout-minutes: 15
    environment: figma
    permissions:
      contents: read
      pull-requests: write
    steps:
      - uses: ${action}
        with:
          token: \${{ secrets.FIGMA_SCIM_TOKEN }}
          # Signs approvals, so that they outlive a new SCIM token. Without this secret the key is derived from the token.
          signing-key: \${{ secrets.FIGMA_SIGNING_KEY }}
          tenant-id: \${{ vars.FIGMA_TENANT_ID }}
`;

const validate = (
  action: string,
) => `# Checks the files without any secret: on pull requests, those of forks included, and in the merge queue if there is one.
name: figma validate

on:
  pull_request:
  merge_group:

permissions: {}

jobs:
  validate:
    # The merge queue waits for the same name that the ruleset requires; on a pull request only the plan may bear it.
    name: \${{ github.event_name == 'merge_group' && 'figma plan' || 'figma validate' }}
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: ${action}
        with:
          command: validate
`;

const apply = (action: string) => `# Applies what was approved by merging, and every day what has fallen due: grants that begin or end.
name: figma apply

on:
  push:
    # The default branch: change it here if yours has another name.
    branches: [main]
  schedule:
    # Once a day, in UTC. The days of grants are days in UTC, too.
    - cron: '23 4 * * *'
  workflow_dispatch:
    inputs:
      approve:
        description: The digest of a plan to carry out as it was printed (sha256:…), and any guards to lift (GUARD=N); empty for an ordinary apply
        type: string
        required: false

permissions: {}

# One apply at a time, and none is cut short. Whatever else writes to Figma belongs into this group.
concurrency:
  group: figma
  cancel-in-progress: false

jobs:
  apply:
    name: figma apply
    runs-on: ubuntu-latest
    timeout-minutes: 60
    environment: figma
    permissions:
      contents: read
      issues: write
      pull-requests: write
      statuses: write
    steps:
      - uses: ${action}
        with:
          token: \${{ secrets.FIGMA_SCIM_TOKEN }}
          # Signs approvals, so that they outlive a new SCIM token. Without this secret the key is derived from the token.
          signing-key: \${{ secrets.FIGMA_SIGNING_KEY }}
          tenant-id: \${{ vars.FIGMA_TENANT_ID }}
          approve: \${{ inputs.approve }}
          # drift: correct        # undo by schedule what was changed in Figma by hand, within the limits
`;
