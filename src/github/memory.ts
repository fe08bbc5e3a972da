/**
 * What the issue on drift remembers in its first line, signed: which commit was applied last, so that a rewritten history is noticed, and since when
 * runs have printed a digest without a break, so that nobody approves a plan before it could be read.
 *
 *     <!-- seatform:drift:v1 KEY BASE64URL -->
 */
import { timingSafeEqual } from 'node:crypto';
import type { ChangeId } from '../model/change-id.ts';
import type { UserName } from '../model/directory.ts';
import { keyOf, type Key, type KeyRing } from './key.ts';

/** What is remembered. Commits are full ids, times ISO 8601 in UTC; absent means not known. */
export interface Memory {
  readonly repository: number;
  readonly commentKey: string;
  readonly applied?: string;
  readonly digest?: string;
  readonly printedSince?: string;
  /** The how manieth writing of the issue by its author this is: an older text that somebody puts back is none of now. */
  readonly writing?: number;
  /** Hashes of those for whom something was asked for while they were inactive, so that it is not in place; `*` for more than are kept. */
  readonly asleep?: readonly string[];
}

/** So many people are remembered one by one: there is little room in an issue. */
const mostAsleep = 200;
const everybody = '*';

/** People as they are remembered. */
export function asleepOf(names: readonly UserName[], [key]: KeyRing): readonly string[] {
  return names.length > mostAsleep ? [everybody] : names.map((name) => hashOf(name, key));
}

/** Whether somebody is remembered. */
export function isAsleepIn(asleep: readonly string[], ring: KeyRing): (name: UserName) => boolean {
  const known = new Set(asleep);
  return (name) => known.size > 0 && (known.has(everybody) || ring.some((key) => known.has(hashOf(name, key))));
}

function hashOf(name: UserName, key: Key): string {
  return key.hashOf(JSON.stringify({ asleep: name }) as ChangeId);
}

/** The first line of the issue. */
export function memoryLine(memory: Memory, [key]: KeyRing): string {
  const text = Buffer.from(JSON.stringify(memory), 'utf8');
  return `${lineStart(memory.commentKey)}${text.toString('base64url')}.${key.id}.${key.macOf(taggedBytes(text)).toString('base64url')} -->`;
}

/** Whether a body is that of the issue with this key. */
export function isMemory(body: string, commentKey: string): boolean {
  return body.startsWith(lineStart(commentKey));
}

/** What a body remembers: nothing if it was not signed for this repository; `unknown` if another key may have signed it. */
export function readMemory(
  body: string,
  { repository, commentKey }: Pick<Memory, 'repository' | 'commentKey'>,
  ring: KeyRing,
): { readonly kind: 'verified'; readonly memory: Memory } | { readonly kind: 'unknown' | 'forged' } {
  const [line = ''] = body.split(/\r?\n/, 1);
  const [, payload = '', keyId = '', mac = ''] =
    /^([\w-]+)\.([0-9a-f]{8})\.([\w-]+) -->$/.exec(line.slice(lineStart(commentKey).length)) ?? [];
  const text = Buffer.from(payload, 'base64url');
  const made = keyOf(ring, keyId)?.macOf(taggedBytes(text));
  if (made === undefined) return { kind: payload === '' ? 'forged' : 'unknown' };
  const given = Buffer.from(mac, 'base64url');
  if (given.length !== made.length || !timingSafeEqual(given, made)) return { kind: 'forged' };
  const memory = JSON.parse(text.toString('utf8')) as Memory;
  return memory.repository === repository && memory.commentKey === commentKey ? { kind: 'verified', memory } : { kind: 'forged' };
}

function lineStart(commentKey: string): string {
  return `<!-- seatform:drift:v1 ${commentKey} `;
}

const tagText = 'seatform:drift:v1\n';
const tag = Buffer.from(tagText);

function taggedBytes(text: Uint8Array): Uint8Array {
  return Buffer.concat([tag, text]);
}
