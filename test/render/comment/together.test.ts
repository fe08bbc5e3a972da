import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/model/operation.ts';
import { renderReview } from '../../../src/render/comment/comment.ts';
import { cause, group, planWith, user } from '../plans.ts';
import { endings, frame, raises, reviewWith } from './frames.ts';

const room = 60_000;

/** Who gets which edits, as the lists and the diff of a text say it in either form. */
function editsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [, head = '', names = ''] of text.matchAll(/^🟡 (.*): \*\*\d+ users\*\*.*\n<details>.*\n\n(.*)\n\n<\/details>$/gm))
    for (const [, name = ''] of names.matchAll(/`([^`]*)`/g))
      found.set(
        name,
        [...head.matchAll(/`([^`]*)`/g)].map(([, edit = '']) => edit),
      );
  const diff = /```diff\n([\s\S]*?)\n```/.exec(text)?.[1]?.split('\n') ?? [];
  for (const [index, line] of diff.entries()) {
    const [, name = '', dense] = /^! (\S+@\S+?)(?:: (.*))?$/.exec(line) ?? [];
    if (name === '') continue;
    const rest = diff.slice(index + 1);
    const end = rest.findIndex((next) => !/^[!+-] {5}/.test(next));
    const edits = rest.slice(0, end === -1 ? rest.length : end).map((edit) => edit.slice(6).replace(/ {2}#.*/, ''));
    found.set(name, dense === undefined ? edits : dense.split(', '));
  }
  return found;
}

describe('changes that are shown together', () => {
  const values = fc.constantFrom('Design', 'Research', 'Sales');
  const edit = fc.tuple(fc.constantFrom('department', 'title', 'division'), values, values).filter(([, before, after]) => before !== after);
  const edits = fc.uniqueArray(edit, { minLength: 1, maxLength: 2, selector: ([attribute]) => attribute });
  const people = fc.array(edits, { minLength: 1, maxLength: 80 });

  test('give back who gets what, in every form', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(people, fc.oneof(fc.integer({ min: 800, max: 4000 }), fc.integer({ min: 4000, max: 20_000 })), (wanted, within) => {
        const operations = wanted.map((changes, index) =>
          user(
            'put',
            `u${index}@acme.com`,
            changes.map(([attribute, before, after]) => ({ attribute, before, after, cause: cause(index + 1) })),
          ),
        );
        const { text, isWhole } = renderReview(reviewWith({ own: planWith({ operations }) }), frame, within);
        seen.add(isWhole ? (text.includes('  # ') || !text.includes('```diff') ? 'full' : 'dense') : 'not whole');
        if (!isWhole) return;
        const expected = new Map(
          wanted.map((changes, index) => [
            `u${index}@acme.com`,
            changes.map(([attribute, before, after]) => `${attribute} "${before}" → "${after}"`),
          ]),
        );
        // What the table shows in full need not be repeated.
        const found = editsIn(text);
        const rows = [...text.matchAll(/^\| 🟡 \| `(\S+)` \| (.*?) \|/gm)].map(([, name = '', details = '']) => {
          return [name, [...details.matchAll(/`([^`]*)`/g)].map(([, edit = '']) => edit)] as const;
        });
        expect(new Map([...rows, ...found])).toEqual(expected);
      }),
      { numRuns: 300 },
    );
    expect(seen).toEqual(new Set(['full', 'dense', 'not whole']));
  });

  const moved = (many: number) =>
    Array.from({ length: many }, (_, index) =>
      user('put', `u${index}@acme.com`, [{ attribute: 'department', before: 'Design', after: 'Product Design', cause: cause(index + 1) }]),
    );
  const textOf = (operations: readonly Operation[]) => renderReview(reviewWith({ own: planWith({ operations }) }), frame, room).text;

  test('are one line with every name behind it, from three on', () => {
    expect(textOf(moved(2))).not.toContain('users**');
    const text = textOf(moved(3));
    expect(text).toContain('| 🟡 | 3 users | `department "Design" → "Product Design"` | [`users.yaml:1`](');
    expect(text).toContain('#L1) and 2 more |\n');
    expect(text).toContain(`🟡 \`department "Design" → "Product Design"\`: **3 users** ([`);
    expect(text).toContain(
      '#L1) and 2 more)\n<details><summary>3 users</summary>\n\n`u0@acme.com` `u1@acme.com` `u2@acme.com`\n\n</details>',
    );
    expect(text).not.toContain('```diff');
  });

  test.each<[string, readonly Operation[], string]>([
    ['seats', raises(3), '🟡 `seat View → Full`: **3 users**'],
    ['deactivations', endings(3), '➖ `Full → deactivated`: **3 users**'],
    [
      'creates that differ in nothing but the name',
      ['a', 'b', 'c'].map((name) =>
        user('create', `${name}@acme.com`, [
          { attribute: 'userName', after: `${name}@acme.com`, cause: cause(1) },
          { attribute: 'title', after: 'Designer', cause: cause(1) },
        ]),
      ),
      '➕ `new, or an existing member that will be bound`, `title "Designer"`: **3 users**',
    ],
    [
      'groups that one person joins',
      ['A', 'B', 'C'].map((name) => group('patch', name, [{ attribute: 'member', after: 'ada@acme.com', cause: cause(1) }])),
      '🟡 `1 member added`, `adds ada@acme.com`: **3 groups**',
    ],
  ])('can be %s', (_, operations, head) => {
    expect(textOf(operations)).toContain(head);
  });

  test('do not hide that their values differ', () => {
    const text = textOf([
      ...moved(3),
      user('put', 'odd@acme.com', [{ attribute: 'department', before: 'Sales', after: 'Product Design', cause: cause(9) }]),
    ]);
    expect(text).toContain('! odd@acme.com\n!     department "Sales" → "Product Design"');
  });

  test('are members who come or go, by name', () => {
    const members = Array.from({ length: 12 }, (_, index) => ({ attribute: 'member', after: `m${index}@acme.com`, cause: cause(1) }));
    const gone = ['x', 'y'].map((name) => ({ attribute: 'member', before: `${name}@acme.com`, cause: cause(2) }));
    const text = textOf([group('patch', 'All', [...members, ...gone])]);
    expect(text).toContain('🟡 `group "All"`: **12 members added**\n<details><summary>12 members</summary>\n\n`m0@acme.com` `m1');
    expect(text).toContain(
      '```diff\n! group "All" (12 members added, 2 removed)\n-     member x@acme.com  # seatform/users.yaml:2\n-     member y',
    );
    expect(textOf([group('patch', 'All', members)])).not.toContain('```diff');
  });

  test('carry their places where names are masked', () => {
    const { text } = renderReview(reviewWith({ own: planWith({ operations: moved(3) }) }), { ...frame, redact: 'emails' }, room);
    expect(text).toContain('`u…@acme.com seatform/users.yaml:1` `u…@acme.com seatform/users.yaml:2`');
  });

  test('are 412 names in a comment, and not 5,000', () => {
    expect(renderReview(reviewWith({ own: planWith({ operations: moved(412) }) }), frame, room).isWhole).toBe(true);
    expect(renderReview(reviewWith({ own: planWith({ operations: moved(3000) }) }), frame, room).isWhole).toBe(true);
    const { text, isWhole } = renderReview(reviewWith({ own: planWith({ operations: moved(5000) }) }), frame, room);
    expect(isWhole).toBe(false);
    expect(text).toContain('<summary>25 of 5000 users</summary>');
    expect(text).toContain('`u24@acme.com` …and 4975 more');
    expect(text).toContain('**all names of 1 list not shown**');
  });
});
