import { describe, expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { where, words } from './shown.ts';

/** A correct file with an address in every place that can hold one. */
const correct = `version: 1
organization:
  ignore: { users: ["svc-*@example.com", bot-*], groups: ["Büro *"] }
  protected: [it-admin@example.com]
users:
  - userName: ada@example.com
    previously: [ada.king@example.com]
    seat: View
    department: Büro
    manager: { value: boss@example.com, displayName: Zoë }
groups:
  - displayName: Größe @ Design
    members: [grace@example.com]
grants:
  - { user: ada.king@example.com, seat: Dev, until: 2026-12-31 }
`;

function warningsOf(text: string): readonly Diagnostic[] {
  const result = load([{ path: 'a.yaml', text }]);
  return result.ok ? result.warnings : result.diagnostics;
}

test('what is no address may hold any letter', () => {
  expect(warningsOf(correct)).toEqual([]);
});

describe('a letter that can look like another one is warned of at its place', () => {
  test.each([
    ['a userName', 'userName: ada@', 'userName: ad\u0430@', 'W014 6:15+15'],
    ['a previous name', '[ada.king@example.com]', '[ada.king@example.com, ad\u0430@b.c]', 'W014 7:40+7'],
    ['a member', 'grace@', 'gr\u0430ce@', 'W014 13:15+17'],
    ['a protected pattern', 'it-admin@', 'it-\u0430dmin@', 'W014 4:15+20'],
    ['an ignored pattern', 'svc-*@', 'sv\u0441-*@', 'W014 3:21+19'],
    ['an ignored pattern without an @', 'bot-*', 'b\u043et-*', 'W014 3:42+5'],
  ])('%s', (_, from, to, place) => {
    expect(warningsOf(correct.replace(from, to)).map(where)).toEqual([place]);
  });

  test('a user of a grant', () => {
    const text = correct.replace('user: ada.king@', 'user: ad\u0430.king@').replace('[ada.king@', '[ad\u0430.king@');
    expect(warningsOf(text).map(where)).toEqual(['W014 7:18+20', 'W014 15:13+20']);
  });

  test('with the letter and its code point', () => {
    const [warning] = warningsOf(correct.replace('grace@', 'gr\u0430\u0441e@ex\u0430m'));
    expect(warning?.severity).toBe('warning');
    expect(words(warning)).toMatch(
      /^"gr\\u\{430\}\\u\{441\}e@ex\\u\{430\}mexample.com" holds U\+0430 and U\+0441, which can look like other letters/,
    );
    expect(words(warningsOf(correct.replace('grace@', 'm\u00fcller@'))[0])).toMatch(
      /^"m\\u\{fc\}ller@example.com" holds U\+00FC, which can look like another letter.*type the address again/,
    );
  });

  test('the letters of a name in another script are not all listed', () => {
    const [warning] = warningsOf(correct.replace('grace@', '\u0441\u0432\u0435\u0442\u0430@'));
    expect(words(warning)).toMatch(/holds U\+0441, U\+0432, U\+0435 and 2 others, which/);
  });

  test('through an alias where the alias stands', () => {
    const text = correct.replace('[ada.king@', '[&k ad\u0430.king@').replace('user: ada.king@example.com', 'user: *k');
    expect(warningsOf(text).map(where)).toEqual(['W014 7:21+20', 'W014 15:13+2']);
  });
});

test('it is warned of beside errors, and the address is sent as it is written', () => {
  const text = correct.replace('grace@', 'gr\u0430ce@');
  expect(warningsOf(text.replace('seat: View', 'seat: view')).map(where)).toEqual(['E012 8:11+4', 'W014 13:15+17']);
  const result = load([{ path: 'a.yaml', text }]);
  expect(result.ok && result.value.groups[0]?.members?.list[0]?.value).toBe('gr\u0430ce@example.com');
});
