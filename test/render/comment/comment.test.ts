import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/model/plan.ts';
import type { Review } from '../../../src/model/review.ts';
import type { ScheduledChange } from '../../../src/model/scheduled-change.ts';
import { renderReview } from '../../../src/render/comment/comment.ts';
import { withoutFooter } from '../../../src/render/comment/footer.ts';
import { blocked, cause, created, day, deleted, ended, expiries, group, lowered, planWith, raised, renamed } from '../plans.ts';
import { frame, reviewWith } from './frames.ts';

const room = 60_000;
const footer =
  '<sub>Plan for 1a2b3c4 merged into 9f8e7d6 · [run](https://github.com/acme/people/actions/runs/7) · 2026-10-03 09:14 UTC · applied on merge with 1 approval</sub>';
const url = 'https://github.com/acme/people/blob/1a2b3c4/seatform';
const scheduledChange: ScheduledChange = {
  day: day('2027-01-01'),
  userName: 'grace@example.com',
  what: { seat: { before: 'Dev', after: 'View' } },
  cause: { ...cause(3, 'grant', 'seatform/grants.yaml'), until: day('2026-12-31') },
};
const eve = { userName: 'eve@example.com', seat: 'Full', at: { file: 'seatform/users.yaml', line: 31, column: 3 } };

function textOf(...changes: Parameters<typeof reviewWith>): string {
  return renderReview(reviewWith(...changes), frame, room).text;
}

describe('a review', () => {
  test('shows what must not be overlooked, the riskiest first, seats, what comes later, and what is not its own', () => {
    const { text, isTruncated, isWhole } = renderReview(
      reviewWith({
        own: planWith({
          operations: [raised, created, ended],
          seats: { Full: { before: 120, after: 119, purchased: 120 }, View: { before: 88, after: 89 } },
          cost: { currency: 'USD', monthly: -90 },
        }),
        pending: [lowered],
        removed: [eve],
        scheduled: [scheduledChange],
      }),
      frame,
      room,
    );
    expect({ isTruncated, isWhole }).toEqual({ isTruncated: false, isWhole: true });
    expect(text).toBe(`### Figma plan: 1 to create, 1 to change, 1 to deactivate

> [!CAUTION]
> **1 user will be deactivated.**
> **1 entry is removed, and its user keeps access.**

| | Change | Details | Why |
|:-:|---|---|---|
| ➖ | \`bob@example.com\` | Full → deactivated | [\`users.yaml:12\`](${url}/users.yaml#L12) |
| ⚠️ | \`eve@example.com\` | keeps access and a Full seat; to off-board write \`active: false\` | [\`users.yaml:31\`](${url}/users.yaml#L31) |
| 🟡 | \`ada@example.com\` | View → Full | [\`users.yaml:42\`](${url}/users.yaml#L42) |
| ➕ | \`grace@example.com\` | new or bound, Full, \`displayName "Grace \\"Amazing\\" Hopper"\` | [\`users.yaml:60\`](${url}/users.yaml#L60) and 2 more |

**Seats** \`Full 120 → 119 of 120 (120 purchased)\` · \`View 88 → 89\` · **\`-$90 a month\`**

**Scheduled by this pull request**:

- from 2027-01-01 \`grace@example.com\` Dev → View ([\`grants.yaml:3\`](${url}/grants.yaml#L3))

<details open><summary>Full diff (3 changes)</summary>

\`\`\`diff
- bob@example.com (Full → deactivated)  # seatform/users.yaml:12
! ada@example.com
!     seat View → Full  # seatform/users.yaml:42
+ grace@example.com (new, or an existing member that will be bound; seat becomes Full)  # seatform/users.yaml:60
+     seat Full  # seatform/users.yaml:61
+     displayName "Grace \\"Amazing\\" Hopper"  # seatform/users.yaml:62
\`\`\`

</details>

<details><summary>Pending on the base branch, not part of this pull request (1)</summary>

Drift and earlier merges: a merge of this pull request approves nothing of it.

\`\`\`diff
! dan@example.com
!     seat Full → View  # seatform/users.yaml:7 (expired)
\`\`\`

</details>

${footer}`);
  });

  test('that changes nothing says so', () => {
    expect(textOf()).toBe(`### Figma plan: no changes\n\nThis pull request changes nothing in Figma.\n\n${footer}`);
    expect(textOf({ scheduled: [scheduledChange] })).toContain(
      'changes nothing in Figma today.\n\n**Scheduled by this pull request**:\n\n- from 2027-01-01',
    );
    expect(textOf({ own: planWith({ unresolved: 1 }) })).toContain('\n\nNo changes in this plan, but it is incomplete.\n');
    expect(textOf({ own: planWith({ guards: [blocked] }) })).toContain('\n\nNo changes in this plan, but it is blocked.\n');
  });

  test('warns of removed entries even if nothing is planned', () => {
    const text = textOf({ removed: [eve, { ...eve, userName: 'x|y', seat: 'Board`' }] });
    expect(text).toContain(
      '### Figma plan: removes 2 entries\n\n> [!CAUTION]\n> **2 entries are removed, and their users keep access.**\n',
    );
    expect(text).toContain('| ⚠️ | `x\\u{7c}y` | keeps access and a `` Board` `` seat; to off-board');
  });

  test('names what is pending only where there is something', () => {
    expect(textOf({ pending: [raised, ended] })).toContain('(2)</summary>');
    expect(textOf()).not.toContain('Pending');
  });

  test('says that everything is its own where the base cannot be read', () => {
    expect(textOf({ isBaseLoaded: false })).toContain(
      'The configuration that this is merged into cannot be read, so everything counts as caused by this pull request.',
    );
  });

  test('shows guards that block with what lifts them, and those that warn further down', () => {
    const text = textOf({
      own: planWith({
        operations: [ended],
        guards: [
          blocked,
          { ...blocked, guard: 'protected', message: 'root@example.com would be harmed' },
          { guard: 'budget', outcome: 'warn', count: 2, message: 'Design is 2 over', operations: [] },
        ],
      }),
      allowances: new Map([['downgrades', 12]]),
      rules: [
        { rule: 'limits.deactivations', before: '1', after: '50%' },
        { rule: 'protected', before: 'root@example.com' },
      ],
    });
    expect(text).toContain(`> [!CAUTION]
> **2 rules change**:
> - \`limits.deactivations\`: \`1\` → \`50%\`
> - \`protected\`: \`root@example.com\` → none

> [!CAUTION]
> **1 user will be deactivated.**
> **Allowed by the description of this pull request**: \`downgrades=12\`
> - **Blocked** by \`deactivations 45, limit 42\`: \`45 users would be deactivated\`
> - **Blocked** by \`protected 45, limit 42\`: \`root@example.com would be harmed\`
>
> This plan cannot be applied as it is.
> If it is intended, add this to the description of this pull request: \`seatform-allow: deactivations=45\`

`);
    expect(text).toContain('\n\n- **Warning** by `budget 2`: `Design is 2 over`\n\n');
  });

  test('asks for a line each where more than one guard blocks, and marks what was allowed for once', () => {
    const guards: readonly Verdict[] = [blocked, { ...blocked, guard: 'downgrades' }, { ...blocked, guard: 'creations', outcome: 'warn' }];
    const text = textOf({ own: planWith({ guards }), allowances: new Map([['creations', 45]]) });
    expect(text).toContain('a line each: `seatform-allow: deactivations=45`, `seatform-allow: downgrades=45`');
    expect(text).toContain('- **Allowed once**: `creations 45, limit 42`: `45 users would be deactivated`');
  });

  test('offers no allowance where nothing lifts the guard', () => {
    const text = textOf({ own: planWith({ guards: [{ ...blocked, guard: 'protected' }] }) });
    expect(text).toContain('cannot be applied');
    expect(text).not.toContain('seatform-allow');
  });

  test('shows diagnostics with a link, and that it is incomplete', () => {
    const at = { file: 'seatform/users.yaml', line: 3, column: 5, length: 4 };
    const own = planWith({
      operations: [raised],
      diagnostics: [{ severity: 'warning', code: 'W001', message: 'eve is deactivated', at }],
      unresolved: 2,
    });
    const text = textOf({ own });
    expect(text).toContain(`\n\n- \`warning[W001]\` at [\`users.yaml:3:5\`](${url}/users.yaml#L3): \`eve is deactivated\`\n\n`);
    expect(text).toContain('\n\n**Incomplete**: 2 entries could not be planned.\n\n');
  });

  test('lists what has to wait', () => {
    const held = [{ operation: raised.id, needs: ended.id }];
    const text = textOf({ own: planWith({ operations: [raised], selection: { by: 'approved', others: 0, held } }) });
    expect(text).toContain(
      '**1 change waits** for what this pull request does not ask for:\n\n- `change ada@example.com` needs `deactivate bob@example.com`\n',
    );
  });

  test('says what is done instead where a merge is not applied', () => {
    const textBy = (approvals: typeof frame.approvals, needs = 1) => renderReview(reviewWith(), { ...frame, approvals, needs }, room).text;
    expect(textBy('too-large')).toContain(
      '> [!CAUTION]\n> **A merge will not apply this plan**: not all that it changes fits into a comment. Split the pull request, or after the merge approve its digest.\n',
    );
    expect(textBy('too-large')).toMatch(/ UTC · not applied on merge<\/sub>$/);
    expect(textBy('none')).toMatch(/ UTC<\/sub>$/);
    expect(textBy('signed', 0)).toMatch(/ UTC · applied on merge<\/sub>$/);
    expect(textBy('signed', 2)).toMatch(/ · applied on merge with 2 approvals<\/sub>$/);
  });

  test('says since when approvals count, where older ones could not be dismissed', () => {
    const { text } = renderReview(reviewWith(), { ...frame, countsFrom: '2026-10-03T09:14:05Z' }, room);
    expect(text).toContain('\n> Approvals given before 09:14:05 UTC on 2026-10-03 do not count: the plan has grown since.\n');
    expect(textOf()).not.toContain('do not count');
  });

  test.each<[Partial<Review>, string]>([
    [{ rules: [{ rule: 'minAdmins', before: '2', after: '1' }] }, 'changes 1 rule'],
    [{ scheduled: [scheduledChange] }, 'schedules 1 change'],
    [{ withdrawn: [scheduledChange] }, 'withdraws 1 scheduled change'],
    [{ takenBack: [raised, lowered] }, 'takes back 2 changes that are approved and not applied yet'],
    [{ own: planWith({ operations: [raised] }), takenBack: [lowered] }, '0 to create, 1 to change, 0 to deactivate'],
    [{}, 'no changes'],
  ])('is titled by what it does (%#)', (changes, title) => {
    expect(textOf(changes).split('\n')[0]).toBe(`### Figma plan: ${title}`);
  });

  test('shows budgets, and nothing of what ends without it', () => {
    const budgets = [{ name: 'Design', seats: { Full: { before: 9, after: 11, limit: 10 } } }];
    const text = textOf({
      own: planWith({ operations: [raised], budgets, expiries, unmanaged: [{ kind: 'user', name: 'x@example.com' }] }),
    });
    expect(text).toContain('| Budget | Full |\n|---|---|\n| `Design` | 9 → 11 of 10 (1 over) |\n');
    expect(text).not.toContain('Ending');
    expect(text).not.toContain('x@example.com');
  });

  test('shows every kind of scheduled change', () => {
    const changeTo = (what: ScheduledChange['what']): ScheduledChange => ({ ...scheduledChange, what });
    const scheduled = [
      changeTo({ seat: { after: 'Full' } }),
      changeTo({ seat: { before: 'Dev' } }),
      changeTo({ joins: 'A|B' }),
      changeTo({ leaves: 'C' }),
      { ...scheduledChange, cause: { ...scheduledChange.cause, via: 'expired' as const } },
    ];
    const items = textOf({ scheduled }).match(/^- .*(?= \(\[)/gm);
    expect(items).toEqual([
      '- from 2027-01-01 `grace@example.com` gets Full',
      '- from 2027-01-01 `grace@example.com` no longer asks for Dev',
      '- from 2027-01-01 `grace@example.com` joins group `"A\\u{7c}B"`',
      '- from 2027-01-01 `grace@example.com` leaves group `"C"`',
      '- after 2026-12-31 `grace@example.com` Dev → View',
    ]);
  });

  test('writes the whole path where no link leads there', () => {
    const plain = { ...frame, permalink: () => undefined };
    expect(renderReview(reviewWith({ own: planWith({ operations: [raised] }) }), plain, room).text).toContain(
      '| `seatform/users.yaml:42` |',
    );
  });

  test.each([
    'http://github.com/a',
    'https://github.com/a)b',
    'https://x/ b',
    'https://x/<b>',
    'https://x/a|b',
    'https://x/&amp;',
    'javascript:x',
  ])('makes no link of %s', (odd) => {
    const text = renderReview(
      reviewWith({ own: planWith({ operations: [raised] }) }),
      { ...frame, permalink: () => odd, runUrl: odd },
      room,
    ).text;
    expect(text).not.toContain(odd);
    expect(text).toContain('9f8e7d6 · run · 2026');
  });

  test('masks names if it is asked to', () => {
    const text = renderReview(
      reviewWith({ own: planWith({ operations: [renamed] }), pending: [ended] }),
      { ...frame, redact: 'emails' },
      room,
    ).text;
    expect(text).toContain('`j…@example.com`');
    expect(text).not.toMatch(/joan|bob/);
  });

  test('of a group says how many members come and go', () => {
    const edits = [{ attribute: 'member', after: 'ada@example.com', cause: cause(5) }];
    expect(textOf({ own: planWith({ operations: [group('patch', 'A', edits), deleted] }) })).toContain(
      '| 🟡 | `group "A"` | `1 member added` |',
    );
  });
});

test('the footer can be taken off, and nothing else', () => {
  expect(withoutFooter(textOf())).toBe('### Figma plan: no changes\n\nThis pull request changes nothing in Figma.');
  const other = renderReview(reviewWith(), { ...frame, head: 'f'.repeat(40), plannedAt: '2027-01-01T00:00:00Z' }, room).text;
  expect(withoutFooter(other)).toBe(withoutFooter(textOf()));
  expect(withoutFooter('a\nb')).toBe('a\nb');
});
