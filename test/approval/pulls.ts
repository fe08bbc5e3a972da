import type { HashOf, LineCommit, MergedPlan, Opinion, SignedHashes, SignedPlan } from '../../src/model/approval.ts';
import { changeId, type ChangeId, type ChangeParts } from '../../src/model/change-id.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import { defaultPolicy, type Separation } from '../../src/model/policy.ts';
import type { Field } from '../../src/approval/fields.ts';
import { judgePulls, standingOf, type JudgedPull, type Standing, type Step } from '../../src/approval/line.ts';

/** Hashes that can be read: the key and the id. Only `key` is known. */
export const hashOf: HashOf = (keyId, id) => (keyId === 'key' ? `#${id}` : undefined);

/** A minute of the hour in which everything happens: planned at 0, seen at 1, reviewed at 10, merged at 20. */
export function minute(count: number): string {
  return new Date(Date.UTC(2026, 10, 22, 12, count)).toISOString().replace('.000Z', 'Z');
}

export function id(op: ChangeParts['op'], name: string, more: Partial<ChangeParts> = {}): ChangeId {
  return changeId({ op, kind: 'user', name, ...more });
}

export function seat(name: string, value: string): ChangeId {
  return id('set', name, { attribute: 'seat', value });
}

export function opinion(author: string, at = 10, more: Partial<Opinion> = {}): Opinion {
  return { author, state: 'APPROVED', at: minute(at), counts: true, ...more };
}

/** What a pull request signs, by kind. */
export function signedPlan(
  signed: Partial<Record<keyof SignedHashes, readonly ChangeId[]>> = {},
  more: Partial<SignedPlan> = {},
): SignedPlan {
  const hashes = (kind: keyof SignedHashes) => (signed[kind] ?? []).map((one) => hashOf('key', one) ?? '');
  return {
    keyId: 'key',
    plannedAt: minute(0),
    since: minute(1),
    allowances: {},
    hashes: { changes: hashes('changes'), rules: hashes('rules'), takenBack: hashes('takenBack'), dated: hashes('dated') },
    updates: [],
    access: {},
    returns: [],
    spent: [],
    ...more,
  };
}

/** A pull request of Ada that Bob approved. */
export function pull(plan: SignedPlan = signedPlan(), more: Partial<MergedPlan> = {}): MergedPlan {
  return {
    number: 1,
    author: 'ada',
    mergedAt: minute(20),
    signed: { kind: 'signed', plan },
    opinions: [opinion('bob')],
    commits: [{ oid: 'c1', people: ['ada'] }],
    ...more,
  };
}

/** A commit of the line that changes nothing. */
export function step(oid: string, pulls: readonly MergedPlan[] = [], more: Partial<Omit<Step, 'commit'>> = {}): Step {
  const declaration: Declaration = { organization: {}, users: [], groups: [], grants: [], files: [], digest: oid };
  const commit: LineCommit = { oid, declaration, people: [], pulls };
  const { separation } = defaultPolicy;
  return {
    commit,
    fields: new Set(),
    rules: [],
    days: new Set(),
    beneficiaries: [],
    separation: { before: separation, after: separation },
    ...more,
  };
}

export function fieldsOf(...fields: readonly Field[]): ReadonlySet<Field> {
  return new Set(fields);
}

/** What a line approves under the default separation. */
export function standing(steps: readonly Step[], start: Separation = defaultPolicy.separation): Standing {
  return standingOf(steps, judgePulls(steps, start, hashOf).pulls, hashOf);
}

/** The commit of what approves, or why it approves nothing. */
export function commitOf(judged: JudgedPull | undefined): string {
  return judged === undefined ? 'nothing' : judged.commit;
}
