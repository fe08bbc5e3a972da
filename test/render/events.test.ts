import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportOf, type ApplyEvent, type OperationEvent } from '../../src/model/event.ts';
import { renderEvent, renderEventText } from '../../src/render/events.ts';
import { renderProgress } from '../../src/render/progress.ts';
import { renderReport } from '../../src/render/report.ts';
import { command, hostileText, raw } from './hostile.ts';
import { cause, created, day, ended, raised, regrouped, renamed, user } from './plans.ts';

const at = '2026-11-22T09:00:00.000Z';
const plain = { color: false };
const problem = { code: 'refused', message: 'Figma refused the seat' } as const;
const schemaOf = (name: string) => JSON.parse(readFileSync(`schemas/${name}.v1.schema.json`, 'utf8'));
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
const isEvent = ajv.compile(schemaOf('event'));
const isJournalLine = ajv.compile(schemaOf('journal'));

const ok = (operation: typeof raised, type: 'planned' | 'started' | 'succeeded' = 'succeeded'): OperationEvent => ({
  type,
  at,
  operation: operation.id,
  edits: operation.edits,
});
const failed: OperationEvent = { type: 'failed', at, operation: raised.id, edits: raised.edits, problem };
const held: OperationEvent = {
  type: 'held',
  at,
  operation: renamed.id,
  edits: renamed.edits,
  because: 'deactivate user bob@example.com failed',
};
const skipped: OperationEvent = {
  type: 'skipped',
  at,
  operation: created.id,
  edits: created.edits,
  because: 'moved: somebody changed it meanwhile',
};
const granted = user('patch', 'dan@example.com', [
  { attribute: 'seat', before: 'View', after: 'Dev', cause: { ...cause(7, 'grant'), until: day('2026-12-31') } },
]);
const planned = [ended, raised, renamed, created].map((operation) => ok(operation, 'planned'));

describe('lines for people', () => {
  test.each<[ApplyEvent, string | undefined]>([
    [ok(raised, 'planned'), undefined],
    [ok(raised, 'started'), 'ada@example.com: changing…'],
    [ok(raised), 'ada@example.com: changing… done'],
    [ok(ended, 'started'), 'bob@example.com: deactivating…'],
    [ok(created), 'grace@example.com: creating… done'],
    [failed, 'ada@example.com: changing… failed: Figma refused the seat'],
    [held, 'joan.clarke@example.com: held: deactivate user bob@example.com failed'],
    [skipped, 'grace@example.com: skipped: moved: somebody changed it meanwhile'],
    [
      { type: 'failed', at, operation: regrouped.id, edits: regrouped.edits, problem },
      'group "Design Systems": changing… failed: Figma refused the seat (2 members: ada@example.com, bob@example.com)',
    ],
    [{ type: 'summary', at, report: reportOf([]) }, undefined],
  ])('%j', (event, line) => {
    expect(renderEventText(event, plain)).toBe(line);
  });
});

describe('NDJSON', () => {
  test('a failed edit', () => {
    expect(renderEvent(failed)).toBe(
      '{"type":"failed","at":"2026-11-22T09:00:00.000Z","operation":"patch user ada@example.com","edits":[{"attribute":"seat","before":"View","after":"Full","cause":{"file":"seatform/users.yaml","line":42,"column":5,"via":"entry"}}],"problem":{"code":"refused","message":"Figma refused the seat"}}',
    );
  });

  test.each<ApplyEvent>([
    ...planned,
    ok(regrouped),
    ok(granted),
    failed,
    held,
    skipped,
    { type: 'summary', at, report: reportOf([...planned, failed], { interrupted: true }) },
  ])('$type is valid by its schema, and by that of a journal', (event) => {
    for (const validate of [isEvent, isJournalLine]) {
      validate(JSON.parse(renderEvent(event)));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  test('a cause says until when its grant holds', () => {
    expect(JSON.parse(renderEvent(ok(granted)))).toMatchObject({ edits: [{ cause: { line: 7, via: 'grant', until: '2026-12-31' } }] });
    expect(isEvent({ ...ok(granted), edits: [{ attribute: 'seat', cause: { via: 'grant', until: 'soon' } }] })).toBe(false);
  });

  test('the schema notices what is missing', () => {
    for (const validate of [isEvent, isJournalLine]) {
      expect(validate({ type: 'failed', at, operation: raised.id, edits: [] })).toBe(false);
      expect(validate({ type: 'held', at, operation: raised.id, edits: [] })).toBe(false);
      expect(validate({ type: 'summary', at })).toBe(false);
    }
  });
});

describe('the end', () => {
  test('complete', () => {
    const done = [ok(ended), ok(raised), ok(renamed), ok(created)];
    expect(renderReport(reportOf([...planned, ...done]), plain)).toBe('Apply complete! 1 created, 2 changed, 1 deactivated.\n');
  });

  test('incomplete, with a row for each that is not done', () => {
    expect(renderReport(reportOf([...planned, ok(ended), failed, held, skipped]), plain))
      .toBe(`Apply incomplete: 1 of 4 done, 1 failed, 1 held, 1 skipped.
  failed change ada@example.com: Figma refused the seat
  held change joan.clarke@example.com: deactivate user bob@example.com failed
  skipped create grace@example.com: moved: somebody changed it meanwhile
What is done stays done: run it again, and only the rest is tried.
`);
  });

  test('interrupted', () => {
    expect(renderReport(reportOf([...planned, ok(ended), ok(raised), ok(renamed)], { interrupted: true }), plain))
      .toBe(`Apply incomplete: 3 of 4 done, 1 held. It was interrupted.
  held create grace@example.com
What is done stays done: run it again, and only the rest is tried.
`);
  });

  test('the same reason is said once', () => {
    expect(renderReport(reportOf([{ ...failed, type: 'planned' }, failed, failed]), plain)).toContain(
      '  failed change ada@example.com: Figma refused the seat\n',
    );
  });
});

test.each([
  [{ done: 0, total: 40, width: 80, elapsed: 0 }, '[░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░] 0/40, 0s'],
  [{ done: 20, total: 40, width: 50, elapsed: 65_000 }, '[████████░░░░░░░░░] 20/40, 1m05s, about 1m05s left'],
  [{ done: 40, total: 40, width: 30, elapsed: 3_700_000 }, '[███████████████] 40/40, 1h01m'],
  [{ done: 20, total: 40, width: 16, elapsed: 1000 }, '[████░░░░] 20/40'],
  [{ done: 20, total: 40, width: 10, elapsed: 1000 }, '20/40'],
  [{ done: 20, total: 40, width: 3, elapsed: 1000 }, ''],
  [{ done: 0, total: 0, width: 20, elapsed: 0 }, '[██████████] 0/0, 0s'],
])('progress %j', (progress, line) => {
  expect(renderProgress(progress)).toBe(line);
  expect(line.length).toBeLessThanOrEqual(progress.width);
});

test('no text from data gets out of its place', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, other) => {
      const operation = `patch group ${one}` as const;
      const edits = [{ attribute: 'member', after: other, cause: { via: 'rule' } as const }];
      const events: OperationEvent[] = [
        { type: 'failed', at, operation, edits, problem: { code: 'refused', message: other } },
        { type: 'held', at, operation: `patch user ${other}`, edits, because: one },
      ];
      const texts = [...events.map((event) => renderEventText(event, plain)), renderReport(reportOf(events), { ...plain, width: 40 })];
      for (const text of texts) {
        expect(text).not.toMatch(raw);
        expect(text).not.toMatch(command);
      }
      for (const event of events) {
        expect(renderEvent(event)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(JSON.parse(renderEvent(event))).toMatchObject({ operation: event.operation });
      }
    }),
  );
});
