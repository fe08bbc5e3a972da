/**
 * What the issue on drift remembers in its first line, signed: which commit was applied last, so that a rewritten history is noticed, and since when
 * runs have printed a digest without a break, so that nobody approves a plan before it could be read.
 *
 *     <!-- seatform:drift:v1 KEY BASE64URL -->
 */
import { timingSafeEqual } from 'node:crypto';
import { keyOf, type KeyRing } from './key.ts';

/** What is remembered. Commits are full ids, times ISO 8601 in UTC; absent means not known. */
export interface Memory {
  readonly repository: number;
  readonly commentKey: string;
  readonly applied?: string;
  readonly digest?: string;
  readonly printedSince?: string;
  /** The how manieth writing of the issue by its author this is: an older text that somebody puts back is none of now. */
  readonly writing?: number;
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
