import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFiles } from '../../src/edit/write.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'seatform-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const file = (path: string, text = 'version: 1\n') => ({ path, text });
const codes = (result: Awaited<ReturnType<typeof writeFiles>>) =>
  result.ok ? [] : result.diagnostics.map(({ code, message }) => `${code} ${message}`);

test('writes files and the directories that they need', async () => {
  const target = join(dir, 'new', 'seatform');
  expect(await writeFiles(target, [file('a.yaml', 'a'), file('users/b.yaml', 'b')])).toEqual({ ok: true, value: undefined, warnings: [] });
  expect(await readFile(join(target, 'users/b.yaml'), 'utf8')).toBe('b');
  expect((await stat(join(target, 'a.yaml'))).mode & 0o777 & ~0o644).toBe(0);
});

test('never writes over anything, and then writes nothing at all', async () => {
  await writeFile(join(dir, 'b.yaml'), 'mine');
  await symlink('nowhere', join(dir, 'c.yaml'));
  const result = await writeFiles(dir, [file('a.yaml'), file('b.yaml'), file('c.yaml'), file('d.yaml'), file('./d.yaml')]);
  expect(codes(result)).toEqual(['E205 b.yaml exists already', 'E205 c.yaml exists already', 'E205 ./d.yaml exists already']);
  expect(await readFile(join(dir, 'b.yaml'), 'utf8')).toBe('mine');
  expect((await readdir(dir)).toSorted()).toEqual(['b.yaml', 'c.yaml']);
});

test.each(['../a.yaml', 'x/../../a.yaml', '/a.yaml', '.', '', 'a\0b'])('refuses the path %j', async (path) => {
  expect(codes(await writeFiles(dir, [file(path)]))).toEqual([`E206 ${path} would be written outside the directory`]);
});

test('follows no symbolic link out of the directory', async () => {
  const inner = join(dir, 'inner');
  await mkdir(inner);
  await symlink('..', join(inner, 'users'));
  expect(codes(await writeFiles(inner, [file('users/a.yaml')]))).toEqual(['E206 users/a.yaml would be written outside the directory']);
});

test('a failure on the way leaves nothing behind', async () => {
  await writeFile(join(dir, 'users'), 'a file where a directory must be');
  expect(codes(await writeFiles(dir, [file('a.yaml'), file('users/b.yaml')]))).toEqual(['E206 users/b.yaml cannot be written (ENOTDIR)']);
  expect(codes(await writeFiles(dir, [file('a.yaml'), file('z'.repeat(300))]))).toEqual([
    `E206 ${'z'.repeat(300)} cannot be written (ENAMETOOLONG)`,
  ]);
  expect(codes(await writeFiles(dir, [file('a.yaml'), file('q'), file('q/r')]))).toEqual(['E205 q/r exists already']);
  expect(await readdir(dir)).toEqual(['users']);
});
