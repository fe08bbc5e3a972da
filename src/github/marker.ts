/**
 * The first line of a comment: what was approved by whoever approves the pull request, signed.
 *
 *     <!-- seatform:plan:v1 BASE64URL -->
 *
 * The bytes are: the length of the header (4 bytes, big-endian), the header as JSON in UTF-8, the hashes of the approved changeIds at 8 bytes each,
 * and a MAC of 32 bytes over all before it. The header names everything that an approval must not be carried away from: repository, pull
 * request, instance, tenant, head and merge commit, when it was planned, and the hash of what people see below the line.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { hashBytes, type Key } from './key.ts';

/** What a marker says. Times are ISO 8601 in UTC, commits full ids. */
export interface Header {
  readonly repository: number;
  readonly pull: number;
  readonly commentKey: string;
  readonly tenant: string;
  readonly head: string;
  readonly merge: string;
  readonly plannedAt: string;
  readonly keyId: string;
  /** Guards that are lifted, each up to a number. */
  readonly allowances: Readonly<Record<string, number>>;
  /** The digest of what was planned: the same means that a new comment would say the same. */
  readonly digest: string;
  /** How many of the hashes, at their end, stand for what grants change on later days. */
  readonly turns: number;
  /** How many characters at the start of the visible body tell how an apply ended. */
  readonly result: number;
  /** SHA-256 of the visible body, in hexadecimal. */
  readonly body: string;
}

/** A marker as read, not yet believed. */
export interface Marker {
  readonly header: Header;
  /** The hashes of approved changeIds, those of later days last. */
  readonly changeIds: readonly string[];
  /** The bytes that are signed, and the signature. */
  readonly signed: Uint8Array;
  readonly mac: Uint8Array;
}

const start = '<!-- seatform:plan:v1 ';
const end = ' -->';
const macBytes = 32;

/** The comment whose visible body is `body`: marker line, line feed, body. */
export function sign(header: Omit<Header, 'keyId' | 'body'>, changeIds: readonly string[], body: string, key: Key): string {
  return `${markerOf({ ...header, keyId: key.id, body: hashOf(body) }, changeIds, key)}\n${body}`;
}

/** How long the first line is, without its line feed, for so many approved changeIds; other headers of the same fields may differ by their values. */
export function markerOf(header: Header, changeIds: readonly string[], key: Key): string {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(json.length);
  const signed = Buffer.concat([size, json, ...changeIds.map((changeId) => Buffer.from(changeId, 'base64url'))]);
  return `${start}${Buffer.concat([signed, key.macOf(signed)]).toString('base64url')}${end}`;
}

/** The marker and the visible body of a comment that starts with one; GitHub may have changed line ends and blanks at the end. */
export function open(comment: string): { readonly marker: Marker; readonly body: string } | undefined {
  const text = normal(comment);
  const line = text.split('\n', 1)[0] ?? '';
  if (!line.startsWith(start) || !line.endsWith(end)) return undefined;
  const marker = parsed(line.slice(start.length, -end.length));
  return marker && { marker, body: text.slice(line.length + 1) };
}

/** Whether a marker was made with this key and for this visible body. */
export function isGenuine(marker: Marker, body: string, key: Key): boolean {
  return isSigned(marker, key) && marker.header.body === hashOf(body);
}

/** The hashes of what is approved at once, and of what is approved for its day. */
export function approvedBy({ header, changeIds }: Marker): { readonly now: readonly string[]; readonly later: readonly string[] } {
  const border = changeIds.length - Math.min(Math.max(header.turns, 0), changeIds.length);
  return { now: changeIds.slice(0, border), later: changeIds.slice(border) };
}

/** Whether the first line was made with this key, whatever stands below it by now. */
export function isSigned({ signed, mac }: Marker, key: Key): boolean {
  const made = key.macOf(signed);
  return mac.length === made.length && timingSafeEqual(mac, made);
}

/** SHA-256 of a visible body, in hexadecimal. */
export function hashOf(body: string): string {
  return createHash('sha256').update(normal(body)).digest('hex');
}

function normal(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}

function parsed(text: string): Marker | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  // The last character may hold bits that stand for nothing: there is one way only to write a marker.
  if (bytes.length < 4 + macBytes || bytes.toString('base64url') !== text) return undefined;
  const [size, last] = [bytes.readUInt32BE(0), bytes.length - macBytes];
  const changeIds = bytes.subarray(4 + size, last);
  if (4 + size > last || changeIds.length % hashBytes !== 0) return undefined;
  const header = headerOf(bytes.subarray(4, 4 + size));
  return header && { header, changeIds: chunks(changeIds), signed: bytes.subarray(0, last), mac: bytes.subarray(last) };
}

function chunks(bytes: Buffer): readonly string[] {
  return Array.from({ length: bytes.length / hashBytes }, (_, index) =>
    bytes.subarray(index * hashBytes, (index + 1) * hashBytes).toString('base64url'),
  );
}

const fields: Readonly<Record<keyof Header, 'string' | 'number' | 'object'>> = {
  repository: 'number',
  pull: 'number',
  commentKey: 'string',
  tenant: 'string',
  head: 'string',
  merge: 'string',
  plannedAt: 'string',
  keyId: 'string',
  allowances: 'object',
  digest: 'string',
  turns: 'number',
  result: 'number',
  body: 'string',
};

/** Anybody may have written it: what has not the form of a header is none. */
function headerOf(bytes: Uint8Array): Header | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const known = value as Readonly<Record<string, unknown>>;
  const fits = Object.entries(fields).every(
    ([name, type]) => typeof known[name] === type && known[name] !== null && !Array.isArray(known[name]),
  );
  return fits && Object.values(known['allowances'] as object).every((count) => Number.isInteger(count)) ? (value as Header) : undefined;
}
