import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/model/operation.ts';
import { renderReview } from '../../../src/render/comment/comment.ts';
import { renderDrift } from '../../../src/render/comment/drift.ts';
import { renderApplied } from '../../../src/render/comment/applied.ts';
import { renderSummary } from '../../../src/render/comment/summary.ts';
import { cause, day, group, planWith, user } from '../plans.ts';
import { endings, frame, raises, reviewWith } from './frames.ts';

const room = 60_000;

function rendered(operations: readonly Operation[], rest: Parameters<typeof reviewWith>[0] = {}, within = room) {
  return renderReview(reviewWith({ own: planWith({ operations }), ...rest }), frame, within);
}

/** The lines of the first diff. */
function diffOf(text: string): readonly string[] {
  return /```diff\n([\s\S]*?)\n```/.exec(text)?.[1]?.split('\n') ?? [];
}

/** A change of many values, with a name so long that few of it fit. */
function large(many: number): readonly Operation[] {
  const names = Array.from({ length: many }, (_, index) => `${index}-${'x'.repeat(150)}@acme.com`);
  return names.map((name) =>
    user('patch', name, [{ attribute: 'title', before: 'a'.repeat(150), after: 'b'.repeat(150), cause: cause(1) }]),
  );
}

describe.each([0, 1, 25, 1000, 20_000])('%i changes', (many) => {
  test('stay within the room, as ends or as mere changes', () => {
    for (const operations of [endings(many), raises(many), large(many)]) {
      const { text } = rendered(operations, { pending: operations });
      expect(text.length).toBeLessThanOrEqual(room);
      expect(text.startsWith('### Figma plan: ')).toBe(true);
      expect(text.endsWith('applied on merge</sub>')).toBe(true);
    }
  });

  test('are whole, or missing and counted', () => {
    const { text, isTruncated } = rendered(raises(many));
    const diff = diffOf(text);
    const shown = diff.filter((line) => line.startsWith('! riser')).length;
    expect(diff).toHaveLength(2 * shown);
    expect(isTruncated).toBe(shown < many);
    expect(/<details><summary>Diff \((.*) changes\)/.exec(text)?.[1]).toBe(shown < many ? `${shown} of ${many}` : undefined);
    expect(/\*\*(\d+) changes not shown\*\*/.exec(text)?.[1] ?? '0').toBe(String(many - shown));
  });

  test('show every end, or say that they do not', () => {
    const { text, showsEveryEnd } = rendered(endings(many));
    const shown = diffOf(text).filter((line) => line.startsWith('- leaver')).length;
    expect(showsEveryEnd).toBe(shown === many);
    expect(showsEveryEnd).toBe(many < 1000);
  });
});

describe('what is shown first', () => {
  test('ends, before any other change, before what comes later, before what is pending', () => {
    const turn = { day: day('2027-01-01'), userName: 'x'.repeat(190), what: { joins: 'y'.repeat(190) }, cause: cause(1, 'grant') };
    const rest = { scheduled: Array.from({ length: 25 }, () => turn), pending: raises(500) };
    const { text, showsEveryEnd } = rendered([...raises(900), ...endings(600)], rest);
    expect(showsEveryEnd).toBe(true);
    expect(diffOf(text).filter((line) => line.startsWith('- leaver'))).toHaveLength(600);
    expect(text).toContain('**Scheduled by this pull request**');
    expect(text).toMatch(/\*\*\d+ changes, 500 pending changes not shown\*\*/);
    expect(text).not.toContain('Pending on');
  });

  test('admin changes are ends', () => {
    const admins = raises(1000).map(({ name }) =>
      user('patch', name, [{ attribute: 'figmaAdmin', before: true, after: false, cause: cause(1) }]),
    );
    const { text, showsEveryEnd } = rendered([...large(300), ...admins.slice(0, 300)]);
    expect(showsEveryEnd).toBe(true);
    expect(diffOf(text).filter((line) => line.startsWith('! riser'))).toHaveLength(300);
    expect(rendered(admins).showsEveryEnd).toBe(false);
  });

  test('an admin right given to somebody new is an end, which the table shows as well as the diff', () => {
    const named = (name: string) =>
      user('create', name, [
        { attribute: 'userName', after: name, cause: cause(1) },
        { attribute: 'figmaAdmin', after: true, cause: cause(1) },
      ]);
    expect(rendered([...large(500), named('root@acme.com')]).text).toContain('| ➕ | `root@acme.com` | new or bound, `figmaAdmin true` |');
    expect(rendered([named('root@acme.com')], {}, 2400).showsEveryEnd).toBe(true);
    expect(rendered([named('root@acme.com')], {}, 700).showsEveryEnd).toBe(false);
  });

  test('no change is missing that only the table has room for', () => {
    const { text, isTruncated } = rendered(raises(1), {}, 1000);
    expect(text).toContain('| 🟡 | `riser0@acme.com`');
    expect(diffOf(text)).toEqual([]);
    expect(isTruncated).toBe(false);
  });
});

test('a change that the table sums up is missing where the diff has no room for it', () => {
  const members = Array.from({ length: 20 }, (_, index) => ({ attribute: 'member', after: `m${index}@acme.com`, cause: cause(1) }));
  const { text } = rendered([group('patch', 'All', members)], {}, 1300);
  expect(text).toContain('| `20 members added` |');
  expect(text).toContain('**1 change not shown**');
});

test('of a giant group some members are named, and the others counted', () => {
  const members = Array.from({ length: 20_000 }, (_, index) => ({
    attribute: 'member',
    after: `m${index}@acme.com`,
    cause: cause(index + 1),
  }));
  const { text, isTruncated } = rendered([group('patch', 'All', members), ...raises(1)]);
  expect(text.length).toBeLessThanOrEqual(room);
  expect(isTruncated).toBe(true);
  expect(diffOf(text).slice(25, 28)).toEqual([
    '+     member m24@acme.com  # seatform/users.yaml:25',
    '      …and 19975 more members',
    '! riser0@acme.com',
  ]);
  expect(text).toContain('**all members of 1 group not shown**');
});

test('no room at all is no reason to overflow', () => {
  const own = { pending: raises(3), removed: [{ userName: 'x', at: { file: 'a', line: 1, column: 1 } }], isBaseLoaded: false };
  for (const within of Array.from({ length: 60 }, (_, index) => index * 50)) {
    expect(rendered(endings(40), own, within).text.length).toBeLessThanOrEqual(within);
  }
});

test('removed entries, waits and diagnostics are listed as far as they fit', () => {
  const held = raises(20_000).map(({ id }) => ({ operation: id, needs: id }));
  const diagnostics = raises(20_000).map(() => ({ severity: 'warning', code: 'W001', message: 'x'.repeat(190) }) as const);
  const removed = raises(20_000).map(({ name }) => ({ userName: name, at: { file: 'a.yaml', line: 1, column: 1 } }));
  const own = planWith({ operations: endings(20), selection: { by: 'approved', others: 0, held }, diagnostics });
  const { text, showsEveryEnd } = renderReview(reviewWith({ own, removed }), frame, room);
  expect(text.length).toBeLessThanOrEqual(room);
  expect(text.match(/- …and 19975 more/g)).toHaveLength(2);
  expect(text).toContain('…and 19975 more whose entry is removed and who keep access');
  expect(showsEveryEnd).toBe(true);
});

describe('the step summary', () => {
  test('has room for more, counted in bytes', () => {
    expect(renderSummary(reviewWith({ own: planWith({ operations: endings(5000) }) }), frame)).not.toContain('not shown');
    const wide = Array.from({ length: 20_000 }, (_, index) =>
      user('patch', `${index}${'日'.repeat(60)}`, [{ attribute: 'title', after: 'x', cause: cause(1) }]),
    );
    const open = wide.map((operation) => ({ operation, fate: 'failed' as const, reason: '日'.repeat(100) }));
    const tally = { total: 20_000, done: 0, isFailure: true, open };
    const own = planWith({ operations: wide });
    expectFull(renderSummary(reviewWith({ own }), frame));
    expectFull(
      renderApplied({ tally, corrected: { total: 0, done: 0 }, chosen: own, allowed: new Set(), rest: wide, remaining: own }, frame),
    );
  });

  function expectFull(text: string): void {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(900_000);
    expect(text).toMatch(/changes? not shown/);
  }
});

test('an issue on drift stays within its room', () => {
  const options = { ...frame, at: frame.plannedAt, whole: planWith({ digest: 'sha256:ab' }), isCorrecting: false, room };
  for (const operations of [endings(20_000), large(1000)]) {
    const text = renderDrift(operations, options);
    expect(text.length).toBeLessThanOrEqual(room);
    expect(text).toContain('changes not shown');
    expect(text).toContain('\nsha256:ab\n');
  }
});
