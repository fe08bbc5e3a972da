import { expect, test } from 'vitest';
import { hashBytes, keyFrom, keyOf, keysFrom } from '../../src/github/key.ts';
import type { ChangeId } from '../../src/model/change-id.ts';

const changeId = '{"kind":"user","name":"ada@acme.com","op":"deactivate","v":1}' as ChangeId;
const bytes = Buffer.from('bytes');

test('the same secret gives the same key, today and with every release: signed comments depend on it', () => {
  const key = keyFrom('figma-token');
  expect(key.id).toBe('cfe59ef9');
  expect(key.hashOf(changeId)).toBe('Lj8iZ5Opsfw');
  expect(key.macOf(bytes).toString('base64url')).toBe('LG3XIZ9E4cvKKBAHQQDWxa9ty6fqz3b50F3lCNSOvok');
});

test('another secret gives another key in every part', () => {
  const [one, other] = [keyFrom('figma-token'), keyFrom('figma-token ')];
  expect(one.id).not.toBe(other.id);
  expect(one.hashOf(changeId)).not.toBe(other.hashOf(changeId));
  expect(one.macOf(bytes)).not.toEqual(other.macOf(bytes));
});

test('lengths and alphabets', () => {
  const key = keyFrom('x');
  expect(key.id).toMatch(/^[0-9a-f]{8}$/);
  expect(Buffer.from(key.hashOf(changeId), 'base64url')).toHaveLength(hashBytes);
  expect(key.hashOf(changeId)).toMatch(/^[\w-]{11}$/);
  expect(key.macOf(bytes)).toHaveLength(32);
});

test('what signs a change id signs no marker, and neither tells the id', () => {
  const key = keyFrom('figma-token');
  const signed = key.macOf(Buffer.from(changeId));
  expect(signed.subarray(0, hashBytes).toString('base64url')).not.toBe(key.hashOf(changeId));
  expect(signed.toString('hex')).not.toContain(key.id);
});

test('of several lines the first signs, and each is found by its id; blanks and empty lines are nothing', () => {
  const ring = keysFrom('\n  new-secret \r\n\nold-secret\n');
  expect(ring.map(({ id }) => id)).toEqual(['new-secret', 'old-secret'].map((secret) => keyFrom(secret).id));
  expect(keyOf(ring, keyFrom('old-secret').id)?.hashOf(changeId)).toBe(keyFrom('old-secret').hashOf(changeId));
  expect(keyOf(ring, keyFrom('older').id)).toBeUndefined();
  expect(keyOf(ring, '')).toBeUndefined();
  expect(keysFrom('figma-token')).toHaveLength(1);
});
