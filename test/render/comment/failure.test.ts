import { expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import { withoutFooter } from '../../../src/render/comment/footer.ts';
import { renderFailure, renderUnplanned } from '../../../src/render/comment/failure.ts';
import { frame } from './frames.ts';

const wrong: Diagnostic = {
  severity: 'error',
  code: 'E012',
  message: 'unknown seat "full" of ada@acme.com',
  at: { file: 'seatform/users.yaml', line: 17, column: 11, length: 4 },
  help: 'did you mean Full?',
};
const note: Diagnostic = { severity: 'note', code: 'N001', message: 'later' };
const footer = '<sub>1a2b3c4 · [run](https://github.com/acme/people/actions/runs/7) · 2026-10-03 09:14 UTC</sub>';

test('a failure shows its reasons, the worst first', () => {
  expect(renderFailure([note, wrong], frame, 60_000)).toBe(`### ❌ Figma plan failed

- \`error[E012]\` at [\`users.yaml:17:11\`](https://github.com/acme/people/blob/1a2b3c4/seatform/users.yaml#L17): \`unknown seat "full" of ada@acme.com\`; help: \`did you mean Full?\`
- \`note[N001]\`: \`later\`

${footer}`);
});

test('a token that Figma refuses comes with what helps on GitHub, however names are masked', () => {
  for (const redact of ['none', 'all'] as const) {
    const text = renderFailure([{ severity: 'error', code: 'E101', message: 'refused' }], { ...frame, redact }, 60_000);
    expect(text).toContain('only the newest SCIM token works: put it into the environment `figma`');
  }
});

test('nine stand open, the others folded, and what does not fit is counted', () => {
  const text = renderFailure([note, ...Array.from({ length: 11 }, () => wrong)], frame, 60_000);
  expect(text).toMatch(/(^- .*\n){9}\n<details><summary>3 more problems<\/summary>\n\n(- .*\n){3}\n<\/details>\n\n<sub>/m);
  const many = renderFailure(
    Array.from({ length: 1000 }, () => wrong),
    frame,
    6000,
  );
  expect(many.length).toBeLessThanOrEqual(6000);
  expect(many.length).toBeGreaterThan(5500);
  const shown = many.match(/^- /gm)?.length ?? 0;
  expect(many).toContain(`\n\n…and ${1000 - shown} more in the [run](https://github.com/acme/people/actions/runs/7)\n\n<sub>`);
  expect(
    renderFailure(
      Array.from({ length: 1000 }, () => wrong),
      frame,
      1000,
    ).length,
  ).toBeLessThanOrEqual(1000);
});

test('names are kept back if it is asked, what to do is not', () => {
  const text = renderFailure([wrong], { ...frame, redact: 'emails' }, 60_000);
  expect(text).toContain('`Unknown seat`; help: `Use Full, Dev, Collab or View, with this capitalisation.`');
  expect(text).toContain('users.yaml:17:11');
});

test('without anything to plan it says why', () => {
  const texts = (['conflict', 'late'] as const).map((why) => renderUnplanned(why, frame));
  expect(texts[0]).toBe(
    `### ❌ Figma plan failed\n\nThe branch has conflicts with its base, so there is nothing to plan. Solve them and push.\n\n${footer}`,
  );
  expect(new Set(texts.map(withoutFooter)).size).toBe(2);
});
