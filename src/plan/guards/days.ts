/**
 * Scheduled changes are judged when they are planned: when their day comes nobody looks at them any more. All that one day changes is judged
 * together, by the limits and pools of today and on top of what the plan and the days before leave behind. Grants change no admins and
 * deactivate nobody, so only these guards have something to say; what else comes to change on a day adds its guard to the list.
 */
import type { Day } from '../../model/day.ts';
import type { Verdict } from '../../model/plan.ts';
import type { Pool } from '../../model/policy.ts';
import type { ScheduledChange } from '../../model/scheduled-change.ts';
import { dayChanges, type DayChanges } from './day-changes.ts';
import type { DayFacts } from './day-facts.ts';
import { shrinkVerdict } from './group-shrink.ts';
import { limitVerdict } from './limits.ts';
import { poolVerdict, type Excess } from './pool.ts';

/** A verdict on a day to come. `shares` says what it counts apart, such as each group, and what of that is too much. */
export interface DayVerdict extends Verdict {
  readonly day: Day;
  readonly shares: ReadonlyMap<string, Share>;
}

interface Share {
  readonly count: number;
  readonly isOver: boolean;
}

type DayGuard = (changes: DayChanges, basis: DayFacts['basis']) => DayVerdict;

const guards: ReadonlyMap<string, DayGuard> = new Map(Object.entries({ downgrades, membershipRemovals, groupShrink, pool }));

/** The guards that judge days to come, in the order in which they are reported. */
export const dayGuardNames: readonly string[] = [...guards.keys()];

/** The verdicts of every day within a year on which scheduled changes change something, the soonest day first. */
export function judgeDays(scheduled: readonly ScheduledChange[], facts: DayFacts): readonly DayVerdict[] {
  return dayChanges(scheduled, facts).flatMap((changes) => [...guards.values()].map((guard) => guard(changes, facts.basis)));
}

/**
 * The verdicts that block, those as warnings whose day is no worse than it is without: a pull request does not answer for what is too much
 * already. A day is worse where more is counted of anything that is too much; another day is always worse than none.
 */
export function worseDays(merged: readonly DayVerdict[], base: readonly DayVerdict[]): readonly DayVerdict[] {
  const known = new Map(base.map((verdict) => [keyOf(verdict), verdict.shares]));
  return merged
    .filter(({ outcome }) => outcome === 'block')
    .map((verdict) => {
      const before = known.get(keyOf(verdict));
      const isWorse = [...verdict.shares].some(([part, { count, isOver }]) => isOver && count > (before?.get(part)?.count ?? 0));
      return isWorse ? verdict : asWarning(verdict);
    });
}

function asWarning(verdict: DayVerdict): DayVerdict {
  return { ...verdict, outcome: 'warn' };
}

function keyOf({ guard, day }: DayVerdict): string {
  return `${guard} ${day}`;
}

function downgrades({ day, lowered }: DayChanges, { limits, population }: DayFacts['basis']): DayVerdict {
  const count = lowered.length;
  const verdict = limitVerdict('downgrades', { count, names: lowered, whole: population.paid, allowed: limits.downgrades, day });
  return whole(verdict, day);
}

function membershipRemovals({ day, losses }: DayChanges, { limits, population }: DayFacts['basis']): DayVerdict {
  const count = losses.reduce((sum, loss) => sum + loss.count, 0);
  const names = losses.map(({ group }) => group);
  const allowed = limits.membershipRemovals;
  return whole(limitVerdict('membershipRemovals', { count, names, whole: population.memberships, allowed, day }), day);
}

/** A verdict on one number. */
function whole(verdict: Verdict, day: Day): DayVerdict {
  return { ...verdict, day, shares: new Map([[verdict.guard, { count: verdict.count, isOver: verdict.outcome === 'block' }]]) };
}

function groupShrink({ day, losses }: DayChanges, { limits }: DayFacts['basis']): DayVerdict {
  const { verdict, judged } = shrinkVerdict(losses, limits.groupShrink, day);
  const over = new Set(verdict.outcome === 'block' ? judged : []);
  return { ...verdict, day, shares: new Map(losses.map((loss) => [loss.group, { count: loss.count, isOver: over.has(loss) }])) };
}

function pool({ day, taken }: DayChanges, { pools }: DayFacts['basis']): DayVerdict {
  const known: Readonly<Record<string, Pool>> = pools;
  const excesses = [...taken].flatMap(([seat, { before, after, takers }]): Excess[] => {
    const own = known[seat];
    const over = own === undefined ? 0 : after - Math.max(own.purchased - own.outside, before);
    return own === undefined || over <= 0 ? [] : [{ seat, pool: own, before, peak: after, after, over, takers }];
  });
  const remedy =
    'a seat beyond the pool is billed to the end of the term: free seats before that day, move a grant to other days, or correct organization.seats';
  const shares = excesses.map(({ seat, over }): [string, Share] => [seat, { count: over, isOver: true }]);
  return { ...poolVerdict(excesses, remedy, day), day, shares: new Map(shares) };
}
