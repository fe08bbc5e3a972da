import { nearest } from '../../src/config/suggest.ts';
import { commandFor, eventOf, type ActionEvent } from '../../src/github/events.ts';
import { inputsOf, variableOf, type Command, type Inputs } from '../../src/github/inputs.ts';
import { fail, succeed, type Diagnostic, type Result } from '../../src/model/diagnostic.ts';
import { renderTrouble } from '../../src/render/comment/trouble.ts';
import { safe } from '../../src/render/escape.ts';
import { exitCodes } from '../exit.ts';
import { version } from '../version.ts';
import { applyTip } from './apply.ts';
import { findDrift } from './drift-run.ts';
import { annotate, print } from './log.ts';
import { guideOf } from './links.ts';
import { openHub } from '../github/octokit.ts';
import { failed, idle, type Outcome } from './outcome.ts';
import type { Outside } from './outside.ts';
import { planPull } from './plan.ts';
import { awaitMerge } from '../github/pull.ts';
import { readRepository } from '../github/repository.ts';
import { authorized, type Scene } from './scene.ts';
import { unmerged } from './refusal.ts';
import { validateAt } from './validate.ts';

/** Runs one step of a workflow: inputs and event → command → outputs, annotations, summary. Answers the exit code that the command line would give. */
export async function runAction(outside: Outside): Promise<number> {
  const { host, runner } = outside;
  for (const secret of ['token', 'signing-key', 'github-token']) maskInput(outside, secret);
  let isSummed = false;
  const watched = {
    ...runner,
    summary: (markdown: string) => {
      isSummed = true;
      return runner.summary(markdown);
    },
  };
  const outcome = await outcomeOf({ ...outside, runner: watched }).catch((error: unknown) => bugOf(outside, error));
  annotate(runner, outcome.diagnostics);
  if (outcome.exitCode !== exitCodes.done && !isSummed)
    await runner.summary(renderTrouble(outcome.summary, outcome.diagnostics, { guide: guideOf(host.env) }));
  const summary = safe(outcome.summary);
  const told = { 'exit-code': String(outcome.exitCode), summary, 'failure-reason': outcome.reason ?? '' };
  for (const [name, value] of Object.entries({ ...outcome.outputs, ...told })) runner.output(name, value);
  // What an annotation says already is not said again.
  if (outcome.diagnostics.every(({ message }) => message !== outcome.summary)) print(runner, summary);
  return outcome.exitCode;
}

/** Of what was thrown the place is told, and not its message: that may quote what nobody is to see. */
function bugOf({ runner }: Outside, error: unknown): Outcome {
  const places = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line)) : [];
  const summary = 'seatform has a bug: please report what the log tells of it';
  runner.write(`::error::${summary}\n`);
  print(runner, [error instanceof Error ? error.name : typeof error, ...places].join('\n'));
  return { exitCode: exitCodes.error, summary, diagnostics: [] };
}

/** Before anything else can be printed. */
function maskInput({ host, runner }: Outside, name: string): void {
  const secret = host.env[variableOf(name)]?.trim() ?? '';
  for (const line of secret.split(/\r?\n/)) if (line !== '') runner.mask(line);
}

async function outcomeOf(outside: Outside): Promise<Outcome> {
  const { env } = outside.host;
  const inputs = inputsOf(env, nearest);
  const event = eventOf(env['GITHUB_EVENT_NAME'], outside.payload);
  if (!inputs.ok || !event.ok) return failed([inputs, event].flatMap((one) => (one.ok ? [] : one.diagnostics)));
  const command = commandFor(event.value, inputs.value);
  if (!command.ok) return failed(command.diagnostics);
  const scene = await sceneOf(outside, inputs.value, event.value);
  if (!scene.ok) return failed(scene.diagnostics);
  return command.value === 'validate' ? validate(scene.value) : withToken(scene.value, command.value);
}

async function withToken(scene: Scene, command: Exclude<Command, 'validate'>): Promise<Outcome> {
  const { event } = scene;
  const able = authorized(scene);
  if (!able) {
    const isOutsider = command === 'plan' && (event.pull?.isFork === true || event.pull?.isDependabot === true);
    return isOutsider ? validateOutsider(scene) : failed([tokenMissing]);
  }
  switch (command) {
    case 'plan':
      return event.pull ? planPull(able, event.pull.number, event.pull.head) : failed([tokenMissing]);
    case 'apply':
      return applyTip(able);
    case 'drift':
      return findDrift(able);
  }
}

/** Checks what the event is about: the commit of a queue or push, or of the merge that GitHub made of a pull request. */
async function validate(scene: Scene): Promise<Outcome> {
  const { event, host } = scene;
  const commit = event.name === 'pull_request_target' ? undefined : (event.sha ?? host.env['GITHUB_SHA']);
  if (event.pull === undefined || commit !== undefined) return validateAt(scene, commit || scene.repository.tip);
  const merge = await awaitMerge(scene.hub, event.pull.number, event.pull.head);
  if (!merge.ok) return failed(merge.diagnostics);
  if (merge.value.kind === 'ready') return validateAt(scene, merge.value.merge);
  return merge.value.kind === 'conflict' || merge.value.kind === 'late'
    ? failed([unmerged(merge.value.kind)])
    : idle('The pull request is closed or has a newer commit by now.');
}

/** GitHub gives forks and Dependabot no secret: what can be checked without one is checked. */
async function validateOutsider(scene: Scene): Promise<Outcome> {
  const outcome = await validate(scene);
  const notice: Diagnostic = {
    severity: 'note',
    code: 'E213',
    message: 'no plan: GitHub hands no secret to pull requests from forks and of Dependabot, so the configuration was checked offline only',
    help: 'to have it planned, somebody who may write pushes it to a branch of this repository and opens a pull request from there',
  };
  return { ...outcome, diagnostics: [...outcome.diagnostics, notice] };
}

async function sceneOf({ host, runner }: Outside, inputs: Inputs, event: ActionEvent): Promise<Result<Scene>> {
  const { env } = host;
  const [owner = '', repo = ''] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  if (owner === '' || repo === '') return fail(misplaced('GITHUB_REPOSITORY is not set'));
  if (inputs.githubToken === undefined) return fail(misplaced('the input github-token is empty'));
  const options = {
    token: inputs.githubToken,
    apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com',
    graphqlUrl: env['GITHUB_GRAPHQL_URL'] || undefined,
  };
  const hub = openHub({ ...options, owner, repo, sleep: host.sleep, now: host.now, userAgent: `seatform/${version}` });
  const repository = await readRepository(hub);
  if (!repository.ok) return repository;
  const redact = inputs.redact ?? (repository.value.isPrivate ? 'none' : 'emails');
  const runUrl = `${repository.value.url}/actions/runs/${/^\d+$/.exec(env['GITHUB_RUN_ID'] ?? '')?.[0] ?? ''}`;
  const figma = figmaEnv(env, inputs);
  return succeed({
    host: { ...host, env: figma },
    runner,
    inputs,
    event,
    hub,
    repository: repository.value,
    redact,
    runUrl,
    cache: { blobs: new Map(), trees: new Map() },
  });
}

/** Inputs stand in for the variables that the command line reads. */
function figmaEnv(env: Outside['host']['env'], { token, tenantId, baseUrl }: Inputs): Outside['host']['env'] {
  return {
    ...env,
    FIGMA_SCIM_TOKEN: token,
    ...(tenantId !== undefined && { FIGMA_TENANT_ID: tenantId }),
    ...(baseUrl !== undefined && { FIGMA_SCIM_BASE_URL: baseUrl }),
  };
}

function misplaced(message: string): Diagnostic {
  return { severity: 'error', code: 'E212', message, help: 'the Action runs as a step of a GitHub workflow' };
}

const tokenMissing: Diagnostic = {
  severity: 'error',
  code: 'E202',
  message: 'no SCIM token: the input `token` is empty',
  help: 'the environment `figma` must hold the secret FIGMA_SCIM_TOKEN, and the job must name it: `environment: figma`, `token: ${{ secrets.FIGMA_SCIM_TOKEN }}`',
};
