import { describe, expect, test } from 'vitest';
import type { Tally } from '../../../src/model/review.ts';
import { renderDrift } from '../../../src/render/comment/drift.ts';
import { renderResult } from '../../../src/render/comment/result.ts';
import { renderApplied } from '../../../src/render/comment/applied.ts';
import { ended, lowered, planWith, raised } from '../plans.ts';
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

describe('the step summary of an apply', () => {
  const nothing = { tally: { total: 0, done: 0, open: [], isFailure: false }, chosen: planWith(), rest: [], digest: 'sha256:ab' };

  test('says that there was nothing to do', () => {
    expect(renderApplied(nothing, frame)).toBe(`### Figma apply: ✅ Nothing to apply

<sub>Configuration at 1a2b3c4 · [run](https://github.com/acme/people/actions/runs/7) · 2026-10-03 09:14 UTC</sub>
`);
  });

  test('tells what is done and what is not, what was to be written, and how to have the rest written', () => {
    const fault = { severity: 'error', code: 'E217', message: 'the apply is incomplete', help: 'run it again' } as const;
    const text = renderApplied(
      { tally: failed, chosen: planWith({ operations: [lowered] }), rest: [ended], digest: 'sha256:ab', fault },
      frame,
    );
    expect(text).toMatch(
      /^### Figma apply: ❌ 1 of 3 applied\n\n> \[!CAUTION\]\n> - `error\[E217\]`: `the apply is incomplete`; help: `run it again`\n\n- `/,
    );
    expect(text).toMatch(/Approved or due \(1 change\)[\s\S]*! dan@example\.com[\s\S]*Not written \(1 change\)[\s\S]*- bob@example\.com/);
    expect(text).toContain('\n```\nsha256:ab\n```\n');
  });

  test('hides what it is asked to', () => {
    const text = renderApplied(
      { ...nothing, tally: failed, chosen: planWith({ operations: [lowered] }), rest: [ended] },
      { ...frame, redact: 'emails' },
    );
    expect(text).not.toMatch(/ada|bob|dan/);
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

To have the whole plan of the run that is named below written, run the apply workflow by hand with this as \`approve\`:

\`\`\`
sha256:${'0f'.repeat(32)}
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
