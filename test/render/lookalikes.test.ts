import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { reportOf, type OperationEvent } from '../../src/model/event.ts';
import { renderDrift } from '../../src/render/comment/drift.ts';
import { renderReview } from '../../src/render/comment/comment.ts';
import { renderDiagnostics, type DiagnosticFormat } from '../../src/render/diagnostics.ts';
import { renderEvent, renderEventText } from '../../src/render/events.ts';
import { renderPlanJson } from '../../src/render/json.ts';
import { renderPlanMarkdown } from '../../src/render/markdown.ts';
import { renderReport } from '../../src/render/report.ts';
import { renderPlan } from '../../src/render/terminal.ts';
import { drift, frame, reviewWith } from './comment/frames.ts';
import { blocked, cause, day, expiries, group, planWith, raised, user } from './plans.ts';

/** `ada@example.com` with a Cyrillic letter. */
const name = 'ad\u0430@example.com';
const shown = 'ad\\u{430}@example.com';

const at = { file: 'seatform/users.yaml', line: 1, column: 13, length: name.length };
const repeated: Diagnostic = { severity: 'error', code: 'E020', message: `"${name}" is declared twice`, at, also: [{ at, message: name }] };
const operations = [
  user('patch', name, raised.edits),
  user('put', 'ada@example.com', [{ attribute: 'userName', before: name, after: 'ada@example.com', cause: cause(1) }]),
  user('patch', 'bob@example.com', [{ attribute: 'manager.value', before: 'x', after: name, cause: cause(1) }]),
  group('patch', 'Design', [{ attribute: 'member', after: name, cause: cause(1) }]),
];
const plan = planWith({
  operations,
  unmanaged: [{ kind: 'user', name, seat: 'Full' }],
  guards: [{ ...blocked, message: `"${name}" would lose its seat` }],
  diagnostics: [repeated],
  expiries: expiries.map(({ until, gives, cause }) => ({ until, userName: name, gives, cause })),
});
const failed: OperationEvent = {
  type: 'failed',
  at: '2026-11-22T09:00:00.000Z',
  operation: `patch group ${name}`,
  edits: operations[3]?.edits ?? [],
  problem: { code: 'refused', message: `no ${name}` },
};
const review = reviewWith({
  own: plan,
  pending: operations,
  removed: [{ userName: name, at }],
  scheduled: [{ day: day('2027-01-01'), userName: name, what: { joins: 'Design' }, cause: cause(1) }],
  rules: [{ rule: 'protected', after: name }],
});
const unapproved = { operations, rules: review.rules, later: review.scheduled };

function diagnosticsAs(format: DiagnosticFormat): string {
  return renderDiagnostics([repeated], { format, color: false, sourceOf: () => `- userName: ${name}\n` });
}

test.each<[string, string | undefined]>([
  ['the plan on a terminal', renderPlan(plan, { color: true })],
  ['the plan in Markdown', renderPlanMarkdown(plan)],
  ['the comment on a pull request', renderReview(review, frame, 60_000).text],
  ['the issue on drift', renderDrift(operations, unapproved, drift)],
  ['an event', renderEventText(failed, { color: false })],
  ['a report', renderReport(reportOf([{ ...failed, type: 'planned' }, failed]), { color: false })],
  ['a diagnostic for people', diagnosticsAs('human')],
  ['a diagnostic on a line', diagnosticsAs('concise')],
  ['a diagnostic as an annotation', diagnosticsAs('github')],
])('%s shows a letter that can look like another one by its number', (_, text) => {
  expect(text).toContain(shown);
  expect(text).not.toContain('\u0430');
});

test('a masked address shows its first letter in the same way', () => {
  const masked = reviewWith({ pending: [user('patch', '\u0430da@example.com', raised.edits)] });
  const { text } = renderReview(masked, { ...frame, redact: 'emails' }, 60_000);
  expect(text).toContain('\\u{430}…@example.com');
  expect(text).not.toContain('\u0430');
});

test('the lines under a diagnostic are as long as what they point at', () => {
  expect(diagnosticsAs('human')).toContain(`1 | - userName: ${shown}\n  |             ${'^'.repeat(shown.length)}\n`);
});

test.each([
  ['the plan', renderPlanJson(plan, { version: '0.1.0', createdAt: '2026-11-22T09:00:00.000Z' })],
  ['an event', renderEvent(failed)],
  ['a diagnostic', diagnosticsAs('json')],
])('%s as JSON holds the address as it is', (_, text) => {
  expect(JSON.stringify(JSON.parse(text))).toContain(name);
});
