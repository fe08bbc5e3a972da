import { describe, expect, test } from 'vitest';
import type { Tally } from '../../../src/model/review.ts';
import { renderDrift } from '../../../src/render/comment/drift.ts';
import { renderResult } from '../../../src/render/comment/result.ts';
import { renderSummary } from '../../../src/render/comment/summary.ts';
import { ended, lowered, planWith, raised } from '../plans.ts';
import { endings, frame, raises, reviewWith } from './frames.ts';

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

  test.each(['a b', '@a', 'a/b', 'a_b', 'a\nb', 'dependabot[bot]', ''])('%j is no login to tell', (mention) => {
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

describe('the step summary', () => {
  test('tells what was applied, what is wrong, and the review with all of its lists', () => {
    const turn = { day: planWith().asOf, userName: 'x', what: { joins: 'y' }, cause: { via: 'grant' } } as const;
    const scheduled = Array.from({ length: 40 }, () => turn);
    const diagnostics = [{ severity: 'error', code: 'E102', message: 'Figma is away.' }] as const;
    const text = renderSummary(
      { tally: failed, diagnostics, review: reviewWith({ own: planWith({ operations: raises(2) }), scheduled }) },
      frame,
    );
    expect(text).toMatch(
      /^\*\*❌ 1 of 3 applied\*\*[\s\S]*\n\n### ❌ Figma plan failed\n[\s\S]*`Figma is away\.`[\s\S]*\n\n### Figma plan: 0 to create, 2 to change/,
    );
    expect(text.match(/joins group/g)).toHaveLength(40);
    expect(text.endsWith('</sub>\n')).toBe(true);
  });

  test('mentions nobody and hides what it is asked to', () => {
    const text = renderSummary(
      { tally: failed, review: reviewWith({ own: planWith({ operations: [ended] }) }) },
      { ...frame, redact: 'emails' },
    );
    expect(text).not.toMatch(/ada|bob/);
  });
});

describe('the issue on drift', () => {
  const drift = { ...frame, at: frame.plannedAt, digest: `sha256:${'0f'.repeat(32)}`, isCorrecting: false, room: 60_000 };

  test('shows what differs and how to have it written', () => {
    expect(renderDrift([lowered, ended], drift)).toBe(`### Figma drift: 0 to create, 1 to change, 1 to deactivate

What is live is not what the configuration asks for: it was changed in Figma, or nobody approved the change.

> [!CAUTION]
> **1 user will be deactivated.**

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

To write exactly this now, run the apply workflow by hand with

\`\`\`
approve: sha256:${'0f'.repeat(32)}
\`\`\`

<sub>${run}</sub>`);
  });

  test('says that it will be corrected, or that it is gone', () => {
    expect(renderDrift([lowered], { ...drift, isCorrecting: true })).toContain('The next scheduled run corrects it, within the limits.');
    expect(renderDrift([], drift)).toBe(`### Figma drift: none\n\nFigma matches the configuration.\n\n<sub>${run}</sub>`);
  });

  test('hides what it is asked to', () => {
    expect(renderDrift([lowered, ended], { ...drift, redact: 'emails' })).not.toMatch(/dan@|bob@/);
  });
});
