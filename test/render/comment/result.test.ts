import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/model/plan.ts';
import type { Tally } from '../../../src/model/review.ts';
import type { ScheduledChange } from '../../../src/model/scheduled-change.ts';
import { renderDrift } from '../../../src/render/comment/drift.ts';
import { renderResult } from '../../../src/render/comment/result.ts';
import type { Stop } from '../../../src/render/comment/advice.ts';
import { approveLines } from '../../../src/render/comment/approve.ts';
import { renderApplied, type Applied } from '../../../src/render/comment/applied.ts';
import { renderTrouble } from '../../../src/render/comment/trouble.ts';
import { renderUnapproved, unapprovedText } from '../../../src/render/comment/unapproved.ts';
import type { UnapprovedReason } from '../../../src/render/comment/unapproved-reasons.ts';
import { sections } from '../../../src/render/comment/ways.ts';
import { cause, day, ended, group, lowered, planWith, raised } from '../plans.ts';
import { applied, digestApproval, drift, endings, frame, nothingUnapproved } from './frames.ts';

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

@ada-l What is applied stays applied: run the apply workflow again, and only the rest is tried.`);
  });

  test('nobody is told of what only waits', () => {
    const text = renderResult({ ...failed, isFailure: false }, { ...around, mention: 'ada' });
    expect(text).toMatch(/^\*\*⏳ 1 of 3 applied\*\*/);
    expect(text).not.toContain('@ada');
  });

  test.each(['a b', '@a', 'a/b', 'ghost', 'a\nb', 'dependabot[bot]', ''])('%j is no login to tell', (mention) => {
    expect(renderResult(failed, { ...around, mention })).toMatch(/\n\nWhat is applied stays applied: [^@]*$/);
  });

  test('what a later commit took back or changed is no failure, pings nobody and is not counted as applied', () => {
    const superseded = { operation: raised, fate: 'superseded', reason: 'taken back by 1a2b3c4' } as const;
    const tally: Tally = { total: 3, done: 2, open: [superseded], isFailure: false };
    expect(renderResult(tally, { ...around, mention: 'ada' })).toBe(
      `**❌ 2 of 3 applied, 1 superseded** · ${run}\n\n- \`change ada@example.com\` **superseded**: \`taken back by 1a2b3c4\``,
    );
    const waiting: Tally = { ...tally, done: 1, open: [superseded, { operation: ended, fate: 'held', reason: '' }] };
    expect(renderResult(waiting, around)).toMatch(/^\*\*❌ 1 of 3 applied, 1 superseded\*\*/);
    const failing = renderResult({ ...waiting, isFailure: true }, { ...around, ways });
    expect(failing).toMatch(/^\*\*❌ 1 of 3 applied, 1 superseded\*\*/);
    expect(failing).toContain('#something-is-held');
    expect(renderResult({ ...tally, total: 1, done: 0 }, around)).toMatch(/^\*\*❌ 0 of 1 applied, 1 superseded\*\*/);
    expect(renderResult(tally, { ...around, redact: 'all' })).toContain('- `change …@…` **superseded**: `by 1a2b3c4`');
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
      `What is applied stays applied: run the [apply workflow](${ways.workflow}) again, and only the rest is tried.`,
      `What to do, step by step: [The apply failed after the merge](${ways.guide}#the-apply-failed-after-the-merge)`,
    ]);
  });

  test.each<[string, Tally, Stop | undefined, RegExp, RegExp]>([
    ['held', held, undefined, /Another run alone does not apply what is held.*#something-is-held/s, /run the/],
    ['interrupted', held, { why: 'interrupted' }, /interrupted.* again, and only the rest.*#a-run-was-cancelled/s, /pull request/],
    ['harmed', failed, { why: 'harmed' }, /\*\*Do not run the apply again yet\*\*.*#the-apply-failed/s, /only the rest/],
    [
      'blocked',
      held,
      { why: 'blocked', guards: [blocked] },
      /blocked by `downgrades 2, limit 1`.*raise the limit.*approve the digest of the plan.*does not count any more.*#blocked-by-a-guard/s,
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
    // The section on reviews is written with the docs of the new scheme.
    for (const title of Object.values(sections).filter((title) => title !== sections.reviews)) expect(page).toContain(`\n## ${title}\n`);
  });
});

describe('approval by digest', () => {
  const digest = `sha256:${'0f'.repeat(32)}`;
  const approval = { ...digestApproval, digest, remaining: planWith({ operations: [lowered, ended] }), ways };
  const textOf = (changes: Partial<typeof approval> & { readonly approvals?: number } = {}, listed = 2) =>
    approveLines({ ...approval, ...changes }, listed).join('\n');

  test('needs the run alone where no approval is asked for', () => {
    expect(textOf()).toBe(`**Approve by digest**: read all that it covers in the [run](${frame.runUrl}) first.

Run the [apply workflow](${ways.workflow}) by hand with this as \`approve\`; no other approval is needed.

\`\`\`
${digest}
\`\`\``);
    expect(textOf({}, 1)).toContain('first. It covers 1 other change too.');
  });

  test('needs as many other people as a merge, who name the digest and the guards that it lifts', () => {
    const one = textOf({ approvals: 1, remaining: planWith({ guards: [blocked, { ...blocked, guard: 'pool', day: day('2026-12-01') }] }) });
    expect(one).toContain(
      'Another person with write access writes this as a comment on the drift issue or the merged pull request and never edits it.',
    );
    expect(one).toContain(`\n\`\`\`\napprove ${digest} downgrades=2 pool=2@2026-12-01\n\`\`\`\n`);
    expect(one).toContain(`by hand with this as \`approve\`.\n\n\`\`\`\n${digest} downgrades=2 pool=2@2026-12-01\n\`\`\``);
    expect(one).toContain(
      'blocked by `downgrades 2, limit 1`, `pool 2, limit 1 on 2026-12-01`; the numbers after the digest allow exactly that',
    );
    expect(textOf({ approvals: 3 })).toContain(
      '3 other people with write access each write this as a comment on the drift issue or the merged pull request',
    );
  });

  test.each(['protected', 'shrunkLive', 'a b'])('offers nothing where %s would refuse it', (guard) => {
    const refused = textOf({ remaining: planWith({ guards: [blocked, { ...blocked, guard }] }) });
    expect(refused).toContain('would be refused');
    expect(refused).not.toContain(digest);
  });
});

describe('where nobody approved', () => {
  const digest = `sha256:${'0f'.repeat(32)}`;
  const frameOf = { ...digestApproval, digest, ways, mention: 'ada', room: 60_000 };
  const changes = { operations: [ended], rules: [], later: [] };
  const later: ScheduledChange = { day: day('2027-01-01'), userName: 'x@example.com', what: { joins: 'A' }, cause: cause(1, 'grant') };

  test('it says why, that a review now heals it, how the digest approves it, and what it is', () => {
    const text = renderUnapproved('not-separate', changes, frameOf);
    expect(text.split('\n\n').slice(0, 2)).toEqual([
      '⚠️ @ada **1 change is not approved and not applied**: nobody with write access approved it after they could see the whole plan.',
      `**Approve this pull request now**: an approving review counts after the merge too. Then run the [apply workflow](${ways.workflow}) again.`,
    ]);
    expect(text.indexOf('Approve by digest')).toBeGreaterThan(text.indexOf('an approving review'));
    expect(text).toContain(`\n${digest}\n`);
    expect(text).toContain('[Approved too early or by too few](');
    expect(text).toContain('- bob@example.com (Full → deactivated)');
  });

  test.each<[UnapprovedReason, string]>([
    ['none', 'this pull request has no comment with a plan.'],
    ['token-rotated', 'the plan was signed with another key'],
    ['forged', 'the comment with the plan differs from what was signed.'],
    ['edited', 'the comment with the plan was edited by somebody else.'],
    ['foreign-author', 'the comment with the plan was written by somebody else than the Action.'],
    ['other-head', 'the plan is of an earlier commit.'],
    ['after-merge', 'the plan was made after the merge.'],
    ['too-large', 'the plan was not signed, because not all that it changes fits into a comment.'],
    ['nothing', 'there was nothing to approve.'],
    ['approved', 'the approved plan does not contain it.'],
  ])('%s: a review is named first, and that it would need a signed plan', (why, reason) => {
    const [title, review, approve] = renderUnapproved(why, changes, frameOf).split('\n\n');
    expect(title).toContain(reason);
    expect(review).toContain(
      '**An approving review of this pull request** counts after the merge too, but only for a plan that was signed',
    );
    expect(approve).toMatch(/^\*\*Approve by digest\*\*/);
  });

  test.each<[UnapprovedReason, number, string]>([
    ['not-separate', 2, 'fewer than 2 people with write access approved it'],
    ['changes-requested', 1, 'a person with write access requested changes before the merge and has not approved since'],
  ])('%s with %i approvals says so, and a review heals it', (why, approvals, reason) => {
    const text = renderUnapproved(why, changes, { ...frameOf, approvals });
    expect(text).toContain(reason);
    expect(text).toContain('**Approve this pull request now**');
  });

  test('it shows rules and changes of days to come, masked if it is asked', () => {
    const all = {
      operations: [],
      rules: [{ rule: 'protected', before: 'root@example.com' }],
      later: [later, { ...later, userName: 'y@example.com' }],
    };
    const text = renderUnapproved('none', all, frameOf);
    expect(text).toContain('**1 rule and 2 scheduled changes are not approved and not applied**');
    expect(text).toContain('the stricter value stays in force until the new one is approved.\n\n- `protected`: `root@example.com` → none');
    expect(text).toContain('- from 2027-01-01 `y@example.com` joins group `"A"`');
    expect(renderUnapproved('none', all, { ...frameOf, redact: 'emails' })).not.toMatch(/root@|y@/);
    expect(unapprovedText(1, 2, 3)).toBe('1 change, 3 rules and 2 scheduled changes');
  });

  test('it stays within its room', () => {
    const many = {
      operations: endings(5000),
      rules: Array.from({ length: 2000 }, (_, index) => ({ rule: `limits.x${index}` })),
      later: [later],
    };
    const text = renderUnapproved('none', many, { ...frameOf, room: 20_000 });
    expect(text.length).toBeLessThanOrEqual(20_000);
    expect(text).toContain(`\n${digest}\n`);
    expect(text).toMatch(/rules.* not shown\*\*/);
  });
});

describe('the step summary of an apply', () => {
  const nothing = applied;
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
      '❌ Nothing applied: 1 change is not approved',
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
    ['it is blocked', { fault: { diagnostic, title: 'blocked by x 2', section: 'blocked' } }, [2, 0], '❌ Nothing applied: blocked by x 2'],
  ])('its title says how it ended: %s', (_, change, [total, done], title) => {
    const tally = { total, done, open: [], isFailure: false };
    expect(renderApplied({ ...nothing, ...change, tally }, frame).split('\n')[0]).toBe(`### Figma apply: ${title}`);
  });

  test('shows what is done and what is not, what was to be written, and how to have the rest approved', () => {
    const text = renderApplied(
      {
        ...nothing,
        tally: failed,
        chosen: planWith({ operations: [lowered] }),
        drift: [ended],
        remaining: planWith({ operations: [raised, ended] }),
        fault: { diagnostic, section: 'failed' },
      },
      { ...frame, ways },
    );
    expect(text).toMatch(
      /^### Figma apply: ❌ 1 of 3 applied\n\n> \[!CAUTION\]\n> - `error\[E217\]`: `the apply is incomplete`; help: `run it again`\n\n- `/,
    );
    expect(text).toMatch(/\*\*To be written\*\*[\s\S]*! dan@example\.com[\s\S]*\*\*Drift\*\* that[\s\S]*- bob@example\.com/);
    expect(text).toContain('It covers 1 other change too.');
    expect(text).toContain('\n```\nsha256:ab\n```\n');
    expect(text).toContain(`(${ways.guide}#the-apply-failed-after-the-merge)\n\n<sub>`);
  });

  test('lists what guards hold, what is superseded, and rules that are not in force yet', () => {
    const superseded = { operation: raised, fate: 'superseded', reason: 'changed by 1a2b3c4' } as const;
    const parts = {
      ...nothing,
      tally: { total: 2, done: 1, open: [superseded], isFailure: false },
      holds: [{ ...blocked, operations: [lowered.id] }],
      unapproved: { operations: [ended], rules: [{ rule: 'limits.downgrades', before: '1', after: '9' }], later: [] },
    };
    const text = renderApplied(parts, frame);
    expect(text).toMatch(/^### Figma apply: ✅ Applied 1 of 2, 1 superseded\n/);
    expect(text).toContain('- `change ada@example.com` **superseded**: `changed by 1a2b3c4`');
    expect(text).toContain('**Held by guards**: these changes are approved');
    expect(text).toContain('- `change dan@example.com`: held by `downgrades 2, limit 1`');
    expect(text).toContain('the stricter value stays in force until the new one is approved.\n\n- `limits.downgrades`: `1` → `9`');
    expect(text).toContain('**Not approved**: the default branch asks for these changes.');
    expect(renderApplied(parts, { ...frame, redact: 'all' })).not.toMatch(/ada|bob|dan/);
  });

  test('keeps guards that were lifted once apart from those that warn', () => {
    const guards = [
      { ...blocked, outcome: 'warn' as const },
      { ...blocked, guard: 'budget', outcome: 'warn' as const },
    ];
    const text = renderApplied({ ...nothing, chosen: planWith({ guards }), allowed: new Set(['downgrades']) }, frame);
    expect(text).toContain('- **Allowed once**: `downgrades 2, limit 1`: `2 downgrades`\n- **Warning** by `budget 2, limit 1`');
  });

  test('hides what it is asked to', () => {
    const text = renderApplied(
      { ...nothing, tally: failed, chosen: planWith({ operations: [lowered] }), drift: [ended] },
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
  const whole = planWith({ operations: [lowered, ended, raised] });
  const digest = `sha256:${'0f'.repeat(32)}`;
  const issue = { ...drift, digest, remaining: whole };

  test('shows what differs, which way round, and the ways out', () => {
    expect(renderDrift([lowered, ended], nothingUnapproved, { ...issue, ways })).toBe(`### Figma drift: 2 users differ

**Drift**: somebody changed this in Figma, and the applied configuration asks for something else. Left of each arrow is what is in Figma, right of it what is configured.

| | Change | Details | Why |
|:-:|---|---|---|
| ➖ | \`bob@example.com\` | Full → deactivated | [\`users.yaml:12\`](https://github.com/acme/people/blob/1a2b3c4/seatform/users.yaml#L12) |
| 🟡 | \`dan@example.com\` | Full → View | [\`users.yaml:7 (expired)\`](https://github.com/acme/people/blob/1a2b3c4/seatform/users.yaml#L7) |

<details open><summary>Full diff (2 changes)</summary>

\`\`\`diff
- bob@example.com (Full → deactivated)  # seatform/users.yaml:12
! dan@example.com
!     seat Full → View  # seatform/users.yaml:7 (expired)
\`\`\`

</details>

> [!CAUTION]
> **Applying the configuration will deactivate 1 user.**

- Should it be **as configured**? Change it back in Figma, or approve the digest below.
- Should it be **as it is in Figma**? Change the configuration in a pull request.

This issue closes by itself when nothing differs and everything is approved.

**Approve by digest**: read all that it covers in the [run](${frame.runUrl}) first. It covers 1 other change too.

Run the [apply workflow](${ways.workflow}) by hand with this as \`approve\`; no other approval is needed.

\`\`\`
${digest}
\`\`\`

What to do, step by step: [Somebody changed Figma](${ways.guide}#somebody-changed-figma)

<sub>${run}</sub>`);
  });

  test('shows apart what the default branch asks for and nobody approved', () => {
    const unapproved = { operations: [ended], rules: [{ rule: 'minAdmins', before: '2', after: '1' }], later: [] };
    const text = renderDrift([lowered], unapproved, issue);
    expect(text).toMatch(/^### Figma drift: 1 user differs; 1 change and 1 rule are not approved\n/);
    expect(text).toMatch(/\*\*Drift\*\*[\s\S]*dan@[\s\S]*- `minAdmins`: `2` → `1`[\s\S]*\*\*Not approved\*\*[\s\S]*\| ➖ \| `bob@/);
    const alone = renderDrift([], unapproved, issue);
    expect(alone).toMatch(/^### Figma drift: 1 change and 1 rule are not approved\n/);
    expect(alone).not.toMatch(/\*\*Drift\*\*|Figma matches|Change it back/);
    expect(alone).toContain(`\n${digest}\n`);
  });

  test('counts users and groups', () => {
    const team = group('patch', 'Team', [{ attribute: 'member', after: 'ada@example.com', cause: { via: 'entry' } }]);
    expect(renderDrift([team], nothingUnapproved, issue)).toContain('### Figma drift: 1 group differs\n');
    expect(renderDrift([raised, lowered, team], nothingUnapproved, issue)).toContain('### Figma drift: 2 users and 1 group differ\n');
  });

  test('says that it will be corrected, that it is too much for that, or that it is gone', () => {
    expect(renderDrift([lowered], nothingUnapproved, { ...issue, isCorrecting: true })).toContain(
      'The next scheduled run corrects it, within the limits.',
    );
    const remaining = { ...whole, guards: [blocked] };
    const tooMuch = renderDrift([lowered], nothingUnapproved, { ...issue, isCorrecting: true, remaining });
    expect(tooMuch).toContain('Scheduled runs do not correct it, because it is blocked by `downgrades 2, limit 1`. Raise the limit');
    expect(tooMuch).toContain(`\n${digest} downgrades=2\n`);
    expect(tooMuch).not.toContain('The next scheduled run');
    expect(renderDrift([], nothingUnapproved, issue)).toBe(
      `### Figma drift: none\n\nFigma matches the configuration.\n\n<sub>${run}</sub>`,
    );
  });

  test('hides what it is asked to', () => {
    const unapproved = { operations: [raised], rules: [{ rule: 'user eve@example.com previously', after: 'old@example.com' }], later: [] };
    expect(renderDrift([lowered, ended], unapproved, { ...issue, redact: 'emails' })).not.toMatch(/dan@|bob@|ada@|eve@|old@/);
  });
});
