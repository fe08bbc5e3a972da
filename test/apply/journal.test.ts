import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, onTestFinished, test } from 'vitest';
import { journalOn, openJournal, type Journal } from '../../src/apply/journal.ts';
import type { ApplyEvent } from '../../src/model/event.ts';
import type { Edit } from '../../src/model/operation.ts';
import { renderEvent } from '../../src/render/events.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'seatform-journal-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function opened(path: string): Promise<Journal> {
  const result = await openJournal(path);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.value;
}

test('a new journal is for its owner alone and holds its lines in order', async () => {
  const path = join(folder(), 'journal.ndjson');
  const journal = await opened(path);
  await journal.append('{"type":"n"}', true);
  await journal.append('{"n":2}', false);
  await journal.close();
  expect(readFileSync(path, 'utf8')).toBe('{"type":"n"}\n{"n":2}\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('lines that nobody waits for keep their order', async () => {
  const path = join(folder(), 'journal.ndjson');
  const journal = await opened(path);
  const lines = Array.from({ length: 300 }, (_, index) => `${'x'.repeat((index * 7919) % 5000)}${index}`);
  await Promise.all(lines.map((line, index) => journal.append(line, index % 50 === 0)));
  expect(readFileSync(path, 'utf8')).toBe(lines.map((line) => `${line}\n`).join(''));
  await journal.close();
});

test('a line is in the file when its promise resolves', async () => {
  const path = join(folder(), 'journal.ndjson');
  const journal = await opened(path);
  for (const durable of [true, false]) {
    await journal.append(`durable ${durable}`, durable);
    expect(readFileSync(path, 'utf8').endsWith(`durable ${durable}\n`)).toBe(true);
  }
  await journal.close();
});

test.each([
  [true, ['write', 'sync']],
  [false, ['write']],
])('durable %s: the disk has it before it resolves', async (durable, expected) => {
  const file = await open(join(folder(), 'journal.ndjson'), 'a');
  const calls: string[] = [];
  const watched = new Proxy(file, {
    get: (target, name) => {
      if (name === 'appendFile') calls.push('write');
      if (name === 'datasync') calls.push('sync');
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const journal = journalOn('journal.ndjson', watched);
  await journal.append('line', durable);
  expect(calls).toEqual(expected);
  await journal.close();
  expect(calls).toEqual([...expected, 'sync']);
});

test.each([
  ['', 'new\n'],
  ['{"type":"n"}\n', '{"type":"n"}\nnew\n'],
  ['{"type":"n"}\n{"to', '{"type":"n"}\n{"to\nnew\n'],
  ['{', '{\nnew\n'],
])('a file that holds %j is added to', async (before, after) => {
  const path = join(folder(), 'journal.ndjson');
  writeFileSync(path, before, { mode: 0o644 });
  const journal = await opened(path);
  await journal.append('new', true);
  await journal.close();
  expect(readFileSync(path, 'utf8')).toBe(after);
  expect(statSync(path).mode & 0o777).toBe(0o644);
});

test('a symbolic link is followed', async () => {
  const path = folder();
  writeFileSync(join(path, 'real'), '{"type":"old"}\n');
  symlinkSync(join(path, 'real'), join(path, 'link'));
  const journal = await opened(join(path, 'link'));
  await journal.append('new', true);
  await journal.close();
  expect(readFileSync(join(path, 'real'), 'utf8')).toBe('{"type":"old"}\nnew\n');
});

test.each<[string, (path: string) => string, string]>([
  ['a directory', (path) => path, 'it is a directory'],
  ['a directory that does not exist', (path) => join(path, 'missing', 'journal'), 'ENOENT'],
  ['a file as directory', (path) => join(path, 'file', 'journal'), 'ENOTDIR'],
  ['a device', () => '/dev/full', 'it is not a regular file'],
  ['a link to a device', (path) => join(path, 'link'), 'it is not a regular file'],
  ['a pipe that nobody reads', (path) => join(path, 'pipe'), 'it is not a regular file'],
  ['a name that is too long', (path) => join(path, 'x'.repeat(300)), 'ENAMETOOLONG'],
  ['a name with a zero byte', (path) => join(path, 'a\0b'), 'ERR_INVALID_ARG_VALUE'],
])('%s is refused', async (_what, place, reason) => {
  const path = folder();
  writeFileSync(join(path, 'file'), '');
  symlinkSync('/dev/full', join(path, 'link'));
  execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', join(path, 'pipe')]);
  const result = await openJournal(place(path));
  expect(result).toMatchObject({ ok: false, diagnostics: [{ severity: 'error', code: 'E206', message: expect.stringContaining(reason) }] });
});

test('on a full disk every line is refused from the first that does not fit, and closing says nothing more', async () => {
  const journal = journalOn('journal.ndjson', await open('/dev/full', 'a'));
  const both = await Promise.allSettled([journal.append('a', true), journal.append('b', false)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(journal.append('c', true)).rejects.toMatchObject({ code: 'ENOSPC' });
  await expect(journal.close()).resolves.toBeUndefined();
});

test('after closing nothing is added, and closing again does nothing', async () => {
  const path = join(folder(), 'journal.ndjson');
  const journal = await opened(path);
  const pending = journal.append('a', false);
  await Promise.all([journal.close(), journal.close()]);
  await pending;
  await expect(journal.append('b', true)).rejects.toThrow('is closed');
  expect(readFileSync(path, 'utf8')).toBe('a\n');
});

test('what is more than one line is no line', async () => {
  const path = join(folder(), 'journal.ndjson');
  const journal = await opened(path);
  await expect(journal.append('a\nb', true)).rejects.toThrow('one line');
  await journal.append('c', true);
  await journal.close();
  expect(readFileSync(path, 'utf8')).toBe('c\n');
});

test('every kind of event is a line that the schema knows', async () => {
  const path = join(folder(), 'journal.ndjson');
  const journal = await opened(path);
  const at = '2026-11-22T10:00:00.000Z';
  const operation = 'patch user ada\u2028\n\u0085@example.com';
  const edits: Edit[] = [{ attribute: 'seat', before: 'View', after: 'Full', cause: { via: 'entry' } }];
  const events: ApplyEvent[] = [
    { type: 'planned', at, operation, edits },
    { type: 'started', at, operation, edits },
    { type: 'succeeded', at, operation, edits },
    { type: 'failed', at, operation, edits, problem: { code: 'unknown', message: 'a\nb' } },
    { type: 'held', at, operation, edits, because: 'interrupted' },
    { type: 'skipped', at, operation, edits, because: 'moved' },
  ];
  for (const event of events) await journal.append(renderEvent(event), event.type === 'started');
  await journal.close();
  const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync('schemas/event.v1.schema.json', 'utf8')));
  const lines = readFileSync(path, 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  const parsed = lines.map((line) => JSON.parse(line) as { type: string });
  expect(parsed.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
  for (const line of parsed) expect({ valid: validate(line), line }).toEqual({ valid: true, line });
});
