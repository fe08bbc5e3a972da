import { expect, test } from 'vitest';
import { bare, nameText, valueText } from '../../src/render/name.ts';

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['ad\u0430@example.com', '"ad\\u{430}@example.com"'],
  ['ad\\u{430}@example.com', '"ad\\\\u{430}@example.com"'],
  ['\u0430d a@example.com', '"\\u{430}d a@example.com"'],
  ['山田', '山田'],
  ['Größe', 'Größe'],
])('the name %s of a user is shown as %s', (name, shown) => {
  expect(bare(name)).toBe(shown);
  expect(nameText('user', name)).toBe(shown);
  expect(valueText('member', name)).toBe(shown);
  expect(valueText('userName', name)).toBe(shown);
});

test('a manager is named by an address, a group and a title by any text', () => {
  expect(valueText('manager.value', 'b\u043ess@example.com')).toBe('"b\\u{43e}ss@example.com"');
  expect(valueText('title', 'Größe')).toBe('"Größe"');
  expect(nameText('group', 'Büro')).toBe('group "Büro"');
});
