import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/model/operation.ts';
import { renderReview } from '../../../src/render/comment/comment.ts';
import { renderDrift } from '../../../src/render/comment/drift.ts';
import { renderApplied } from '../../../src/render/comment/applied.ts';
import { renderSummary } from '../../../src/render/comment/summary.ts';
import { cause, group, planWith, user } from '../plans.ts';
import { applied, drift, endings, frame, nothingUnapproved, raises, reviewWith } from './frames.ts';

const room = 60_000;

function rendered(operations: readonly Operation[], rest: Parameters<typeof reviewWith>[0] = {}, within = room) {
  return renderReview(reviewWith({ own: planWith({ operations }), ...rest }), frame, within);
}

/** The lines of the first diff. */
function diffOf(text: string): readonly string[] {
  return /```diff\n([\s\S]*?)\n```/.exec(text)?.[1]?.split('\n') ?? [];
}

/** Changes of values that differ, with names so long that few of them fit. */
function large(many: number): readonly Operation[] {
  const names = Array.from({ length: many }, (_, index) => `${index}-${'x'.repeat(150)}@acme.com`);
  return names.map((name, index) =>
    user('patch', name, [{ attribute: 'title', before: `${index}${'a'.repeat(150)}`, after: 'b'.repeat(150), cause: cause(1) }]),
  );
}

/** Changes that cannot be shown together. */
function singles(many: number): readonly Operation[] {
  return Array.from({ length: many }, (_, index) =>
    user('patch', `single${index}@acme.com`, [{ attribute: 'title', before: `${index}`, after: `new ${index}`, cause: cause(index + 1) }]),
  );
}

describe.each([0, 1, 25, 1000, 8000])('%i changes', (many) => {
  test('stay within the room, together or alone', () => {
    for (const operations of [endings(many), raises(many), large(many), singles(many)]) {
      const { text } = rendered(operations, many > 1000 ? {} : { pending: operations, takenBack: operations });
      expect(text.length).toBeLessThanOrEqual(room);
      expect(text.startsWith('### Figma plan: ')).toBe(true);
      expect(text.endsWith('applied on merge with 1 approval</sub>')).toBe(true);
    }
  });

  test('are whole, or missing and counted', () => {
    const { text, isTruncated, isWhole } = rendered(singles(many));
    const shown = diffOf(text).filter((line) => line.startsWith('! single')).length;
    expect(isTruncated).toBe(shown < many);
    expect(isWhole).toBe(shown === many);
    expect(isWhole).toBe(many <= 1000);
    expect(/<details><summary>Diff \((.*) changes\)/.exec(text)?.[1]).toBe(shown < many ? `${shown} of ${many}` : undefined);
    // The table shows the first 25, and the diff repeats them if there is room.
    expect(Number(/\*\*(\d+) changes not shown\*\*/.exec(text)?.[1] ?? '0')).toBe(Math.max(many - shown - (isWhole ? 0 : 25), 0));
  });
});

test('no change is missing that only the table has room for', () => {
  const { text, isWhole } = rendered(raises(1), {}, 1000);
  expect(text).toContain('| 🟡 | `riser0@acme.com`');
  expect(diffOf(text)).toEqual([]);
  expect(isWhole).toBe(true);
});

test('a list of members that has no room is missing', () => {
  const members = Array.from({ length: 20 }, (_, index) => ({ attribute: 'member', after: `m${index}@acme.com`, cause: cause(1) }));
  const { text } = rendered([group('patch', 'All', members)], {}, 1100);
  expect(text).toContain('| `20 members added` |');
  expect(text).toContain('**1 change not shown**');
});

test('of a giant group some members are named, and the others counted', () => {
  const members = Array.from({ length: 8000 }, (_, index) => ({
    attribute: 'member',
    after: `m${index}@acme.com`,
    cause: cause(index + 1),
  }));
  const { text, isWhole } = rendered([group('patch', 'All', members), ...raises(1)]);
  expect(text.length).toBeLessThanOrEqual(room);
  expect(isWhole).toBe(false);
  expect(text).toContain('<details><summary>25 of 8000 members</summary>\n\n`m0@acme.com`');
  expect(text).toContain('`m24@acme.com` …and 7975 more\n\n</details>');
  expect(text).toContain('**all names of 1 list not shown**');
});

test('no room at all is no reason to overflow', () => {
  const own = { pending: raises(3), removed: [{ userName: 'x', at: { file: 'a', line: 1, column: 1 } }], isBaseLoaded: false };
  for (const within of Array.from({ length: 60 }, (_, index) => index * 50)) {
    expect(rendered(endings(40), own, within).text.length).toBeLessThanOrEqual(within);
  }
});

test('waits and diagnostics are listed as far as they fit', () => {
  const held = raises(8000).map(({ id }) => ({ operation: id, needs: id }));
  const diagnostics = raises(8000).map(() => ({ severity: 'warning', code: 'W001', message: 'x'.repeat(190) }) as const);
  const own = planWith({ operations: endings(20), selection: { by: 'approved', others: 0, held }, diagnostics });
  const { text, isWhole, isTruncated } = renderReview(reviewWith({ own }), frame, room);
  expect(text.length).toBeLessThanOrEqual(room);
  expect(text.match(/- …and 7975 more/g)).toHaveLength(2);
  expect({ isWhole, isTruncated }).toEqual({ isWhole: true, isTruncated: false });
});

describe('the step summary', () => {
  test('has room for more, counted in bytes', () => {
    expect(renderSummary(reviewWith({ own: planWith({ operations: endings(5000) }) }), frame)).not.toContain('not shown');
    const wide = Array.from({ length: 8000 }, (_, index) =>
      user('patch', `${index}${'日'.repeat(60)}`, [{ attribute: 'title', after: `${index}`, cause: cause(1) }]),
    );
    const open = wide.map((operation) => ({ operation, fate: 'failed' as const, reason: '日'.repeat(100) }));
    const tally = { total: 8000, done: 0, isFailure: true, open };
    const own = planWith({ operations: wide });
    expectFull(renderSummary(reviewWith({ own }), frame));
    expectFull(renderApplied({ ...applied, tally, chosen: own, drift: wide, remaining: own }, frame));
  });

  function expectFull(text: string): void {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(900_000);
    expect(text).toMatch(/changes? not shown/);
  }
});

test('an issue on drift stays within its room', () => {
  for (const operations of [singles(8000), large(1000)]) {
    for (const unapproved of [nothingUnapproved, { operations, rules: [{ rule: 'minAdmins' }], later: [] }]) {
      const text = renderDrift(operations, unapproved, { ...drift, room });
      expect(text.length).toBeLessThanOrEqual(room);
      expect(text).toContain('changes not shown');
      expect(text).toContain('\nsha256:ab\n');
    }
  }
});
