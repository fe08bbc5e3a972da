import { createHash } from 'node:crypto';

const epoch = Date.UTC(2014, 0, 1);

/**
 * A user id as Figma mints them: milliseconds since 2014, shifted by 22 bits, above a counter; a decimal string beyond 2^53. In Figma's
 * documented examples the time within the id is that of `meta.created`.
 */
export function userId(createdMs: number, counter: number): string {
  return String((BigInt(Math.max(0, Math.trunc(createdMs) - epoch)) << 22n) | BigInt(counter % 0x40_0000));
}

/** A group id: a UUID that depends on the name and the counter only. */
export function groupId(displayName: string, counter: number): string {
  const hex = createHash('sha256').update(`${counter} ${displayName}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
