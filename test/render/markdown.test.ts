import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderPlanMarkdown } from '../../src/render/markdown.ts';
import { codeSpan, shortened } from '../../src/render/markup.ts';
import { hostileText, raw } from './hostile.ts';
import { blocked, created, day, deleted, ended, expiries, group, lowered, planWith, raised, regrouped, renamed, user } from './plans.ts';

describe('code spans', () => {
  test.each([
    ['ada', '`ada`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['a``b`', '``` a``b` ```'],
    [' a ', '`  a  `'],
    ['a|b\\|c', '`a\\u{7c}b\\\\u{7c}c`'],
    ['', '`""`'],
    ['  ', '`"  "`'],
    ['a\nb', '`a␊b`'],
  ])('%j becomes %s', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  test('long text is cut, between characters', () => {
    expect(shortened('👍🏽'.repeat(200))).toBe('👍🏽'.repeat(200));
    expect(shortened('👍🏽'.repeat(201))).toBe(`${'👍🏽'.repeat(199)}…`);
    expect(shortened(`a${'\u0301'.repeat(5000)}`)).toBe('…');
  });
});

describe('the plan', () => {
  test('shows a letter that can look like another one by its number', () => {
    const name = 'ad\u0430@example.com';
    const text = renderPlanMarkdown(
      planWith({
        operations: [user('patch', name, raised.edits)],
        unmanaged: [
          { kind: 'user', name, seat: 'Full' },
          { kind: 'user', name: 'ad\\u{430}@example.com', seat: 'Full' },
        ],
        expiries: expiries.map((expiry) => ({ ...expiry, userName: name })),
      }),
    );
    expect(text).not.toContain('\u0430');
    expect(text).toContain('keep access: `"ad\\u{430}@example.com"`, `"ad\\\\u{430}@example.com"`\n');
  });

  test('stands riskiest first, with alert, seats, guards and the full diff', () => {
    const text = renderPlanMarkdown(
      planWith({
        operations: [created, raised, lowered, ended, regrouped, deleted, renamed],
        guards: [{ guard: 'budget', outcome: 'warn', count: 2, message: 'Design is 2 over', operations: [] }, blocked],
        seats: { Full: { before: 115, after: 116, purchased: 120, outside: 4 } },
        unmanaged: [{ kind: 'user', name: 'x@example.com', seat: 'Full' }],
        diagnostics: [
          {
            severity: 'warning',
            code: 'W001',
            message: 'eve is deactivated',
            at: { file: 'a.yaml', line: 3, column: 5, length: 4 },
            help: 'say so',
          },
        ],
        unresolved: 2,
      }),
    );
    expect(text).toMatchInlineSnapshot(`
      "### Figma plan: 1 to create, 4 to change, 1 to deactivate, 1 to delete

      > [!CAUTION]
      > **1 user will be deactivated.** **1 group will be deleted.**
      > - **Blocked** by \`deactivations 45, limit 42\`: \`45 users would be deactivated\`
      >
      > This plan cannot be applied as it is.

      | | Change | Details | Why |
      |:-:|---|---|---|
      | ➖ | \`bob@example.com\` | \`Full → deactivated\` | \`seatform/users.yaml:12\` |
      | ➖ | \`group "Old"\` | \`deleted\` | \`not declared\` |
      | 🟡 | \`dan@example.com\` | \`seat Full → View\` | \`seatform/users.yaml:7 (expired)\` |
      | 🟡 | \`ada@example.com\` | \`seat View → Full\` | \`seatform/users.yaml:42\` |
      | 🟡 | \`group "Design Systems"\` | \`was "DS"; 1 member added, 1 removed\` | \`seatform/groups.yaml:3\` and 2 more |
      | 🟡 | \`joan.clarke@example.com\` | \`was joan.murray@example.com\`, \`title "Senior Design Manager" → "Principal Design Manager"\`, \`costCenter "0934" → none\`, \`division "Mobile"\` | \`seatform/users.yaml:50\` and 3 more |
      | ➕ | \`grace@example.com\` | new or bound, \`seat Full\`, \`displayName "Grace \\"Amazing\\" Hopper"\` | \`seatform/users.yaml:60\` and 2 more |

      **Seats** (seen by SCIM): \`Full 115 → 116 of 116 (120 purchased, 4 outside)\`

      - **Warning** by \`budget 2\`: \`Design is 2 over\`
      - \`warning[W001]\` at \`a.yaml:3:5\`: \`eve is deactivated\`; help: \`say so\`
      - 1 active user (1 paid seat) is not declared and keeps access: \`x@example.com\`

      **Incomplete**: not all that the configuration asks for is in this plan.

      <details><summary>Full diff (7 changes)</summary>

      \`\`\`diff
      + grace@example.com (new, or an existing member that will be bound; seat becomes Full)  # seatform/users.yaml:60
      +     seat Full  # seatform/users.yaml:61
      +     displayName "Grace \\"Amazing\\" Hopper"  # seatform/users.yaml:62
      ! ada@example.com
      !     seat View → Full  # seatform/users.yaml:42
      ! dan@example.com
      !     seat Full → View  # seatform/users.yaml:7 (expired)
      - bob@example.com (Full → deactivated)  # seatform/users.yaml:12
      ! group "Design Systems" (was "DS"; 1 member added, 1 removed)  # seatform/groups.yaml:3
      +     member ada@example.com  # seatform/groups.yaml:5
      -     member bob@example.com  # seatform/groups.yaml:4 (rule)
      - group "Old" (deleted)  # not declared
      ! joan.clarke@example.com (was joan.murray@example.com)  # seatform/users.yaml:50
      !     title "Senior Design Manager" → "Principal Design Manager"  # seatform/users.yaml:53
      -     costCenter "0934" → none  # seatform/users.yaml:54
      +     division "Mobile"  # seatform/users.yaml:55
      \`\`\`

      </details>
      "
    `);
  });

  test('a short diff is unfolded', () => {
    expect(renderPlanMarkdown(planWith({ operations: [raised] }))).toContain('<details open><summary>Full diff (1 change)</summary>');
  });

  test('a long table names what it leaves to the diff', () => {
    const operations = Array.from({ length: 30 }, (_, index) => user('patch', `u${index}@example.com`, []));
    const text = renderPlanMarkdown(planWith({ operations }));
    expect(text).toContain('\n…and 5 more in the diff\n');
    expect(text).toContain('\n! u29@example.com\n');
  });

  test('seats with their cost, budgets as a table, what ends soon, and what a part leaves out', () => {
    const text = renderPlanMarkdown(
      planWith({
        operations: [raised],
        seats: { Full: { before: 115, after: 116, peak: 118 } },
        cost: { currency: 'USD', monthly: 90, term: { ends: day('2027-03-01'), total: 300 } },
        budgets: [
          { name: 'Design', seats: { Dev: { before: 9, after: 11, limit: 10 }, Full: { before: 38, after: 40, limit: 40 } } },
          { name: 'Sales', seats: { Dev: { before: 0, after: 0, limit: 5 } } },
        ],
        expiries,
        selection: { by: 'target', others: 2 },
      }),
    );
    expect(text.slice(text.indexOf('**Seats**'), text.indexOf('<details'))).toMatchInlineSnapshot(`
      "**Seats** (seen by SCIM): \`Full 115 → 116 (peak 118)\`

      **Cost**: \`+$90 a month\` · \`+$300 until 2027-03-01 (end of term)\`

      | Budget | Full | Dev |
      |---|---|---|
      | \`Design\` | 38 → 40 of 40 | 9 → 11 of 10 (1 over) |
      | \`Sales\` |  | 0 → 0 of 5 |

      **Ending within 7 days**:

      - \`2026-11-25\` \`grace@example.com\`: \`Dev → View\` (\`grants.yaml:3\`)
      - \`2026-11-28\` \`bob@example.com\`: \`leaves group "Design Systems"\` (\`grants.yaml:9\`)

      **Targeted**: 2 other changes not shown.

      "
    `);
  });

  test('a long list of what ends soon names how much it leaves out', () => {
    const many = Array.from({ length: 27 }, () => expiries).flatMap(([first]) => (first ? [first] : []));
    expect(renderPlanMarkdown(planWith({ expiries: many }))).toContain('(`grants.yaml:3`)\n- …and 2 more\n');
  });

  test('nothing to do, of a part', () => {
    expect(renderPlanMarkdown(planWith({ selection: { by: 'target', others: 1 } }))).toBe(
      '### Figma plan: no changes\n\nNo changes for the targets.\n\n**Targeted**: 1 other change not shown.\n',
    );
  });

  test('nothing to do', () => {
    expect(renderPlanMarkdown(planWith())).toBe('### Figma plan: no changes\n\nNo changes. Figma matches the configuration.\n');
  });
});

describe('hostile text', () => {
  test('stands in code spans and fences only', () => {
    const told = (one: string, other: string) => {
      const at = { file: other, line: 1, column: 1, length: 1 };
      return renderPlanMarkdown(
        planWith({
          operations: [
            user('put', one, [{ attribute: other, before: other, after: one, cause: { at, via: 'entry' } }], { before: one }),
            group('patch', other, [{ attribute: 'member', after: one, cause: { via: 'rule' } }]),
            user('deactivate', other, [], { before: one }),
          ],
          unmanaged: [{ kind: 'user', name: one, seat: other }],
          guards: [{ ...blocked, guard: one, message: other }],
          diagnostics: [{ severity: 'error', code: 'E030', message: one, help: other, at }],
          seats: { [one]: { before: 1, after: 2 } },
          budgets: [{ name: one, seats: { Full: { before: 1, after: 2, limit: 3 } } }],
          cost: { currency: other, monthly: 1, term: { ends: day(one), total: 2 } },
          expiries: [{ until: day(one), userName: other, gives: { group: one }, cause: { at, via: 'grant', until: day(other) } }],
        }),
      );
    };
    const harmless = outsideOfCode(told('one', 'other'));
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        expect(told(one, other)).not.toMatch(raw);
        expect(outsideOfCode(told(one, other))).toBe(harmless);
      }),
      { numRuns: 1000 },
    );
  });

  test('cannot end its fence', () => {
    const text = renderPlanMarkdown(planWith({ operations: [user('patch', '`````', [])] }));
    expect(text).toContain('\n``````diff\n');
  });
});

/** Markdown without its fenced blocks and code spans, by CommonMark's rule: a span ends at the next run of just as many backticks. */
function outsideOfCode(text: string): string {
  const unfenced = text.replace(/^(`{3,})diff\n[\s\S]*?^\1$/m, '');
  return unfenced
    .split('\n')
    .map((line) => line.replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gu, ''))
    .join('\n');
}
