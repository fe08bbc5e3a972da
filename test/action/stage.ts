import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runAction } from '../../cmd/action/run.ts';
import type { Host } from '../../cmd/host.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator.ts';
import type { FileChange } from './hub/branches.ts';
import { startHub, type FakeHub, type HubOptions } from './hub/hub.ts';

/** What one step of a workflow did. */
export interface Ran {
  readonly code: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
  readonly summary: string;
}

/** A repository on GitHub and an organization in Figma. `day` is today for both GitHub and the Action. */
export interface Stage {
  readonly github: FakeHub;
  readonly figma: Emulator;
  /** Moves the clock to noon of a day. */
  readonly setDay: (day: string) => void;
  /** Moves the clock by seconds. */
  readonly wait: (seconds: number) => void;
  /** Runs the plan workflow of a pull request, as GitHub would after an event of it. */
  readonly plan: (pull: number, given?: Given) => Promise<Ran>;
  /** Runs the apply workflow. */
  readonly apply: (given?: Given) => Promise<Ran>;
  readonly run: (event: string, payload: object, given?: Given) => Promise<Ran>;
}

export interface Given {
  readonly event?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The head in the event, where it is not the one of now. */
  readonly head?: string;
  readonly onInterrupt?: Host['onInterrupt'];
}

export interface Scenery {
  readonly figma?: EmulatorOptions;
  readonly github?: HubOptions;
  /** The files of the first commit. */
  readonly files?: Readonly<Record<string, FileChange>>;
}

/** Opens a stage until the test ends. */
export async function staged(scenery: Scenery = {}): Promise<Stage> {
  const { close, ...stage } = await openStage(scenery);
  onTestFinished(close);
  return stage;
}

/** Opens a stage; close it. */
export async function openStage({ figma: figmaOptions = {}, github: githubOptions = {}, files }: Scenery = {}): Promise<
  Stage & { readonly close: () => Promise<void> }
> {
  let time = Date.parse('2026-11-22T12:00:00Z');
  const now = () => new Date(time);
  const [figma, github] = await Promise.all([startEmulator({ now, ...figmaOptions }), startHub({ private: true, now, ...githubOptions })]);
  const folder = await mkdtemp(join(tmpdir(), 'seatform-action-'));
  const close = async () => {
    await Promise.all([figma.close(), github.close(), rm(folder, { recursive: true, force: true })]);
  };
  if (files) github.commit('main', files);
  const run: Stage['run'] = async (event, payload, { inputs = {}, env = {}, onInterrupt } = {}) => {
    let log = '';
    let summary = '';
    const outputs: Record<string, string> = {};
    const write = (text: string) => {
      log += text;
    };
    const stream = { write, isTerminal: false, columns: undefined };
    const given = { token: figma.token, 'tenant-id': figma.tenantId, 'base-url': figma.baseUrl, 'github-token': github.token, ...inputs };
    const host: Host = {
      env: {
        GITHUB_EVENT_NAME: event,
        GITHUB_REPOSITORY: `${github.owner}/${github.repo}`,
        GITHUB_API_URL: github.url,
        GITHUB_GRAPHQL_URL: github.graphqlUrl,
        GITHUB_RUN_ID: '4711',
        RUNNER_TEMP: folder,
        ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
        ...env,
      },
      cwd: folder,
      out: stream,
      err: stream,
      ask: undefined,
      readStdin: async () => '',
      now,
      // Waiting costs a hundredth, and moves the clock.
      sleep: async (milliseconds) => {
        time += milliseconds;
        await new Promise((resolve) => setTimeout(resolve, milliseconds / 100));
      },
      random: () => 0.5,
      onInterrupt: onInterrupt ?? (() => () => {}),
    };
    const runner = {
      mask: (secret: string) => write(`::add-mask::${secret}\n`),
      output: (name: string, value: string) => {
        outputs[name] = value;
      },
      summary: async (markdown: string) => {
        summary = markdown;
      },
      write,
    };
    time += 1000;
    const code = await runAction({
      host,
      payload: { repository: { id: github.repositoryId, default_branch: 'main' }, ...payload },
      runner,
    });
    return { code, outputs, log, summary };
  };
  return {
    close,
    github,
    figma,
    setDay: (day) => {
      time = Date.parse(`${day}T12:00:00Z`);
    },
    wait: (seconds) => {
      time += seconds * 1000;
    },
    run,
    plan: (number, given = {}) =>
      run(given.event ?? 'pull_request_target', { action: 'synchronize', pull_request: described(github, number, given.head) }, given),
    apply: (given = {}) => run(given.event ?? 'push', { ref: 'refs/heads/main', after: github.tip('main') }, given),
  };
}

/** A pull request as the payload of an event describes it. */
export function described(github: FakeHub, number: number, head?: string): object {
  const pull = github.pull(number);
  const id = pull.fork === false ? github.repositoryId : 99;
  return {
    number,
    user: { login: pull.author },
    head: { sha: head ?? pull.pinned ?? github.tip(pull.branch), repo: { id } },
    base: { ref: pull.base, repo: { id: github.repositoryId } },
  };
}
