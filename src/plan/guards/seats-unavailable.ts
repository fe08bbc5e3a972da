import { everybody } from './everybody.ts';
import type { Guard } from './guard.ts';
import { counted, lifting, listing } from './wording.ts';

/** Blocks changes of seats where nobody who is live shows one: nothing could be compared, counted or read back. */
export const seatsUnavailable: Guard = ({ operations, live }) => {
  const active = everybody(live).filter(({ attributes }) => attributes.active);
  const blind = active.length > 0 && active.every(({ attributes }) => attributes.seat === undefined);
  const found = blind ? operations.filter(({ edits }) => edits.some(({ attribute }) => attribute === 'seat')) : [];
  const count = found.length;
  const fact = `none of ${counted(active.length, 'active user')} shows a seat, and ${counted(count, 'operation')} would set one`;
  const remedy = 'check that the token may see seats and that Figma lets SCIM manage them';
  return {
    guard: 'seatsUnavailable',
    outcome: count > 0 ? 'block' : 'allow',
    count,
    message:
      count > 0
        ? `${fact} (${listing(found.map(({ name }) => name))}): ${remedy}${lifting('seatsUnavailable', count)}`
        : 'no seat would be set without seeing seats',
    operations: found.map(({ id }) => id),
  };
};
