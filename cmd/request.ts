import { nearest } from '../src/config/suggest.ts';
import { dayAt, dayOf, type Day } from '../src/model/day.ts';
import { fail, succeed, type Diagnostic, type Result } from '../src/model/diagnostic.ts';
import { dayGuardNames } from '../src/plan/guards/days.ts';
import { guardNames } from '../src/plan/guards/guards.ts';
import type { Target } from '../src/plan/target.ts';
import type { Asked } from '../src/flows/plan.ts';
import type { Host } from './host.ts';
import type { RequestFlags } from './options.ts';

/** What the flags ask for: which plan, and which guards are lifted at which number. */
export interface Requested {
  readonly asked: Asked;
  readonly allowances: ReadonlyMap<string, number>;
}

/** Reads the flags of a plan, or says everything that is wrong with them. */
export function requestOf(host: Host, { asOf, only, target, allow }: RequestFlags): Result<Requested> {
  const day = asOf === undefined ? today(host) : dayOf(asOf);
  const targets = target.map(targetOf);
  const allowances = allowancesOf(allow);
  const faults = [
    ...(day === undefined ? [misuse(`--as-of ${asOf} is no day: write YYYY-MM-DD`)] : []),
    ...targets.flatMap((one) => (one.ok ? [] : one.diagnostics)),
    ...(allowances.ok ? [] : allowances.diagnostics),
  ];
  if (day === undefined || !allowances.ok || faults.length > 0) return fail(...faults);
  const known = targets.flatMap((one) => (one.ok ? [one.value] : []));
  return succeed({ asked: { asOf: day, targets: known, onlyExpired: only === 'expired' }, allowances: allowances.value });
}

/** The guards that are lifted for this run, each at the number that it has to count; for a day to come under `GUARD@DAY`, as `allowanceKey` says. */
export function allowancesOf(given: readonly string[]): Result<ReadonlyMap<string, number>> {
  const allowances = new Map<string, number>();
  const faults: Diagnostic[] = [];
  for (const text of given) {
    const [, guard = '', count = '', day] = /^([^=]*)=(\d{1,9})(?:@(\d{4}-\d{2}-\d{2}))?$/.exec(text) ?? [];
    const key = day === undefined ? guard : `${guard}@${day}`;
    if (count === '') faults.push(misuse(`--allow ${text} is not GUARD=N or GUARD=N@DAY, such as --allow deactivations=12`));
    else if (!guardNames.includes(guard)) faults.push(unknownGuard(guard));
    else if (day !== undefined && dayOf(day) === undefined) faults.push(misuse(`--allow ${text}: "${day}" is not a date; use YYYY-MM-DD`));
    else if (day !== undefined && !dayGuardNames.includes(guard)) faults.push(timeless(text, guard));
    else if (allowances.has(key)) faults.push(misuse(`--allow ${key} is given twice`));
    else allowances.set(key, Number(count));
  }
  return faults.length > 0 ? fail(...faults) : succeed(allowances);
}

function timeless(text: string, guard: string): Diagnostic {
  const help = `leave the day out; the guards that judge days to come are ${dayGuardNames.join(', ')}`;
  return { ...misuse(`--allow ${text}: ${guard} does not judge days to come`), help };
}

/** The day that a plan is for where nothing else is asked: today in UTC. */
export function today(host: Host): Day {
  return dayAt(host.now());
}

function targetOf(text: string): Result<Target> {
  const [, kind, name = ''] = /^(user|group):(.+)$/su.exec(text) ?? [];
  if (kind !== 'user' && kind !== 'group') return fail(misuse(`--target ${text} is neither user:ADDRESS nor group:NAME`));
  return succeed({ kind, name });
}

function unknownGuard(name: string): Diagnostic {
  const guess = nearest(name, guardNames);
  const help = guess === undefined ? `the guards are ${guardNames.join(', ')}` : `did you mean ${guess}?`;
  return { ...misuse(`there is no guard "${name}"`), help };
}

function misuse(message: string): Diagnostic {
  return { severity: 'error', code: 'E201', message };
}
