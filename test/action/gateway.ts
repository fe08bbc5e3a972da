import { onTestFinished } from 'vitest';
import type { Account } from '../../cmd/github/account.ts';
import { openHub, type Hub } from '../../cmd/github/octokit.ts';
import type { Result } from '../../src/model/diagnostic.ts';
import { startHub, type FakeHub, type HubOptions } from './hub/hub.ts';

/** The loopback GitHub, the gateway to it, and the pauses that the gateway made, in seconds; the clock of both runs by these alone. */
export interface Gate {
  readonly github: FakeHub;
  readonly hub: Hub;
  readonly pauses: readonly number[];
}

/** Opens both, until the test ends. */
export async function gate(options: HubOptions = {}, given: { readonly token?: string } = {}): Promise<Gate> {
  const pauses: number[] = [];
  let time = Date.parse('2026-10-03T09:00:00Z');
  const sleep = async (ms: number) => {
    pauses.push(ms / 1000);
    time += ms;
  };
  const now = () => new Date(time);
  const github = await startHub({ now, ...options });
  onTestFinished(github.close);
  const { url: apiUrl, graphqlUrl, owner, repo } = github;
  const hub = openHub({ token: given.token ?? github.token, apiUrl, graphqlUrl, owner, repo, sleep, now, userAgent: 'seatform/test' });
  return { github, hub, pauses };
}

/** A gate with a pull request, number 1, that changes `seatform.yaml`. */
export async function withPull(...given: Parameters<typeof gate>): Promise<Gate> {
  const opened = await gate(...given);
  opened.github.commit('main', { 'seatform.yaml': 'version: 1\n' });
  opened.github.commit('topic', { 'seatform.yaml': 'version: 1\nusers: []\n' });
  opened.github.openPull({ head: 'topic' });
  return opened;
}

/** Who the token of the gate belongs to. */
export const actions: Account = { login: 'github-actions[bot]', type: 'Bot' };

/** A person on GitHub. */
export const person = (login: string): Account => ({ login, type: 'User' });

/** The value of a result, or an error with all that was in its way. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
}

/** What a failed result says, message and help in one text. */
export function troubleOf(result: Result<unknown>): string {
  if (result.ok) throw new Error(`it succeeded: ${JSON.stringify(result.value)}`);
  return result.diagnostics.map(({ code, message, help }) => `${code} ${message}${help === undefined ? '' : ` = ${help}`}`).join('\n');
}

/** The requests that were sent, as method and path, queries and all. */
export function sentTo(github: FakeHub): readonly string[] {
  return github.requests.map(({ method, path }) => `${method} ${path}`);
}
