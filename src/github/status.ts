import { timingSafeEqual } from 'node:crypto';
import { dayOf, type Day } from '../model/day.ts';
import type { KeyRing } from './key.ts';

/** What a status of success says of a commit: up to which day its configuration was applied, and how far the record reaches; `-` without one. */
export interface AppliedStatus {
  readonly day: Day;
  readonly sequence: string;
  readonly head: string;
}

/** What a status stands for: one of another repository, commit or context is not this one. */
export interface StatusPlace {
  readonly repository: number;
  readonly commit: string;
  readonly context: string;
}

/** The description of a status: `DAY SEQUENCE HEAD MAC`. */
export function statusText(status: AppliedStatus, place: StatusPlace, [key]: KeyRing): string {
  const { day, sequence, head } = status;
  return `${day} ${sequence} ${head} ${key.macOf(bytesOf(status, place)).toString('base64url').slice(0, macLength)}`;
}

/** What a description says: `verified` with a key of the ring, `unknown` if it has the form and another key may have signed it; else nothing. */
export function readStatus(
  description: string,
  place: StatusPlace,
  ring: KeyRing,
): { readonly kind: 'verified' | 'unknown'; readonly status: AppliedStatus } | undefined {
  const [, date = '', sequence = '', head = '', mac = ''] = form.exec(description) ?? [];
  const day = dayOf(date);
  if (day === undefined) return undefined;
  const status = { day, sequence, head };
  const isMade = ring.some((key) => isEqual(key.macOf(bytesOf(status, place)).toString('base64url').slice(0, macLength), mac));
  return { kind: isMade ? 'verified' : 'unknown', status };
}

/** Of several statuses the one with the greatest day, then the greatest number: an older one that is posted again changes nothing. */
export function latestStatus(statuses: readonly AppliedStatus[]): AppliedStatus | undefined {
  return statuses.toSorted((a, b) => (a.day === b.day ? numberOf(a) - numberOf(b) : a.day < b.day ? -1 : 1)).at(-1);
}

const macLength = 22;
const form = /^(\d{4}-\d\d-\d\d) (-|\d{1,12}) (-|[\w-]{1,64}) ([\w-]{22})$/;

function bytesOf({ day, sequence, head }: AppliedStatus, { repository, commit, context }: StatusPlace): Uint8Array {
  return Buffer.from(JSON.stringify(['seatform:applied:v2', repository, commit, context, day, sequence, head]));
}

function numberOf({ sequence }: AppliedStatus): number {
  return sequence === '-' ? -1 : Number(sequence);
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
