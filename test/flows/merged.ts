import { load } from '../../src/config/load.ts';
import { concludeMerge, type CarriedOut, type MergeResult } from '../../src/flows/conclude.ts';
import type { MergeFacts } from '../../src/flows/judged-line.ts';
import { planMerge, type MergePlan, type MergeRequest } from '../../src/flows/merge.ts';
import type { Observed } from '../../src/flows/plan.ts';
import { reviewPull, type Reviewed } from '../../src/flows/pull-request.ts';
import type { LineCommit, MergedPlan, SignedPlan } from '../../src/model/approval.ts';
import { parsedId, type ChangeId } from '../../src/model/change-id.ts';
import type { Day } from '../../src/model/day.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import type { Result } from '../../src/model/diagnostic.ts';
import { hashOf, pull, signedPlan } from '../approval/pulls.ts';
import { heldBy, type Held } from '../plan/declared.ts';

/** The day of everything, unless a test says another. */
export const today = '2026-11-22' as Day;

export function declared(yaml: string): Declaration {
  return valueOf(load([{ path: 'seatform.yaml', text: `version: 1\n${yaml}` }]));
}

function observed(held: Held): Observed {
  return { ok: true, value: heldBy(held), warnings: [] };
}

/** What a pull request would show and sign. */
export function reviewOf(
  merged: string,
  base: string | undefined,
  held: Held,
  given: Readonly<Record<string, number>> = {},
  asOf = today,
): Reviewed {
  const proposal = { merged: declared(merged), ...(base !== undefined && { base: declared(base) }) };
  return valueOf(reviewPull(proposal, observed(held), { asOf, allowances: new Map(Object.entries(given)) }));
}

/** One commit of a line: what it asks for, and the pull request that merged it, with what was live when that was planned. */
export interface Commit {
  readonly yaml: string;
  readonly planned?: Held;
  readonly pull?: Partial<MergedPlan>;
  readonly signed?: Partial<SignedPlan>;
  readonly allowances?: Readonly<Record<string, number>>;
  readonly day?: string;
}

/** The line of these commits, oldest first. A commit without `planned` is a push. */
export function lineOf(commits: readonly Commit[]): readonly LineCommit[] {
  return commits.map((commit, position): LineCommit => ({
    oid: `commit${position}`,
    declaration: declared(commit.yaml),
    people: [],
    pulls: commit.planned ? [mergedBy(commit, commits[position - 1]?.yaml, commit.planned, position)] : [],
  }));
}

function mergedBy({ yaml, pull: more, signed, allowances, day }: Commit, base: string | undefined, held: Held, number: number): MergedPlan {
  const { ids, review } = reviewOf(yaml, base, held, allowances, day as Day | undefined);
  const returns = ids.changes.filter((one) => parsedId(one).op === 'reactivate').map((one) => hashOf('key', one) ?? '');
  const given = { allowances: Object.fromEntries(review.allowances), returns };
  const at = day === undefined ? {} : { plannedAt: `${day}T12:00:00Z`, since: `${day}T12:01:00Z` };
  const times =
    day === undefined
      ? {}
      : { mergedAt: `${day}T13:00:00Z`, opinions: [{ author: 'bob', state: 'APPROVED' as const, at: `${day}T12:30:00Z`, counts: true }] };
  return pull(signedPlan({ ...ids }, { ...given, ...at, ...signed }), { number, ...times, ...more });
}

/** What else is so: what is known of the line, and when those who are inactive were last changed. */
interface Circumstances {
  readonly facts?: Partial<MergeFacts>;
  readonly goneAt?: string;
}

function inactiveSince(changedAt: string, { value, ...read }: Observed): Observed {
  const users = [...value.users].map(
    ([name, user]) => [name, user.attributes.active ? user : Object.assign({}, user, { changedAt })] as const,
  );
  return { ...read, value: { ...value, users: new Map(users) } };
}

/** What may be written at the tip of a line whose oldest commit was applied today, unless `facts` says otherwise. */
export function merging(
  commits: readonly Commit[],
  held: Held,
  { facts = {}, asOf = today, goneAt, ...request }: Partial<MergeRequest> & Circumstances = {},
): MergePlan {
  const line = lineOf(commits);
  const tip = line.at(-1)?.declaration;
  if (!tip) throw new Error('no tip');
  const known = { line, appliedDay: today, isTrusted: true, hashOf, ...facts };
  return valueOf(
    planMerge(known, tip, goneAt === undefined ? observed(held) : inactiveSince(goneAt, observed(held)), {
      asOf,
      withDrift: false,
      ...request,
    }),
  );
}

/** A first apply: no status, nothing is known of what was applied. */
export function first(commits: readonly Commit[]): { readonly facts: Partial<MergeFacts> } {
  return { facts: { isTrusted: false, line: lineOf(commits), appliedDay: undefined as never } };
}

/** How an apply ends that carries out all that was chosen, or what is said here. */
export function concluded(planned: MergePlan, after?: Held, carried: Partial<CarriedOut> = {}, asOf = today): MergeResult {
  const done: CarriedOut = {
    open: [],
    written: planned.chosen.operations.length,
    failed: 0,
    isHarmed: false,
    isInterrupted: false,
    ...carried,
  };
  return valueOf(concludeMerge(planned, done, after && observed(after), { asOf, hashOf }));
}

/** Changes in words: `set a@x.io seat Full`, `add Design member a@x.io`, with the day of one of a day to come. */
export function said(ids: Iterable<ChangeId>): readonly string[] {
  return [...ids].map((one) => {
    if (one.startsWith('takes back ')) return `takes back ${said([one.slice('takes back '.length) as ChangeId])[0] ?? ''}`;
    const { op, name, attribute, value, day } = parsedId(one);
    const text = typeof value === 'object' ? undefined : value;
    return [op, name, attribute, text, day].filter((part) => part !== undefined).join(' ');
  });
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; '));
  return result.value;
}

/** A pull request gives the only seat of a full pool to a@x.io. The commit before it, which frees that seat, was pushed and nobody approved it. */
export function takenWhileFull(): MergePlan {
  const pool = 'organization: { seats: { Full: { purchased: 1 } } }';
  const pair = (a: string, b: string) => `users: [{ userName: a@x.io, seat: ${a} }, { userName: b@x.io, seat: ${b} }]\n${pool}`;
  const used: Held = { users: { 'a@x.io': { seat: 'View' }, 'b@x.io': { seat: 'Full' } } };
  return merging([{ yaml: pair('View', 'Full') }, { yaml: pair('View', 'View') }, { yaml: pair('Full', 'View'), planned: used }], used);
}
