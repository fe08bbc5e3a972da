/**
 * The first line of a comment: what was approved by those who approve the pull request, signed.
 *
 *     <!-- seatform:plan:v1 BASE64URL -->
 *
 * The bytes are: the length of the header (4 bytes, big-endian), the header as JSON in UTF-8, the hashes of what is signed at 8 bytes each, and a
 * MAC of 32 bytes over all before it. The header names everything that an approval must not be carried away from: repository, pull request,
 * instance, tenant, head and merge commit, when it was planned and from when on it could be seen, and the hash of what people see below the line.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { SignedHashes, SignedPlan } from '../model/approval.ts';
import { hashBytes, keyOf, type Key, type KeyRing } from './key.ts';

/** What a marker says. Times are ISO 8601 in UTC, commits full ids. */
export interface Header {
  readonly repository: number;
  readonly pull: number;
  readonly commentKey: string;
  readonly tenant: string;
  readonly head: string;
  readonly merge: string;
  readonly plannedAt: string;
  /** GitHub's time of the write that first showed everything that is signed; empty until it is known. */
  readonly since: string;
  readonly keyId: string;
  /** Guards that are lifted, each up to a number. */
  readonly allowances: Readonly<Record<string, number>>;
  /** The digest of what was planned: the same means that a new comment would say the same. */
  readonly digest: string;
  /** How many hashes there are of each kind, in this order. */
  readonly counts: readonly [changes: number, rules: number, takenBack: number, dated: number];
  /** Those of the changes that give access back. */
  readonly returns: readonly string[];
  readonly updates: readonly string[];
  readonly access: Readonly<Record<string, boolean>>;
  readonly spent: readonly string[];
  /** How many characters at the start of the visible body report how an apply ended. */
  readonly result: number;
  /** SHA-256 of the visible body, in hexadecimal. */
  readonly body: string;
}

/** A marker as read, not yet believed. */
export interface Marker {
  readonly header: Header;
  readonly hashes: SignedHashes;
  /** The bytes that are signed, and the signature. */
  readonly signed: Uint8Array;
  readonly mac: Uint8Array;
}

/** What a marker says besides what is computed from the rest. */
export type Said = Omit<Header, 'keyId' | 'body' | 'counts'>;

const start = '<!-- seatform:plan:v1 ';
const end = ' -->';
const macBytes = 32;

/** The comment whose visible body is `body`: marker line, line feed, body. */
export function sign(said: Said, hashes: SignedHashes, body: string, key: Key): string {
  const counts = [hashes.changes.length, hashes.rules.length, hashes.takenBack.length, hashes.dated.length] as const;
  return `${markerOf({ ...said, counts, keyId: key.id, body: hashOf(body) }, hashes, key)}\n${body}`;
}

function markerOf(header: Header, { changes, rules, takenBack, dated }: SignedHashes, key: Key): string {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(json.length);
  const all = [...changes, ...rules, ...takenBack, ...dated];
  const signed = Buffer.concat([size, json, ...all.map((hash) => Buffer.from(hash, 'base64url'))]);
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

/** Whether a marker was made with a key of the ring and for this visible body. */
export function isGenuine(marker: Marker, body: string, ring: KeyRing): boolean {
  return isSigned(marker, ring) && marker.header.body === hashOf(body);
}

/** Whether the first line was made with a key of the ring, whatever stands below it by now. */
export function isSigned({ header, signed, mac }: Marker, ring: KeyRing): boolean {
  const made = keyOf(ring, header.keyId)?.macOf(signed);
  return made !== undefined && mac.length === made.length && timingSafeEqual(mac, made);
}

/** What a marker stands for as an approval. */
export function signedPlan({ header, hashes }: Marker): SignedPlan {
  const { keyId, plannedAt, since, allowances, updates, access, returns, spent } = header;
  return { keyId, plannedAt, since, allowances, hashes, updates, access, returns, spent };
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
  const rest = bytes.subarray(4 + size, last);
  if (4 + size > last || rest.length % hashBytes !== 0) return undefined;
  const header = headerOf(bytes.subarray(4, 4 + size));
  const hashes = header && hashesOf(chunks(rest), header.counts);
  return header && hashes && { header, hashes, signed: bytes.subarray(0, last), mac: bytes.subarray(last) };
}

function chunks(bytes: Buffer): readonly string[] {
  return Array.from({ length: bytes.length / hashBytes }, (_, index) =>
    bytes.subarray(index * hashBytes, (index + 1) * hashBytes).toString('base64url'),
  );
}

function hashesOf(all: readonly string[], [changes, rules, takenBack, dated]: Header['counts']): SignedHashes | undefined {
  if (changes + rules + takenBack + dated !== all.length) return undefined;
  const [first, second] = [changes + rules, changes + rules + takenBack];
  return {
    changes: all.slice(0, changes),
    rules: all.slice(changes, first),
    takenBack: all.slice(first, second),
    dated: all.slice(second),
  };
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isRecordOf =
  (fits: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(fits);

const fields: Readonly<Record<keyof Header, (value: unknown) => boolean>> = {
  repository: isNumber,
  pull: isNumber,
  commentKey: isText,
  tenant: isText,
  head: isText,
  merge: isText,
  plannedAt: isText,
  since: isText,
  keyId: isText,
  allowances: isRecordOf(isNumber),
  digest: isText,
  counts: (value) => Array.isArray(value) && value.length === 4 && value.every(isNumber),
  returns: isTexts,
  updates: isTexts,
  access: isRecordOf((value) => typeof value === 'boolean'),
  spent: isTexts,
  result: isNumber,
  body: isText,
};

/** Anybody may have written it: what has not the form of a header is none. */
function headerOf(bytes: Uint8Array): Header | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const known = value as Readonly<Record<string, unknown>>;
  return Object.entries(fields).every(([name, fits]) => fits(known[name])) ? (value as Header) : undefined;
}
