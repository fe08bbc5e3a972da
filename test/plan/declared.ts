import { load } from '../../src/config/load.ts';
import { policyOf } from '../../src/desired/policy.ts';
import { resolve } from '../../src/desired/resolve.ts';
import type { Day } from '../../src/model/day.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { Diagnostic, Result } from '../../src/model/diagnostic.ts';
import type { User } from '../../src/model/directory.ts';
import type { Live } from '../../src/model/live.ts';
import type { Operation } from '../../src/model/operation.ts';
import type { Plan } from '../../src/model/plan.ts';
import { plan } from '../../src/plan/plan.ts';
import type { Request } from '../../src/plan/plan-request.ts';
import { situation, type Team } from './agreement.ts';

/** What is live, by name: users with their attributes, groups with their members. */
export interface Held {
  readonly users?: Readonly<Record<string, Partial<User>>>;
  readonly groups?: Readonly<Record<string, readonly string[]>>;
}

export interface Circumstances extends Pick<Request, 'targets' | 'onlyExpired' | 'approved' | 'exempt' | 'nearest'> {
  readonly day?: string;
}

export function heldBy({ users = {}, groups = {} }: Held): Live {
  return situation(
    Object.fromEntries(Object.entries(users).map(([name, have]) => [name, { have }])),
    Object.fromEntries(Object.entries(groups).map(([name, members]): [string, Team] => [name, { have: { members } }])),
  ).live;
}

/** The plan for a configuration that is valid, on the 22nd of November 2026 unless the circumstances name another day. */
export function planned(yaml: string, held: Held, circumstances: Circumstances = {}): Plan {
  const result = tried(yaml, held, circumstances);
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; '));
  return result.value;
}

/** The same, for a live state that is built by hand. */
export function plannedOn(yaml: string, live: Live, circumstances: Circumstances = {}): Plan {
  const result = triedOn(yaml, live, circumstances);
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; '));
  return result.value;
}

export function tried(yaml: string, held: Held, circumstances: Circumstances = {}): Result<Plan> {
  return triedOn(yaml, heldBy(held), circumstances);
}

function triedOn(yaml: string, live: Live, { day = '2026-11-22', ...asked }: Circumstances): Result<Plan> {
  const loaded = load([{ path: 'seatform.yaml', text: `version: 1\n${yaml}` }]);
  if (!loaded.ok) return loaded;
  const desired = resolve(loaded.value, day as Day);
  return plan(desired, live, policyOf(loaded.value.organization), {
    ...asked,
    asOf: day as Day,
    config: { digest: '', files: [] },
  });
}

/** What a valid configuration asks for on the 22nd of November 2026. */
export function desiredBy(yaml: string): Desired {
  const loaded = load([{ path: 'seatform.yaml', text: `version: 1\n${yaml}` }]);
  if (!loaded.ok) throw new Error('the configuration is invalid');
  return resolve(loaded.value, '2026-11-22' as Day);
}

/** What is wrong with a configuration, as `CODE line`. */
export function faultsOf(yaml: string): readonly string[] {
  const loaded = load([{ path: 'seatform.yaml', text: `version: 1\n${yaml}` }]);
  return loaded.ok ? [] : loaded.diagnostics.map(({ code, at }: Diagnostic) => `${code} ${at?.line ?? '-'}`);
}

/** The operations, one a line: `patch user ada@x: seat View→Full (default)`. */
export function lines({ operations }: Pick<Plan, 'operations'>): readonly string[] {
  return operations.map(line);
}

function line({ id, edits, needs }: Operation): string {
  const changes = edits.map(({ attribute, before, after, cause }) => {
    const via = cause.via === 'entry' ? '' : ` (${cause.via})`;
    return `${attribute} ${before ?? '∅'}→${after ?? '∅'}${via}`;
  });
  return `${id}: ${changes.join(', ')}${needs.length > 0 ? ` | needs ${needs.join()}` : ''}`;
}

/** The guards that warn or block, as `guard outcome count/limit`. */
export function verdicts({ guards }: Pick<Plan, 'guards'>): readonly string[] {
  return guards
    .filter(({ outcome }) => outcome !== 'allow')
    .map(({ guard, outcome, count, limit }) => `${guard} ${outcome} ${count}${limit === undefined ? '' : `/${limit}`}`);
}

export function warnings({ diagnostics }: Pick<Plan, 'diagnostics'>): readonly string[] {
  return diagnostics.map(({ code }) => code);
}
