import { describe, expect, test } from 'vitest';
import { apply } from '../../src/apply/apply.ts';
import type { ApplyEvent, Problem, Report } from '../../src/model/event.ts';
import type { Edit, Operation, OperationId } from '../../src/model/operation.ts';
import { scripted, type Script } from './script.ts';

const now = () => new Date('2026-11-22T09:00:00Z');
const cause = { via: 'entry' } as const;
const failure = (code: Problem['code'], message = 'it did not work'): { kind: 'failed'; problem: Problem } => ({
  kind: 'failed',
  problem: { code, message },
});

function user(name: string, change: string, needs: readonly OperationId[] = [], action: Operation['action'] = 'patch'): Operation {
  const [before = '', after = ''] = change.split('→');
  const edit: Edit = { attribute: 'seat', before, after, cause };
  return { id: `${action} user ${name}`, action, kind: 'user', name, ref: { id: name }, edits: [edit], needs, seat: { before, after } };
}

function group(name: string, members: Record<string, readonly OperationId[]>): Operation {
  const edits = Object.entries(members).map(([after, needs]): Edit => {
    const joins = { attribute: 'member', after, cause };
    return Object.assign(joins, needs.length > 0 && { needs });
  });
  return { id: `patch group ${name}`, action: 'patch', kind: 'group', name, ref: { id: name }, edits, needs: [] };
}

async function run(operations: Operation[], directory: Script, { parallelism = 4, signal = new AbortController().signal } = {}) {
  const events: ApplyEvent[] = [];
  for await (const event of apply({ operations, unresolved: 0 }, directory, { parallelism, signal, now })) events.push(event);
  return { events, report: summaryOf(events) };
}

function summaryOf(events: readonly ApplyEvent[]): Report {
  const last = events.at(-1);
  if (last?.type !== 'summary') throw new Error('an apply ends with its summary');
  return last.report;
}

const fates = (report: Report) => Object.fromEntries(report.rows.map(({ operation, fate }) => [operation.split(' ').at(-1), fate]));

describe('barriers', () => {
  test('takes start when every free has ended', async () => {
    const directory = scripted();
    await run([user('a', 'Full→View'), user('b', 'Full→View'), user('c', 'View→Full'), user('d', 'View→Full')], directory);
    const lastFree = Math.max(directory.notes.indexOf('< a'), directory.notes.indexOf('< b'));
    expect(directory.notes.indexOf('> c')).toBeGreaterThan(lastFree);
    expect(directory.peak()).toBe(2);
  });

  test('an operation that needs one of its own phase waits for it', async () => {
    const directory = scripted();
    await run([user('a', 'Dev→Full'), user('b', 'View→Dev', ['patch user a'])], directory);
    expect(directory.notes).toEqual(['> a', '< a', '> b', '< b']);
  });

  test('with proofs left to the end of a wave, the wave is proven before the next begins', async () => {
    const directory = scripted({}, true);
    const { report } = await run([user('a', 'Full→View'), user('b', 'Full→View'), user('c', 'View→Full')], directory);
    expect(directory.notes.slice(-3)).toEqual(['=', '> c', '< c']);
    expect(report.complete).toBe(true);
  });

  test('the first put of a run goes alone', async () => {
    const directory = scripted();
    await run([user('a', 'View→Full', [], 'put'), user('b', 'View→Full', [], 'put'), user('c', 'View→Full')], directory);
    expect(directory.notes.slice(0, 2)).toEqual(['> a', '< a']);
    expect(directory.peak()).toBe(2);
  });

  test('a first put that proves nothing is followed by another that goes alone', async () => {
    const directory = scripted({
      'put user a': failure('refused'),
      'put user b': { kind: 'moved', problem: { code: 'moved', message: 'x' } },
    });
    await run(
      ['a', 'b', 'c', 'd'].map((name) => user(name, 'View→Full', [], 'put')),
      directory,
    );
    expect(directory.notes).toEqual(['> a', '< a', '> b', '< b', '> c', '< c', '> d', '< d']);
  });

  test('no more operations at once than asked for', async () => {
    const directory = scripted();
    const operations = Array.from({ length: 20 }, (_, index) => user(`u${index}`, 'View→Full'));
    await run(operations, directory, { parallelism: 3 });
    expect(directory.peak()).toBe(3);
  });
});

describe('one that fails', () => {
  test('holds what needs it and stops nobody else', async () => {
    const directory = scripted({ 'patch user a': failure('refused') });
    const { report } = await run([user('a', 'Full→View'), user('b', 'View→Full', ['patch user a']), user('c', 'View→Full')], directory);
    expect(fates(report)).toEqual({ a: 'failed', b: 'held', c: 'succeeded' });
    expect(directory.sent.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(report).toMatchObject({ complete: false, planned: 3, succeeded: 1, failed: 1, held: 1 });
    expect(report.rows[1]?.reasons[0]).toContain('patch user a');
  });

  test.each([
    ['not converged', { kind: 'not-converged', edits: [], problem: { code: 'not-converged', message: 'x' } }],
    ['unknown', { kind: 'unknown', problem: { code: 'unknown', message: 'x' } }],
    ['moved', { kind: 'moved', problem: { code: 'moved', message: 'x' } }],
  ] as const)('%s counts as not freed', async (_, outcome) => {
    const { report } = await run([user('a', 'Full→View'), user('b', 'View→Full', ['patch user a'])], scripted({ 'patch user a': outcome }));
    expect(fates(report)).toMatchObject({ b: 'held' });
    expect(report.complete).toBe(false);
  });

  test('an edit whose user failed is held alone, the rest of its group proceeds', async () => {
    const directory = scripted({ 'create user new': failure('refused') });
    const { events, report } = await run(
      [user('new', '→Full', [], 'create'), group('G', { new: ['create user new'], old: [] })],
      directory,
    );
    expect(directory.sent.at(-1)?.edits.map(({ after }) => after)).toEqual(['old']);
    expect(events.filter(({ type }) => type === 'held')).toMatchObject([{ operation: 'patch group G', edits: [{ after: 'new' }] }]);
    expect(fates(report)).toEqual({ new: 'failed', G: 'held' });
    expect(report.rows).toMatchObject([
      { edits: 1, done: 0 },
      { edits: 2, done: 1 },
    ]);
  });

  test('members that the service refuses are told one by one', async () => {
    const members = group('G', { a: [], b: [] });
    const failed = members.edits.slice(1).map((edit) => ({ edit, problem: { code: 'refused', message: 'no such member' } as const }));
    const { events, report } = await run([members], scripted({ 'patch group G': { kind: 'partial', failed } }));
    expect(events.filter(({ type }) => type === 'failed')).toMatchObject([{ edits: [{ after: 'b' }], problem: { code: 'refused' } }]);
    expect(report.complete).toBe(false);
  });

  test('a side effect of a put ends all further puts, and nothing but puts', async () => {
    const directory = scripted({ 'put user a': failure('side-effect') });
    const { report } = await run([user('a', 'View→Full', [], 'put'), user('b', 'View→Full', [], 'put'), user('c', 'View→Full')], directory);
    expect(fates(report)).toEqual({ a: 'failed', b: 'held', c: 'succeeded' });
  });
});

test('`started` is handed over before the request leaves: the operation waits for the reader', async () => {
  const directory = scripted();
  for await (const event of apply({ operations: [user('a', 'View→Full')], unresolved: 0 }, directory, {
    parallelism: 1,
    signal: new AbortController().signal,
    now,
  })) {
    if (event.type !== 'started') continue;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(directory.notes).toEqual([]);
  }
  expect(directory.notes).toEqual(['> a', '< a']);
});

test('a reader that fails stops every further request', async () => {
  const directory = scripted();
  const operations = [user('a', 'View→Full'), user('b', 'View→Full')];
  const events = apply({ operations, unresolved: 0 }, directory, { parallelism: 1, signal: new AbortController().signal, now });
  await expect(async () => {
    for await (const event of events) if (event.type === 'started') throw new Error('disk full');
  }).rejects.toThrow('disk full');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(directory.notes).toEqual([]);
});

test('interrupted: what is in flight ends, the rest is held, and the report says so', async () => {
  const abort = new AbortController();
  const directory = scripted();
  const events: ApplyEvent[] = [];
  for await (const event of apply(
    { operations: [user('a', 'View→Full'), user('b', 'View→Full'), user('c', 'View→Full')], unresolved: 0 },
    directory,
    {
      parallelism: 1,
      signal: abort.signal,
      now,
    },
  )) {
    events.push(event);
    if (event.type === 'started') abort.abort();
  }
  expect(summaryOf(events)).toMatchObject({ interrupted: true, complete: false, succeeded: 1, held: 2 });
  expect(directory.sent.map(({ name }) => name)).toEqual(['a']);
});

test('a plan with nothing in it ends complete', async () => {
  expect((await run([], scripted())).report).toMatchObject({ complete: true, planned: 0 });
});

test('an operation that was interrupted before it sent anything is held, not failed', async () => {
  const { report } = await run([user('a', 'View→Full')], scripted({ 'patch user a': failure('interrupted') }));
  expect(report).toMatchObject({ complete: false, failed: 0, held: 1 });
});

test('a side effect on one group ends the changes of all groups', async () => {
  const directory = scripted({ 'patch group G': failure('side-effect') });
  const { report } = await run([user('a', 'View→Full'), group('G', { a: [] }), group('H', { a: [] })], directory, { parallelism: 1 });
  expect(fates(report)).toEqual({ a: 'succeeded', G: 'failed', H: 'held' });
  expect(report.harmed).toBe(true);
});

test('a seat that somebody else has freed is nobody’s to take', async () => {
  const free: Operation = { ...user('a', 'Full→View'), seat: { before: 'Full', after: 'View' } };
  const take: Operation = { ...user('b', 'View→Full'), needs: [free.id], seat: { before: 'View', after: 'Full' } };
  const directory = scripted({ 'patch user a': { kind: 'done', already: true } });
  const { report } = await run([free, take], directory);
  expect(directory.notes).toEqual(['> a', '< a']);
  expect(report).toMatchObject({ succeeded: 1, held: 1, rows: [{}, { reasons: [expect.stringContaining('freed by somebody else')] }] });
});
