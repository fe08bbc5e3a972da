import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyFrom, type KeyRing } from '../../src/github/key.ts';
import { hashOf, isGenuine, isSigned, open, sign, signedPlan, type Header, type Said } from '../../src/github/marker.ts';
import type { SignedHashes } from '../../src/model/approval.ts';
import type { ChangeId } from '../../src/model/change-id.ts';

const key = keyFrom('figma-token');
const ring: KeyRing = [key];
const header: Said = {
  repository: 812,
  pull: 12,
  commentKey: 'default',
  tenant: '9646',
  head: 'a1'.repeat(20),
  merge: 'b2'.repeat(20),
  plannedAt: '2026-11-22T12:00:00Z',
  since: '2026-11-22T12:00:05Z',
  allowances: { deactivations: 45 },
  digest: `sha256:${'0'.repeat(64)}`,
  returns: ['AAAAAAAAAAA'],
  updates: ['c3'.repeat(20)],
  access: { ada: true, bob: false },
  spent: ['AAAAAAAAAAA'],
  result: 0,
};
const hashed = (...texts: readonly string[]) => texts.map((text) => key.hashOf(text as ChangeId));
const hashes: SignedHashes = {
  changes: hashed('one', 'two', 'three'),
  rules: hashed('four'),
  takenBack: hashed('five', 'six'),
  dated: hashed('seven'),
};
const nothing: SignedHashes = { changes: [], rules: [], takenBack: [], dated: [] };
const body = '### Figma plan: 1 to change\n\n| `ada@acme.com` |\n';
const comment = sign(header, hashes, body, key);

function opened(text: string) {
  const found = open(text);
  if (!found) throw new Error('no marker');
  return found;
}

function isValid(text: string): boolean {
  const found = open(text);
  return found !== undefined && isGenuine(found.marker, found.body, ring);
}

/** A comment whose marker is these bytes. */
const ofBytes = (bytes: Uint8Array) => `<!-- seatform:plan:v1 ${Buffer.from(bytes).toString('base64url')} -->\n${body}`;

/** A comment that is signed with the right key over a header of any form. */
function ofHeader(value: unknown, size?: number): string {
  const json = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const signed = Buffer.concat([Buffer.from([0, 0, 0, 0]), json]);
  signed.writeUInt32BE(size ?? json.length);
  return ofBytes(Buffer.concat([signed, key.macOf(signed)]));
}

const whole: Header = { ...header, keyId: key.id, counts: [0, 0, 0, 0], body: hashOf(body) };

test('what is signed can be opened, and says the same', () => {
  const { marker, body: visible } = opened(comment);
  expect(marker.header).toEqual({ ...whole, counts: [3, 1, 2, 1] });
  expect(marker.hashes).toEqual(hashes);
  expect(visible).toBe(body.trimEnd());
  expect(isValid(comment)).toBe(true);
  expect(isValid(sign(header, nothing, '', key))).toBe(true);
  expect(comment.split('\n')[0]).toMatch(/^<!-- seatform:plan:v1 [\w-]+ -->$/);
});

test('any header, any approvals and any body come back', () => {
  const texts = fc.record({ tenant: fc.string({ unit: 'grapheme' }), commentKey: fc.string(), repository: fc.nat(), pull: fc.nat() });
  const bodies = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\r', ''));
  const some = fc.array(fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('base64url')));
  const kinds = fc.record({ changes: some, rules: some, takenBack: some, dated: some });
  fc.assert(
    fc.property(texts, kinds, bodies, (change, approved, text) => {
      const { marker, body: visible } = opened(sign({ ...header, ...change }, approved, text, key));
      expect(marker.header).toMatchObject(change);
      expect(marker.hashes).toEqual(approved);
      expect(visible).toBe(text.trimEnd());
      expect(isGenuine(marker, visible, ring)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

describe('what GitHub may do to a comment', () => {
  test.each([
    ['other line ends', comment.replaceAll('\n', '\r\n')],
    ['no blank at the end', comment.trimEnd()],
    ['more blanks at the end', `${comment}\n \t\r\n`],
  ])('%s', (_, text) => {
    expect(isValid(text)).toBe(true);
    expect(opened(text).body).toBe(body.trimEnd());
  });
});

describe('what is no comment of ours', () => {
  const line = comment.split('\n')[0] ?? '';
  test.each([
    ['nothing', ''],
    ['a plain comment', body],
    ['a blank before the marker', ` ${comment}`],
    ['a line before the marker', `\n${comment}`],
    ['a quotation', `> ${comment}`],
    ['text behind the marker', `${line} x\n${body}`],
    ['a marker that is not closed', line.slice(0, -4)],
    ['an empty marker', '<!-- seatform:plan:v1  -->'],
    ['another version', comment.replace(':v1', ':v2')],
    ['another alphabet', `<!-- seatform:plan:v1 ${Buffer.from(comment).toString('base64')}= -->`],
    ['two words', comment.replace('v1 AA', 'v1 A A')],
    ['fewer bytes than a signature', ofBytes(Buffer.alloc(35))],
    ['a length beyond the end', ofHeader(whole, 1_000_000)],
    ['the greatest length', ofHeader(whole, 0xff_ff_ff_ff)],
    ['a length that cuts the header', ofHeader(whole, 10)],
    ['half an approval', ofBytes(Buffer.concat([Buffer.from([0, 0, 0, 2]), Buffer.from('{}'), Buffer.alloc(4 + 32)]))],
    ['no JSON', ofHeader('{')],
    ['no UTF-8', ofBytes(Buffer.concat([Buffer.from([0, 0, 0, 3, 0x22, 0xff, 0x22]), Buffer.alloc(32)]))],
    ['null', ofHeader(null)],
    ['a list', ofHeader([])],
    ['a text', ofHeader('"x"')],
    ['garbage', ofBytes(Buffer.from('x'.repeat(500)))],
    ['a huge line', ofBytes(Buffer.alloc(1_000_000, 1))],
  ])('%s', (_, text) => {
    expect(open(text)).toBeUndefined();
  });

  const names = Object.keys(whole) as (keyof Header)[];
  test.each(names)('a header whose %s is missing or of another type', (name) => {
    const { [name]: value, ...others } = whole;
    expect(open(ofHeader(others))).toBeUndefined();
    const list = Array.isArray(value) ? [[1], ['x', null]] : [[]];
    const wrong: unknown[] = [null, ...list, true, typeof value === 'string' ? 1 : '1', ...(typeof value === 'object' ? [] : [{}])];
    for (const one of wrong) expect(open(ofHeader({ ...others, [name]: one }))).toBeUndefined();
  });

  test('allowances that are no whole numbers', () => {
    for (const count of [1.5, '45', null, {}]) expect(open(ofHeader({ ...whole, allowances: { deletions: count } }))).toBeUndefined();
    expect(open(ofHeader(whole))).toBeDefined();
  });

  test('a header that stands on a prototype', () => {
    expect(open(ofHeader(`{"__proto__":${JSON.stringify(whole)}}`))).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'repository')).toBe(false);
  });
});

describe('what was changed is not genuine', () => {
  test('every single bit of the marker', () => {
    const bytes = Buffer.from(/v1 (\S+)/.exec(comment)?.[1] ?? '', 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(isValid(ofBytes(flipped)), `bit ${bit}`).toBe(false);
    }
  });

  test('every character of the marker, those too that hold bits without a meaning', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const count of [0, 1, 2]) {
      const text = sign(header, { ...nothing, changes: hashes.changes.slice(0, count) }, body, key);
      const [begin, end] = [text.indexOf('v1 ') + 3, text.indexOf(' -->')];
      const others = (at: number) => (at === end - 1 ? alphabet : 'AB').split('').filter((character) => character !== text[at]);
      for (let at = begin; at < end; at += 1) {
        const changed = others(at).map((other) => `${text.slice(0, at)}${other}${text.slice(at + 1)}`);
        expect(changed.some(isValid), `character ${at}`).toBe(false);
      }
    }
  });

  test('a character of what people see, one more and one less', () => {
    expect(isValid(comment.replace('ada', 'bob'))).toBe(false);
    expect(isValid(`${comment}x`)).toBe(false);
    expect(isValid(comment.trimEnd().slice(0, -1))).toBe(false);
    expect(isValid(comment.replace('\n\n', '\n \n'))).toBe(false);
  });

  test('another key, and an approval taken out or doubled', () => {
    const { marker, body: visible } = opened(comment);
    expect(isGenuine(marker, visible, [keyFrom('figma-token2')])).toBe(false);
    const bytes = Buffer.concat([marker.signed, marker.mac]);
    const first = bytes.length - 32 - 3 * 8;
    expect(isValid(ofBytes(Buffer.concat([bytes.subarray(0, first), bytes.subarray(first + 8)])))).toBe(false);
    expect(isValid(ofBytes(Buffer.concat([bytes.subarray(0, first + 8), bytes.subarray(first)])))).toBe(false);
  });

  test('a signature that is cut or longer', () => {
    const { marker, body: visible } = opened(comment);
    expect(isGenuine({ ...marker, mac: marker.mac.subarray(1) }, visible, ring)).toBe(false);
    expect(isGenuine({ ...marker, mac: Buffer.concat([marker.mac, Buffer.alloc(1)]) }, visible, ring)).toBe(false);
  });
});

test('the hash of a body is SHA-256 of it in one form', () => {
  expect(hashOf('a\r\nb \n')).toBe(createHash('sha256').update('a\nb').digest('hex'));
});

test('the first line is signed whatever stands below it, and by any key of the ring', () => {
  const { marker } = opened(comment);
  expect(isSigned(marker, ring)).toBe(true);
  expect(isSigned(marker, [keyFrom('newer'), key])).toBe(true);
  expect(isSigned(marker, [keyFrom('newer')])).toBe(false);
  expect(isGenuine(marker, 'something else', ring)).toBe(false);
});

test('a key does not vouch for what another one signed', () => {
  const { marker } = opened(comment);
  const other = keyFrom('other');
  const stolen = { ...marker, header: { ...marker.header, keyId: other.id } };
  expect(isSigned(stolen, [key, other])).toBe(false);
});

test('the hashes of a header that counts more or fewer than there are cannot be read', () => {
  for (const counts of [
    [1, 0, 0, 0],
    [0, 0, 0, 1],
  ])
    expect(open(ofHeader({ ...whole, counts }))).toBeUndefined();
  for (const counts of [
    [0, 0, 0],
    [0, 0, 0, 0, 0],
    [1, -1, 0, 0],
    [0.5, -0.5, 0, 0],
    ['', 0, 0, 0],
  ])
    expect(open(ofHeader({ ...whole, counts }))).toBeUndefined();
});

test('what a marker stands for is all that an approval depends on', () => {
  expect(signedPlan(opened(comment).marker)).toEqual({
    keyId: key.id,
    plannedAt: header.plannedAt,
    since: header.since,
    allowances: { deactivations: 45 },
    hashes,
    updates: header.updates,
    access: { ada: true, bob: false },
    returns: header.returns,
    spent: header.spent,
  });
});
