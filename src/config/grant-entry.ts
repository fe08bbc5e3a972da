import { type Day, dayOf } from '../model/day.ts';
import type { GrantEntry, Granted, Written } from '../model/declaration.ts';
import type { Seat } from '../model/directory.ts';
import type { Doubts } from './doubts.ts';
import { type Parts, type Place, partsOf } from './parts.ts';
import type { Reader } from './reader.ts';

interface GrantPart {
  readonly user: Written<string>;
  readonly seat: Seat;
  readonly group: Written<string>;
  readonly from: Written<Day>;
  readonly until: Written<Day>;
  readonly reason: string;
  readonly then: Written<Seat>;
}

const grantParts: Parts<GrantPart> = {
  user: (reader, { node, via }) => reader.text(node, via),
  seat: (reader, { node }) => reader.choice(node) as Seat | undefined,
  group: (reader, { node, via }) => reader.text(node, via),
  from: (reader, { node, via }) => reader.day(node, via),
  until: (reader, { node, via }) => reader.day(node, via),
  reason: (reader, { node, via }) => reader.text(node, via)?.value,
  // oxlint-disable-next-line unicorn/no-thenable -- the key is part of the configuration's format, and nobody awaits this table
  then: (reader, { node, via }) => reader.text(node, via) as Written<Seat> | undefined,
};

/**
 * A grant, if it is known to whom it gives. What else is faulty is filled in and doubted, so that what can be said of the rest is said; a
 * configuration with a fault is never handed out.
 */
export function grantOf(reader: Reader, entry: Place, doubts: Doubts): GrantEntry | undefined {
  const before = reader.losses;
  const { user, group, from, until, reason, ...seat } = partsOf<GrantPart>(reader, entry, grantParts);
  if (!user) return undefined;
  const gives: Granted = group ? { group } : { seat: 'View', ...seat };
  const grant: GrantEntry = {
    at: user.at,
    user,
    gives,
    ...(from ? { from } : {}),
    until: until ?? { value: dayOf('9999-12-31') as Day, at: user.at },
    ...(reason === undefined ? {} : { reason }),
  };
  if ((group ?? seat.seat) === undefined) doubts.add(grant, 'gives');
  else if (reader.losses > before || until === undefined) doubts.add(grant, 'days');
  return grant;
}
