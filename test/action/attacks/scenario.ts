import { expect } from 'vitest';
import { asking, file, played, type Drama, type Seats } from '../drama.ts';
import type { FileChange } from '../hub/branches.ts';
import type { Opinion } from '../hub/reviews.ts';
import type { MergeMethod } from '../hub/pulls.ts';
import type { Ran, Scenery } from '../stage.ts';

/** Who has which seat at the start of most scenarios. */
export const people: Seats = { ada: 'Full', bob: 'Full', eve: 'View' };

/** Limits that stand in nobody's way. Who has to approve is left at its default: one other person. */
const roomy =
  'minAdmins: 0, limits: { creations: 100, deactivations: 100, reactivations: 100, downgrades: 100, emailChanges: 100, membershipRemovals: 100, adminChanges: 100 }';

/** A configuration that asks for these seats, with more rules under `organization` and more at its end. */
export function wanting(seats: Seats, rules = '', more = ''): string {
  return `${asking(seats, `organization: { ${[roomy, ...(rules === '' ? [] : [rules])].join(', ')} }\n`)}${more}`;
}

/** The end of a configuration: temporary access. */
export function granting(...grants: readonly string[]): string {
  return `grants:\n${grants.map((grant) => `  - { ${grant} }\n`).join('')}`;
}

type Files = string | Readonly<Record<string, FileChange>>;

/** A stage on which Figma has these seats and main asks for them and counts as applied. */
export function begun(seats: Seats = people, { files, ...more }: Omit<Scenery, 'files'> & { files?: Files } = {}): Promise<Drama> {
  return played(seats, { ...more, files: files ?? wanting(seats) });
}

/** The same, where Figma refuses so many changes of these people, so that no commit counts as applied before. */
export function refusing(names: readonly string[], { times = 100, seats = people } = {}): Promise<Drama> {
  const refused = names.map((name) => `${name}@acme.com`);
  const users = Object.entries(seats).map(([name, seat]) => ({
    userName: `${name}@acme.com`,
    active: seat !== 'off',
    roles: [{ type: 'seatType', value: seat === 'off' ? 'View' : seat }],
  }));
  return begun(seats, { figma: { seed: { users, groups: [], refused }, faults: [`refuse=${times}`] } });
}

/** Commits on main directly, as somebody who needs no review does. */
export function pushed({ github, wait }: Drama, files: Files, author = 'mallory'): string {
  wait(60);
  return github.commit('main', filesOf(files), 'Push', { author });
}

let branches = 0;

/** A branch with one commit, started from main or another branch. */
export function branched({ github, wait }: Drama, files: Files, { from = 'main', author = 'octocat' } = {}): string {
  wait(60);
  branches += 1;
  const branch = `branch-${branches}`;
  github.reset(branch, github.tip(from));
  github.commit(branch, filesOf(files), 'Change', { author });
  return branch;
}

/** Opens a pull request of a branch and has it planned. */
export async function opened(
  { github, plan, wait }: Drama,
  head: string,
  { code = 0, ...pull }: { author?: string; base?: string; body?: string; code?: number } = {},
): Promise<number> {
  const number = github.openPull({ head, ...pull });
  wait(60);
  expect(await plan(number)).toMatchObject({ code });
  wait(60);
  return number;
}

/** Opens a pull request of files and has it planned. */
export function proposed(drama: Drama, files: Files, more: Parameters<typeof opened>[2] & { from?: string } = {}): Promise<number> {
  const { from, ...pull } = more;
  return opened(drama, branched(drama, files, { ...(from && { from }), author: pull.author ?? 'octocat' }), pull);
}

/** Somebody reviews what the comment of a pull request shows. */
export function reviewed({ github, wait }: Drama, pull: number, state: Opinion = 'APPROVED', by = 'ann'): number {
  wait(60);
  github.review(pull, by, state);
  wait(60);
  return pull;
}

/** A pull request of files that was planned, reviewed and merged. */
export async function merged(drama: Drama, files: Files, how: MergeMethod = 'squash'): Promise<number> {
  const pull = reviewed(drama, await proposed(drama, files));
  drama.github.mergePull(pull, how);
  drama.wait(60);
  return pull;
}

/** The same, applied as a whole. */
export async function landed(drama: Drama, files: Files, how: MergeMethod = 'squash'): Promise<number> {
  const pull = await merged(drama, files, how);
  expect(await drama.applied()).toMatchObject({ code: 0 });
  return pull;
}

/** Plans a pull request again, as after a push or an edit of its description. */
export async function replanned({ plan, wait }: Drama, pull: number): Promise<Ran> {
  wait(60);
  const ran = await plan(pull);
  wait(60);
  return ran;
}

/** An apply that somebody starts by hand with a digest, which others may have named on the issue on drift before. */
export function dispatched({ applied, wait }: Drama, digest: string, by: string) {
  wait(60);
  const env = { GITHUB_ACTOR: by, GITHUB_TRIGGERING_ACTOR: by };
  return applied({ event: 'workflow_dispatch', inputs: { approve: digest }, env });
}

/** The daily run, which also corrects drift. */
export function scheduled({ applied, wait }: Drama) {
  wait(60);
  return applied({ event: 'schedule', inputs: { drift: 'correct' } });
}

/** The result of a run that wrote nothing because an approval is missing. */
export const unapproved = { code: 4, wrote: [], outputs: { 'exit-code': '4', applied: '0' } } as const;

function filesOf(files: Files): Readonly<Record<string, FileChange>> {
  return typeof files === 'string' ? { [file]: files } : files;
}
