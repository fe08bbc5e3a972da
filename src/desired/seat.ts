/**
 * The seat of a day: the highest of the base and the grants in force, so that a grant never lowers.
 *
 * The base is what the entry names, else what a default gives. When a grant has ended, the base is what remains; where the base is a default,
 * the grant that ended last may name another seat to land on (`then`), which from then on stands in the default's place.
 */
import type { Day } from '../model/day.ts';
import type { GrantEntry } from '../model/declaration.ts';
import type { Wanted } from '../model/desired.ts';
import { seatRank, type Seat } from '../model/directory.ts';
import { grantCause, positionOf } from './causes.ts';
import { hasEnded, isInForce } from './grants.ts';

export interface SeatOfDay {
  readonly seat?: Wanted<string>;
  /** What ended grants gave. */
  readonly ended: readonly Wanted<Seat>[];
}

/** `isDeclared`: the base stands in the entry itself. */
export function seatOf(base: Wanted<string> | undefined, isDeclared: boolean, grants: readonly GrantEntry[], day: Day): SeatOfDay {
  if (grants.length === 0) return base === undefined ? { ended: [] } : { seat: base, ended: [] };
  const over = grants.filter((grant) => hasEnded(grant, day));
  const remaining = isDeclared ? base : (landing(over) ?? base);
  const raises = grants.filter((grant) => isInForce(grant, day)).flatMap((grant) => given(grant, 'grant'));
  const seat = raises.reduce<Wanted<string> | undefined>(higher, remaining);
  return { ...(seat && { seat }), ended: over.flatMap((grant) => given(grant, 'expired')) };
}

/** The higher seat; of two grants of one seat the one that lasts longer. */
function higher(known: Wanted<string> | undefined, other: Wanted<Seat>): Wanted<string> {
  const difference = seatRank(other.value) - seatRank(known?.value);
  const lasts = known?.cause.via === 'grant' && (other.cause.until ?? '') > (known.cause.until ?? '');
  return known === undefined || difference > 0 || (difference === 0 && lasts) ? other : known;
}

function given(grant: GrantEntry, via: 'grant' | 'expired'): Wanted<Seat>[] {
  return 'seat' in grant.gives ? [{ value: grant.gives.seat, cause: grantCause(grant, via) }] : [];
}

function landing(over: readonly GrantEntry[]): Wanted<Seat> | undefined {
  const last = over.reduce<GrantEntry | undefined>(
    (known, grant) => (known && known.until.value > grant.until.value ? known : grant),
    undefined,
  );
  if (!last || !('seat' in last.gives) || !last.gives.then) return undefined;
  const { value, at } = last.gives.then;
  return { value, cause: { at: positionOf(at), via: 'expired', until: last.until.value } };
}
