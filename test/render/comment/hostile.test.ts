import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position } from '../../../src/model/diagnostic.ts';
import type { Review, Tally } from '../../../src/model/review.ts';
import type { ScheduledChange } from '../../../src/model/scheduled-change.ts';
import { renderReview } from '../../../src/render/comment/comment.ts';
import { renderApplied, type Applied } from '../../../src/render/comment/applied.ts';
import { renderDrift } from '../../../src/render/comment/drift.ts';
import { renderFailure } from '../../../src/render/comment/failure.ts';
import { renderResult } from '../../../src/render/comment/result.ts';
import { renderTrouble } from '../../../src/render/comment/trouble.ts';
import { renderUnapproved } from '../../../src/render/comment/unapproved.ts';
import { anyPlan } from '../any-plan.ts';
import { seenByMarkdownIt, seenByMicromark, type Seen } from '../gfm.ts';
import { hostileText, raw } from '../hostile.ts';
import { cause, group, planWith, user } from '../plans.ts';
import { applied, digestApproval, drift, frame, reviewWith } from './frames.ts';

const parsers = [
  ['micromark', seenByMicromark],
  ['markdown-it', seenByMarkdownIt],
] as const;

/** What breaks out of one place or another, beside what `hostileText` has. */
const breakouts = [
  'a`b',
  '``',
  'x|y',
  '\\|',
  '\\\\|`|',
  '`|`',
  'a\n\nb',
  '\n\n# h',
  '\n```\n',
  '<details>',
  '</details></summary>',
  '-->',
  '<!-- seatform:plan:v1 AAAA -->',
  '](https://evil.example)',
  '[x](https://evil.example)',
  'https://evil.example',
  'www.evil.example',
  '![x](https://evil.example)',
  '[x]: https://evil.example',
  '[^1]',
  '@octocat',
  'acme/people#1',
  'GH-1',
  '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d',
  '&lt;b&gt;',
  '&#96;',
  ':tada:',
  '$x$',
  '$`x`$',
  '> [!CAUTION]',
  '~~~',
  '\u202Eevil',
  '👩‍💻',
  'x'.repeat(2000),
  '`'.repeat(2000),
];

/** Everything that may stand outside of code when no data does: its digits are taken out, since they count. */
function skeletonOf({ text, links, images, html }: Seen): unknown {
  return { text: text.replace(/\d+/g, '0'), links: links.length, images, html };
}

/** Pictures of one review in which every text is `one` or `other`. */
function picturesOf(one: string, other: string): readonly string[] {
  const at: Position = { file: other.slice(0, 200), line: 7, column: 2 };
  const span = { ...at, length: 1 };
  const written = { at, via: 'entry' } as const;
  const operations = [
    user('put', one, [{ attribute: other, before: other, after: one, cause: written }], { before: one }),
    user('create', one, [{ attribute: 'seat', after: other, cause: written }], { after: other }),
    user('deactivate', other, [{ attribute: 'active', before: true, after: false, cause: written }], { before: one }),
    { ...user('deactivate', one, [{ attribute: 'active', before: true, after: false, cause: cause(1) }], { before: 'Full' }), was: other },
    group('patch', other, [{ attribute: 'member', after: one, cause: { via: 'rule' } }]),
    group('delete', one, [{ attribute: 'displayName', before: one, cause: { via: 'unmanaged' } }]),
  ];
  const diagnostics = [{ severity: 'error', code: 'E012', message: one, at: span, help: other, label: one }] as const;
  const turn = (what: ScheduledChange['what']): ScheduledChange => ({
    day: '2027-01-01' as ScheduledChange['day'],
    userName: one,
    what,
    cause: written,
  });
  const review = reviewWith({
    own: planWith({
      operations,
      diagnostics,
      guards: (['block', 'warn'] as const).map((outcome) => ({ guard: one, outcome, count: 3, message: `${other}.`, operations: [] })),
      budgets: [{ name: one, seats: { Full: { before: 1, after: 1, limit: 1 } } }],
      seats: { [one]: { before: 1, after: 1 } },
      selection: { by: 'approved', others: 0, held: operations.map(({ id }) => ({ operation: id, needs: id })) },
    }),
    pending: operations,
    removed: [{ userName: one, seat: other, at }],
    scheduled: [turn({ seat: { before: one, after: other } }), turn({ joins: one }), turn({ leaves: other })],
    allowances: new Map([[one, 3]]),
  });
  const tally: Tally = {
    total: 6,
    done: 0,
    isFailure: true,
    open: operations.map((operation) => ({ operation, fate: 'failed' as const, reason: `${one}.` })),
  };
  const { runUrl, plannedAt, redact } = frame;
  const rules = [
    { rule: one, before: other, after: one },
    { rule: other, after: one },
  ];
  const unapproved = { operations, rules, later: review.scheduled };
  const approval = {
    ...digestApproval,
    digest: one,
    remaining: planWith({ operations, guards: review.own.guards.slice(1) }),
    approvals: 1,
  };
  const summary: Applied = {
    ...applied,
    ...approval,
    tally,
    chosen: review.own,
    allowed: new Set([one]),
    holds: review.own.guards.map((verdict) => ({ ...verdict, operations: operations.map(({ id }) => id) })),
    unapproved,
    drift: operations,
    fault: { diagnostic: diagnostics[0], section: 'failed' },
  };
  return [
    renderReview(review, frame, 10_000_000).text,
    renderReview(
      { ...review, rules, takenBack: operations.slice(4, 5), withdrawn: review.scheduled },
      { ...frame, redact: 'emails' },
      10_000_000,
    ).text,
    renderReview(togetherOf(one, other), frame, 10_000_000).text,
    renderFailure(diagnostics, frame, 60_000),
    renderResult(tally, { runUrl, at: plannedAt, redact }, 60_000),
    renderDrift(operations, unapproved, { ...drift, ...approval, room: 10_000_000 }),
    renderUnapproved('none', unapproved, { ...approval, room: 10_000_000 }),
    renderApplied(summary, frame),
    renderTrouble(one, diagnostics, {}),
    renderTrouble(one, [], {}),
  ];
}

/** A review in which everything is shown together: in lists that open, below lines that say what is equal. */
function togetherOf(one: string, other: string): Review {
  const names = [one, other, `${one}${other}`, `${other}${one}`];
  const at: Position = { file: other.slice(0, 200), line: 7, column: 2 };
  const written = { at, via: 'entry' } as const;
  const put = (name: string) => user('put', name, [{ attribute: 'title', before: other, after: one, cause: written }], { before: 'View' });
  const members = names.map((name) => ({ attribute: 'member', after: name, cause: written }));
  const scheduled = (what: ScheduledChange['what']) =>
    names.map((userName): ScheduledChange => ({ day: '2027-01-01' as ScheduledChange['day'], userName, what, cause: written }));
  return reviewWith({
    own: planWith({ operations: [...names.map(put), group('patch', one, members), group('create', other, members)] }),
    takenBack: [...names.map(put), group('patch', one, members)],
    removed: names.map((userName) => ({ userName, seat: one, at })),
    rules: [{ rule: one, before: other, after: one }],
    scheduled: scheduled({ joins: one }),
    withdrawn: scheduled({ seat: { before: one, after: other } }),
    allowances: new Map([[one, 3]]),
  });
}

const ourHtml = /^(<details( open)?>|<\/details>|<summary>[\w ,()]*<\/summary>|<\/?sub>|\s)+/;

/** What every picture must keep to, whatever it was made of. */
function expectHarmless(markdown: string): void {
  expect(markdown).not.toMatch(raw);
  for (const [, read] of parsers) {
    const { text, links, images, html } = read(markdown);
    expect(links.filter((url) => !url.startsWith('https://github.com/acme/people/'))).toEqual([]);
    expect(images).toBe(0);
    for (const node of html) expect(node.replace(ourHtml, '')).not.toMatch(/[<`@]|-->/);
    expect(text).not.toMatch(/@|#\d|evil|octocat|https?:|www\.|\bGH-/);
  }
}

describe.each(parsers)('as %s reads it', (_, read) => {
  const plain = picturesOf('one', 'other').map((picture) => skeletonOf(read(picture)));

  test.each(breakouts)('nothing comes of %j', (text) => {
    for (const [one, other] of [
      [text, 'other'],
      ['one', text],
      [text, text],
      [`a${text}`, `${text}b`],
    ] as const) {
      expect(picturesOf(one, other).map((picture) => skeletonOf(read(picture)))).toEqual(plain);
    }
  });

  test('nothing comes of any text', () => {
    const anyText = fc.oneof(
      hostileText,
      fc.array(fc.constantFrom(...breakouts.slice(0, -2)), { maxLength: 4 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(picturesOf(one, other).map((picture) => skeletonOf(read(picture)))).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

test('any plan is harmless, at any size and however it is masked', () => {
  const anyReview: fc.Arbitrary<Review> = fc
    .tuple(anyPlan, anyPlan, hostileText, hostileText)
    .map(([own, { operations }, one, other]) => reviewWith({ ...togetherOf(one, other), own, pending: operations }));
  fc.assert(
    fc.property(anyReview, fc.constantFrom('none', 'emails', 'all'), fc.integer({ min: 0, max: 8000 }), (review, redact, room) => {
      const { text } = renderReview(review, { ...frame, redact }, room);
      expect(text.length).toBeLessThanOrEqual(room);
      expectHarmless(text);
      expectHarmless(renderReview(review, { ...frame, redact, permalink: () => undefined }, 60_000).text);
    }),
    { numRuns: 100 },
  );
}, 120_000);
