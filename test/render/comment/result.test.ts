import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/model/plan.ts';
import type { Tally } from '../../../src/model/review.ts';
import { renderDrift } from '../../../src/render/comment/drift.ts';
import { renderResult } from '../../../src/render/comment/result.ts';
import type { Stop } from '../../../src/render/comment/advice.ts';
import { renderApplied, type Applied } from '../../../src/render/comment/applied.ts';
import { renderTrouble } from '../../../src/render/comment/trouble.ts';
import { renderUnapproved } from '../../../src/render/comment/unapproved.ts';
import { sections } from '../../../src/render/comment/ways.ts';
import { ended, group, lowered, planWith, raised } from '../plans.ts';
import { endings, frame } from './frames.ts';

const around = { runUrl: frame.runUrl, at: frame.plannedAt, redact: 'none' } as const;
const run = '[run](https://github.com/acme/people/actions/runs/7) · 2026-10-03 09:14 UTC';
const failed: Tally = {
  total: 3,
  done: 1,
  isFailure: true,
  open: [
    { operation: raised, fate: 'failed', reason: 'Figma refused ada@example.com (403)' },
    { operation: ended, fate: 'held', reason: '' },
  ],
};

describe('after an apply', () => {
  test('all is done', () => {
    expect(renderResult({ total: 3, done: 3, open: [], isFailure: false }, { ...around, mention: 'ada' })).toBe(
      `**✅ Applied 3 of 3** · ${run}`,
    );
    expect(renderResult({ total: 0, done: 0, open: [], isFailure: false }, around)).toBe(`**✅ Nothing to apply** · ${run}`);
  });

  test('what failed stands with why, and the author is told', () => {
    expect(renderResult(failed, { ...around, mention: 'ada-l' })).toBe(`**❌ 1 of 3 applied** · ${run}

- \`change ada@example.com\` **failed**: \`Figma refused ada@example.com (403)\`
- \`deactivate bob@example.com\` **held**

@ada-l What is done stays done: run the apply workflow again, and only the rest is tried.`);
  });

  test('nobody is told of what only waits', () => {
    const text = renderResult({ ...failed, isFailure: false }, { ...around, mention: 'ada' });
    expect(text).toMatch(/^\*\*⏳ 1 of 3 applied\*\*/);
    expect(text).not.toContain('@ada');
  });

  test.each(['a b', '@a', 'a/b', 'ghost', 'a\nb', 'dependabot[bot]', ''])('%j is no login to tell', (mention) => {
    expect(renderResult(failed, { ...around, mention })).toMatch(/\n\nWhat is done stays done: [^@]*$/);
  });

  test('names and reasons are kept back if it is asked', () => {
    const text = renderResult(failed, { ...around, redact: 'emails' });
    expect(text).toContain('- `change a…@example.com` **failed**\n- `deactivate b…@example.com` **held**\n');
  });

  test('many rows are cut and counted', () => {
    const open = endings(1000).map((operation) => ({ operation, fate: 'skipped' as const, reason: 'interrupted' }));
    const text = renderResult({ total: 1000, done: 0, open, isFailure: true }, { ...around, mention: 'ada' });
    expect(text.length).toBeLessThanOrEqual(4000);
    const shown = text.match(/^- `/gm)?.length ?? 0;
    expect(text).toContain(`- …and ${1000 - shown} more\n\n@ada What`);
    expect(shown).toBeGreaterThan(40);
  });
});

const blocked: Verdict = { guard: 'downgrades', outcome: 'block', count: 2, limit: 1, message: '2 downgrades', operations: [] };
const ways = {
  guide: 'https://github.com/acme/tool/blob/v1/docs/recovery.md',
  workflow: 'https://github.com/acme/people/actions/workflows/a.yml',
};

describe('what to do after an apply', () => {
  const held: Tally = { total: 1, done: 0, isFailure: true, open: [{ operation: ended, fate: 'held', reason: '' }] };
  const advice = (tally: Tally, stop?: Stop) =>
    renderResult(tally, { ...around, stop, ways })
      .split('\n\n')
      .slice(2);

  test('leads to the workflow and to the page on recovery', () => {
    expect(advice(failed)).toEqual([
      `What is done stays done: run the [apply workflow](${ways.workflow}) again, and only the rest is tried.`,
      `What to do, step by step: [The apply failed after the merge](${ways.guide}#the-apply-failed-after-the-merge)`,
    ]);
  });

  test.each<[string, Tally, Stop | undefined, RegExp, RegExp]>([
    ['held', held, undefined, /not written by another run alone.*#something-is-held/s, /run the/],
    ['interrupted', held, { why: 'interrupted' }, /interrupted.* again, and only the rest.*#a-run-was-cancelled/s, /pull request/],
    ['harmed', failed, { why: 'harmed' }, /\*\*Do not run the apply again yet\*\*.*#the-apply-failed/s, /only the rest/],
    [
      'blocked',
      held,
      { why: 'blocked', guards: [blocked] },
      /blocked by `downgrades 2, limit 1`.*raise the limit.*digest of the plan.*no longer counts.*#blocked-by-a-guard/s,
      /only the rest|protected/,
    ],
    [
      'blocked by what nothing lifts',
      held,
      { why: 'blocked', guards: [{ ...blocked, guard: 'protected' }] },
      /nothing lifts `protected`/,
      /raise the limit|seatform-allow|digest/,
    ],
  ])('is another thing where it is %s', (_, tally, stop, is, isNot) => {
    const text = advice(tally, stop).join('\n\n');
    expect(text).toMatch(is);
    expect(text).not.toMatch(isNot);
  });

  test('leads only to sections that are there', async () => {
    const page = await readFile(new URL('../../../docs/recovery.md', import.meta.url), 'utf8');
    for (const title of Object.values(sections)) expect(page).toContain(`\n## ${title}\n`);
  });
});

describe('where nobody approved', () => {
  const digest = `sha256:${'0f'.repeat(32)}`;
  const given = { whole: planWith({ digest, operations: [lowered, ended] }), told: 1, runUrl: frame.runUrl, ways, mention: 'ada' };

  test('it says why, how it is written all the same, and what else that writes', () => {
    expect(renderUnapproved('edited', given)).toBe(
      `⚠️ @ada **1 change was not written to Figma**: the comment with the plan was edited by somebody else. What is not wanted is taken back in a pull request.

To have it written all the same, run the [apply workflow](${ways.workflow}) by hand with this as \`approve\`. It is the digest of the whole plan of the default branch, which holds 1 other change too: read all of it in the [run](${frame.runUrl}) first.

\`\`\`
${digest}
\`\`\`

What to do, step by step: [The comment was lost or edited](${ways.guide}#the-comment-was-lost-or-edited)`,
    );
    expect(renderUnapproved('none', { ...given, told: 2 })).toContain('which holds nothing else: read');
  });

  test('it lifts the guards that block the plan, and offers nothing where that would be refused', () => {
    const text = renderUnapproved('nothing', { ...given, whole: planWith({ digest, guards: [blocked, { ...blocked, guard: 'pool' }] }) });
    expect(text).toContain('That plan is blocked by `downgrades 2, limit 1`, `pool 2, limit 1`; what stands behind the digest lifts it');
    expect(text).toContain(`\n${digest} downgrades=2 pool=2\n`);
    for (const guard of ['protected', 'shrunkLive', 'a b']) {
      const refused = renderUnapproved('nothing', { ...given, whole: planWith({ digest, guards: [blocked, { ...blocked, guard }] }) });
      expect(refused).toContain('would be refused');
      expect(refused).not.toContain(digest);
    }
  });
});

describe('the step summary of an apply', () => {
  const nothing: Applied = {
    tally: { total: 0, done: 0, open: [], isFailure: false },
    corrected: { total: 0, done: 0 },
    chosen: planWith(),
    allowed: new Set(),
    rest: [],
    remaining: planWith({ digest: 'sha256:ab' }),
  };
  const diagnostic = { severity: 'error', code: 'E217', message: 'the apply is incomplete', help: 'run it again' } as const;

  test('says that there was nothing to do', () => {
    expect(renderApplied(nothing, frame)).toBe(`### Figma apply: ✅ Nothing to apply

<sub>Configuration at 1a2b3c4 · [run](https://github.com/acme/people/actions/runs/7) · 2026-10-03 09:14 UTC</sub>
`);
  });

  test.each<[string, Partial<Applied>, [number, number], string]>([
    ['all is done', {}, [3, 3], '✅ Applied 3 of 3'],
    ['drift was corrected', { corrected: { total: 1, done: 1 } }, [0, 0], '✅ Corrected 1 drifted object'],
    ['both', { corrected: { total: 2, done: 2 } }, [1, 1], '✅ Applied 1 of 1, corrected 2 drifted objects'],
    [
      'drift could not be corrected',
      { corrected: { total: 2, done: 1 }, fault: { diagnostic, section: 'failed' } },
      [0, 0],
      '❌ Corrected 1 of 2 drifted objects',
    ],
    [
      'nobody approved it',
      { fault: { diagnostic, title: '1 change is not approved', section: 'unplanned' } },
      [0, 0],
      '❌ Nothing written: 1 change is not approved',
    ],
    [
      'nobody approved the rest',
      { fault: { diagnostic, title: '1 change is not approved', section: 'unplanned' } },
      [1, 1],
      '⚠️ Applied 1 of 1; 1 change is not approved',
    ],
    [
      'some wait for others',
      { fault: { diagnostic, title: '1 change waits', section: 'held' } },
      [2, 1],
      '❌ 1 of 2 applied; 1 change waits',
    ],
    ['it is blocked', { fault: { diagnostic, title: 'blocked by x 2', section: 'blocked' } }, [2, 0], '❌ Nothing written: blocked by x 2'],
  ])('its title says how it ended: %s', (_, change, [total, done], title) => {
    const tally = { total, done, open: [], isFailure: false };
    expect(renderApplied({ ...nothing, ...change, tally }, frame).split('\n')[0]).toBe(`### Figma apply: ${title}`);
  });

  test('tells what is done and what is not, what was to be written, and how to have the rest written', () => {
    const text = renderApplied(
      {
        ...nothing,
        tally: failed,
        chosen: planWith({ operations: [lowered] }),
        rest: [ended],
        remaining: planWith({ digest: 'sha256:ab', operations: [raised, ended] }),
        fault: { diagnostic, section: 'failed' },
      },
      { ...frame, ways },
    );
    expect(text).toMatch(
      /^### Figma apply: ❌ 1 of 3 applied\n\n> \[!CAUTION\]\n> - `error\[E217\]`: `the apply is incomplete`; help: `run it again`\n\n- `/,
    );
    expect(text).toMatch(/To be written \(1 change\)[\s\S]*! dan@example\.com[\s\S]*Not written \(1 change\)[\s\S]*- bob@example\.com/);
    expect(text).toContain('which holds 1 other change too');
    expect(text).toContain('\n```\nsha256:ab\n```\n');
    expect(text).toContain(`(${ways.guide}#the-apply-failed-after-the-merge)\n\n<sub>`);
  });

  test('tells guards that were lifted for once from those that warn', () => {
    const guards = [
      { ...blocked, outcome: 'warn' as const },
      { ...blocked, guard: 'budget', outcome: 'warn' as const },
    ];
    const text = renderApplied({ ...nothing, chosen: planWith({ guards }), allowed: new Set(['downgrades']) }, frame);
    expect(text).toContain('- **Allowed once**: `downgrades 2, limit 1`: `2 downgrades`\n- **Warning** by `budget 2, limit 1`');
  });

  test('hides what it is asked to', () => {
    const text = renderApplied(
      { ...nothing, tally: failed, chosen: planWith({ operations: [lowered] }), rest: [ended] },
      { ...frame, redact: 'emails' },
    );
    expect(text).not.toMatch(/ada|bob|dan/);
  });
});

describe('the step summary of a run that could not do anything', () => {
  test('says why, and leads to what to do', () => {
    const diagnostic = { severity: 'error', code: 'E202', message: 'no SCIM token', help: 'set it' } as const;
    expect(renderTrouble('no SCIM token', [diagnostic], ways)).toBe(`### ❌ Figma: this run failed

- \`error[E202]\`: \`no SCIM token\`; help: \`set it\`

What to do, step by step: [Which section](${ways.guide}#which-section)
`);
    expect(renderTrouble('it broke', [], {})).toBe('### ❌ Figma: this run failed\n\n- `it broke`\n');
  });
});

describe('the issue on drift', () => {
  const whole = planWith({ digest: `sha256:${'0f'.repeat(32)}`, operations: [lowered, ended, raised] });
  const drift = { ...frame, at: frame.plannedAt, whole, isCorrecting: false, room: 60_000 };

  test('shows what differs, which way round, and the ways out', () => {
    expect(renderDrift([lowered, ended], { ...drift, ways })).toBe(`### Figma drift: 2 users differ

Figma is not what the configuration asks for: somebody changed it there, or nobody approved the change. Left of each arrow stands what is in Figma, right of it what is configured.

| | Change | Details | Why |
|:-:|---|---|---|
| ➖ | \`bob@example.com\` | Full → deactivated | [\`users.yaml:12\`](https://github.com/acme/people/blob/1a2b3c4/seatform/users.yaml#L12) |
| 🟡 | \`dan@example.com\` | Full → View | [\`users.yaml:7 (expired)\`](https://github.com/acme/people/blob/1a2b3c4/seatform/users.yaml#L7) |

<details open><summary>Diff (2 changes)</summary>

\`\`\`diff
! dan@example.com
!     seat Full → View  # seatform/users.yaml:7 (expired)
- bob@example.com (Full → deactivated)  # seatform/users.yaml:12
\`\`\`

</details>

> [!CAUTION]
> **To write what is configured deactivates 1 user.**

- What should be **as configured**: change it back in Figma, or approve the plan below.
- What should be **as it is in Figma**: say so in the configuration, in a pull request.

This issue closes by itself once nothing differs.

To have it written all the same, run the [apply workflow](${ways.workflow}) by hand with this as \`approve\`. It is the digest of the whole plan of the default branch, which holds 1 other change too: read all of it in the [run](${frame.runUrl}) first.

\`\`\`
sha256:${'0f'.repeat(32)}
\`\`\`

What to do, step by step: [Somebody changed Figma](${ways.guide}#somebody-changed-figma)

<sub>${run}</sub>`);
  });

  test('counts users and groups', () => {
    const team = group('patch', 'Team', [{ attribute: 'member', after: 'ada@example.com', cause: { via: 'entry' } }]);
    expect(renderDrift([team], drift)).toContain('### Figma drift: 1 group differs\n');
    expect(renderDrift([raised, lowered, team], drift)).toContain('### Figma drift: 2 users and 1 group differ\n');
  });

  test('says that it will be corrected, that it is too much for that, or that it is gone', () => {
    expect(renderDrift([lowered], { ...drift, isCorrecting: true })).toContain('The next scheduled run corrects it, within the limits.');
    const tooMuch = renderDrift([lowered], { ...drift, isCorrecting: true, whole: { ...whole, guards: [blocked] } });
    expect(tooMuch).toContain('Scheduled runs do not correct it, since it is blocked by `downgrades 2, limit 1`: the limit can be raised');
    expect(tooMuch).toContain(`\n${whole.digest} downgrades=2\n`);
    expect(tooMuch).not.toContain('The next scheduled run');
    expect(renderDrift([], drift)).toBe(`### Figma drift: none\n\nFigma matches the configuration.\n\n<sub>${run}</sub>`);
  });

  test('hides what it is asked to', () => {
    expect(renderDrift([lowered, ended], { ...drift, redact: 'emails' })).not.toMatch(/dan@|bob@/);
  });
});
