import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position } from '../../../src/model/diagnostic.ts';
import type { Review, Tally } from '../../../src/model/review.ts';
import type { ScheduledChange } from '../../../src/model/scheduled-change.ts';
import { renderReview } from '../../../src/render/comment/comment.ts';
import { renderApplied } from '../../../src/render/comment/applied.ts';
import { renderDrift } from '../../../src/render/comment/drift.ts';
import { renderFailure } from '../../../src/render/comment/failure.ts';
import { renderResult } from '../../../src/render/comment/result.ts';
import { renderTrouble } from '../../../src/render/comment/trouble.ts';
import { anyPlan } from '../any-plan.ts';
import { seenByMarkdownIt, seenByMicromark, type Seen } from '../gfm.ts';
import { hostileText, raw } from '../hostile.ts';
import { cause, group, planWith, user } from '../plans.ts';
import { frame, reviewWith } from './frames.ts';

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
  'x'.repeat(10_000),
  '`'.repeat(10_000),
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
  const applied = {
    chosen: review.own,
    corrected: { total: 0, done: 0 },
    allowed: new Set([one]),
    remaining: planWith({ operations, digest: one }),
    fault: { diagnostic: diagnostics[0], section: 'failed' },
  } as const;
  return [
    renderReview(review, frame, 200_000).text,
    renderFailure(diagnostics, frame, 60_000),
    renderResult(tally, { runUrl, at: plannedAt, redact }, 60_000),
    renderDrift(operations, { ...frame, at: plannedAt, whole: planWith({ digest: one }), isCorrecting: false, room: 200_000 }),
    renderApplied({ ...applied, tally, rest: operations }, frame),
    renderTrouble(one, diagnostics, {}),
    renderTrouble(one, [], {}),
  ];
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
      { numRuns: 100 },
    );
  });
});

test('any plan is harmless, at any size and however it is masked', () => {
  const anyReview: fc.Arbitrary<Review> = fc
    .tuple(anyPlan, anyPlan)
    .map(([own, { operations }]) => reviewWith({ own, pending: operations }));
  fc.assert(
    fc.property(anyReview, fc.constantFrom('none', 'emails', 'all'), fc.integer({ min: 0, max: 8000 }), (review, redact, room) => {
      const { text } = renderReview(review, { ...frame, redact }, room);
      expect(text.length).toBeLessThanOrEqual(room);
      expectHarmless(text);
      expectHarmless(renderReview(review, { ...frame, redact, permalink: () => undefined }, 60_000).text);
    }),
    { numRuns: 150 },
  );
});
