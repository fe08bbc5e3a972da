import { arrived, todaysIds } from '../approval/dated.ts';
import type { OperationChange } from '../approval/lift.ts';
import type { JudgedPull } from '../approval/line.ts';
import { isSince } from '../approval/returns.ts';
import { resolve } from '../desired/resolve.ts';
import type { HashOf } from '../model/approval.ts';
import { parsedId, type ChangeId } from '../model/change-id.ts';
import { dayAt, type Day } from '../model/day.ts';
import { userNameOf } from '../model/directory.ts';
import { approvalFor, creationOfUser } from '../plan/creations.ts';
import type { JudgedLine } from './judged-line.ts';

/** What the pull requests of a line approve today. */
export interface Granted {
  /** The id under which a change is approved: its own, or that of the create of its object. */
  readonly approvalOf: (change: OperationChange) => ChangeId | undefined;
  /** The pull request that approves a change. */
  readonly approverOf: (change: OperationChange) => JudgedPull | undefined;
  /** What was approved for a day that has come, under its id of today. */
  readonly arrived: ReadonlySet<ChangeId>;
}

/** Looks up what approves a change today. `returns` are the changes that give access again, each with the time after which it must have been shown. */
export function grantedBy(line: JudgedLine, asOf: Day, hashOf: HashOf, returns: ReadonlyMap<ChangeId, string>): Granted {
  const come = arrived(line.schedule, asOf, line.standing);
  const desired = resolve(line.tip, asOf);
  const approver = (id: ChangeId) => unspent(line.standing.approving(id), id, { hashOf, returns }) ?? come.get(id);
  const created = new Map([...new Set(come.values())].flatMap((pull) => createdSince(line, pull, asOf, { come, approver })));
  const known = new Map<ChangeId, JudgedPull | undefined>();
  const approverOfId = (id: ChangeId) => {
    if (!known.has(id)) known.set(id, approver(id) ?? created.get(id));
    return known.get(id);
  };
  const approvalOf: Granted['approvalOf'] = (change) => approvalFor(change, desired, (id) => approverOfId(id) !== undefined);
  return {
    approvalOf,
    approverOf: (change) => {
      const id = approvalOf(change);
      return id === undefined ? undefined : approverOfId(id);
    },
    arrived: new Set(come.keys()),
  };
}

/** A reactivation that was in place once, or was shown before the access was taken away, is used up: somebody has taken it away since. */
function unspent(
  pull: JudgedPull | undefined,
  id: ChangeId,
  { hashOf, returns }: { readonly hashOf: HashOf; readonly returns: ReadonlyMap<ChangeId, string> },
): JudgedPull | undefined {
  if (pull?.verdict.kind !== 'approved' || parsedId(id).op !== 'reactivate') return pull;
  const { spent, keyId, since } = pull.verdict.plan;
  return spent.includes(hashOf(keyId, id) ?? '') || !isSince(since, returns.get(id)) ? undefined : pull;
}

interface Arrivals {
  readonly come: ReadonlyMap<ChangeId, JudgedPull>;
  readonly approver: (id: ChangeId) => JudgedPull | undefined;
}

/**
 * The creates of today by which users get what a pull request approved: one that was approved as of the day of its plan gives today what was approved
 * for the days since, if all that has come since was approved.
 */
function createdSince(
  { tip, schedule }: JudgedLine,
  pull: JudgedPull,
  asOf: Day,
  { come, approver }: Arrivals,
): readonly (readonly [ChangeId, JudgedPull])[] {
  if (pull.verdict.kind !== 'approved') return [];
  const planned = dayAt(new Date(pull.verdict.plan.plannedAt));
  const passed = schedule.filter(({ day }) => planned < day && day <= asOf);
  const [then, now] = [resolve(tip, planned), resolve(tip, asOf)];
  const clear = passed.filter((change) => todaysIds(change).every((id) => come.has(id)));
  const unclear = new Set(passed.filter((change) => !clear.includes(change)).map(({ userName }) => userNameOf(userName)));
  const names = new Set(clear.map(({ userName }) => userNameOf(userName)).filter((name) => !unclear.has(name)));
  return [...names].flatMap((name) => {
    const [before, today] = [creationOfUser(then, name), creationOfUser(now, name)];
    return before !== undefined && today !== undefined && approver(before) ? [[today, pull] as const] : [];
  });
}
