/**
 * The seat of a day: the highest of the base and the grants in force, so that a grant never lowers.
 *
 * The base is what the entry names, else what a default gives. When a grant has ended, the base is what remains. What an ended grant gave, and
 * where it says that it lands, goes along: only the live side shows whether there is anything to fall back from.
 */
import type { Day } from '../model/day.ts';
import type { GrantEntry } from '../model/declaration.ts';
import type { EndedSeat, Wanted } from '../model/desired.ts';
import { seatRank, type Seat } from '../model/directory.ts';
import { grantCause } from './causes.ts';
import { hasEnded, isInForce } from './grants.ts';

export interface SeatOfDay {
  readonly seat?: Wanted<string>;
  /** What ended grants gave. */
  readonly ended: readonly EndedSeat[];
}

export function seatOf(base: Wanted<string> | undefined, grants: readonly GrantEntry[], day: Day): SeatOfDay {
  if (grants.length === 0) return base === undefined ? { ended: [] } : { seat: base, ended: [] };
  const over = grants.filter((grant) => hasEnded(grant, day)).sort((a, b) => (a.until.value < b.until.value ? -1 : 1));
  const raises = grants.filter((grant) => isInForce(grant, day)).flatMap((grant) => given(grant, 'grant'));
  const seat = raises.reduce<Wanted<string> | undefined>(higher, base);
  return { ...(seat && { seat }), ended: over.flatMap(endedSeat) };
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

function endedSeat(grant: GrantEntry): EndedSeat[] {
  const [seat] = given(grant, 'expired');
  const landing = 'seat' in grant.gives ? grant.gives.then?.value : undefined;
  return seat ? [{ ...seat, ...(landing !== undefined && { landing }) }] : [];
}
