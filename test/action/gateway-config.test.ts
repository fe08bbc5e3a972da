import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readConfig, readPaths, type RepositoryCache } from '../../cmd/github/config.ts';
import { gate, sentTo, troubleOf, valueOf, type Gate } from './gateway.ts';
import type { FileChange } from './hub/branches.ts';

type Files = Readonly<Record<string, FileChange>>;

const emptyCache = (): RepositoryCache => ({ blobs: new Map(), trees: new Map() });

/** What is read of these files, on a gate of its own. */
async function readOf(files: Files, paths: readonly string[] = []) {
  const opened = await gate();
  const sha = opened.github.commit('main', files);
  return readFrom(opened, sha, paths);
}

async function readFrom({ hub }: Gate, sha: string, paths: readonly string[] = [], cache: RepositoryCache = emptyCache()) {
  const { files, diagnostics, blobs } = valueOf(await readConfig(hub, { commit: sha }, paths, cache));
  return {
    files: Object.fromEntries(files.map(({ path, text }) => [path, text])),
    diagnostics: diagnostics.map(({ code, at }) => `${code} ${at?.file ?? ''}${at && at.line > 1 ? `:${at.line}` : ''}`),
    blobs,
  };
}

describe('which files', () => {
  test('the directory seatform, at any depth, before seatform.yaml', async () => {
    const files = {
      'seatform/users.yaml': 'u',
      'seatform/teams/a/b.yml': 'b',
      'seatform.yaml': 'x',
      'seatform/.draft.yaml': 'y',
      'README.md': 'r',
    };
    const { blobs, ...read } = await readOf(files);
    expect(read).toEqual({ files: { 'seatform/teams/a/b.yml': 'b', 'seatform/users.yaml': 'u' }, diagnostics: ['W013 seatform.yaml'] });
    expect([...blobs.keys()]).toEqual(['seatform/teams/a/b.yml', 'seatform/users.yaml']);
  });

  test('else seatform.yaml', async () => {
    expect(await readOf({ 'seatform.yaml': 'x', 'other.yaml': 'y' })).toMatchObject({ files: { 'seatform.yaml': 'x' }, diagnostics: [] });
  });

  test('else an error', async () => {
    expect(await readOf({ 'other.yaml': 'y' })).toMatchObject({ files: {}, diagnostics: ['E001 '] });
  });

  test('those that are named, in whatever form', async () => {
    const files = { 'a/b/c.yaml': 'c', 'a/d.yaml': 'd', 'x/users': 'u', 'y.yaml': 'y' };
    expect(await readOf(files, ['./a/b/', 'x/users'])).toMatchObject({ files: { 'a/b/c.yaml': 'c', 'x/users': 'u' }, diagnostics: [] });
    expect(Object.keys((await readOf(files, ['a/d.yaml', '.'])).files)).toEqual(['a/b/c.yaml', 'a/d.yaml', 'y.yaml']);
    expect(Object.keys((await readOf(files, ['.'])).files)).toEqual(['a/b/c.yaml', 'a/d.yaml', 'y.yaml']);
  });

  test('what is missing, and the rest', async () => {
    expect(await readOf({ 'a/b.yaml': 'b' }, ['a', 'c', 'a/b.yaml/d', 'a/e/f'])).toMatchObject({
      files: { 'a/b.yaml': 'b' },
      diagnostics: ['E001 a/b.yaml/d', 'E001 a/e/f', 'E001 c'],
    });
  });

  test('links and submodules are refused, never followed', async () => {
    const files: Files = {
      's/a.yaml': 'a',
      's/b.yaml': { symlink: 'a.yaml' },
      's/sub': { submodule: '1'.repeat(40) },
      l: { symlink: 's' },
    };
    expect(await readOf(files, ['s', 'l', 'l/a.yaml'])).toMatchObject({
      files: { 's/a.yaml': 'a' },
      diagnostics: ['E003 l', 'E003 s/b.yaml', 'E002 s/sub'],
    });
  });

  test('a directory that GitHub lists only in part is refused', async () => {
    const opened = await gate({ treeLimit: 3 });
    const sha = opened.github.commit('main', { 's/a.yaml': 'a', 's/b.yaml': 'b', 's/c.yaml': 'c', 's/d.yaml': 'd' });
    expect(await readFrom(opened, sha, ['s'])).toMatchObject({ files: {}, diagnostics: ['E211 s'] });
  });

  test('a wrong path is refused before anything is asked', async () => {
    const { github, hub } = await gate();
    expect(troubleOf(await readConfig(hub, { commit: '1'.repeat(40) }, ['../a'], emptyCache()))).toContain('E212');
    expect(github.requests).toEqual([]);
  });

  test('a commit that is not there is trouble', async () => {
    const { hub } = await gate();
    expect(troubleOf(await readConfig(hub, { commit: '1'.repeat(40) }, [], emptyCache()))).toContain('E210 GitHub answered 404');
  });
});

describe('what is in them', () => {
  test('exactly what was committed', async () => {
    const files = { 's/crlf.yaml': 'a\r\nb\r\n', 's/umlaut.yaml': 'ä😀\u2028\n', 's/empty.yaml': '', 's/bom.yaml': '\uFEFFa: 1\n' };
    expect((await readOf(files, ['s'])).files).toEqual({ ...files, 's/bom.yaml': 'a: 1\n' });
  });

  test('what is no text in UTF-8 is said, with its line', async () => {
    const files = {
      's/a.yaml': Buffer.from('a: 1\nb: \xe4\n', 'latin1'),
      's/b.yaml': Buffer.from('a: 1\n\nb: \0\n'),
      's/c.yaml': Buffer.from('\ufeffa: 1\n', 'utf16le'),
      's/d.yaml': 'd',
    };
    expect(await readOf(files, ['s'])).toMatchObject({
      files: { 's/d.yaml': 'd' },
      diagnostics: ['E002 s/a.yaml:2', 'E002 s/b.yaml:3', 'E002 s/c.yaml'],
    });
  });

  test('however large', async () => {
    const files = { 's/a.yaml': 'a'.repeat(300_001), 's/b.yaml': 'ä'.repeat(400_000), 's/c.yaml': 'c'.repeat(299_999) };
    expect((await readOf(files, ['s'])).files).toEqual(files);
  });

  test('a file that is not what its id says is refused', async () => {
    const opened = await gate();
    const sha = opened.github.commit('main', { 'seatform.yaml': 'true' });
    const forged = { data: { repository: { b0: { text: 'fals' } } } };
    opened.github.fail({ graphql: /b0/, status: 200, body: forged });
    expect((await readFrom(opened, sha)).files).toEqual({ 'seatform.yaml': 'true' });
    opened.github.fail({ graphql: /b0/, status: 200, body: forged });
    opened.github.fail({ path: /git\/blobs/, status: 200, body: 'fals' });
    expect(troubleOf(await readConfig(opened.hub, { commit: sha }, [], emptyCache()))).toContain('E211 what GitHub sent is not this file');
  });

  test('a batch that cannot be had is no lack of files', async () => {
    const opened = await gate();
    const sha = opened.github.commit('main', { 'seatform.yaml': 'a' });
    opened.github.fail({ graphql: /b0/, status: 200, body: { data: { repository: { b0: null } }, errors: [{ message: 'timeout' }] } });
    expect(troubleOf(await readConfig(opened.hub, { commit: sha }, [], emptyCache()))).toContain('timeout');
  });
});

describe('how much is asked', () => {
  test('small files many at a time, and what two commits share once', async () => {
    const opened = await gate();
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, count) => [`seatform/${count}.yaml`, `n: ${count}\n`]));
    const before = opened.github.commit('main', many);
    const after = opened.github.commit('main', { 'seatform/7.yaml': 'new' });
    const cache: RepositoryCache = emptyCache();
    expect(Object.keys((await readFrom(opened, before, [], cache)).files)).toHaveLength(120);
    const first = sentTo(opened.github);
    expect(first.filter((request) => request === 'POST /graphql')).toHaveLength(3);
    expect(first).toHaveLength(6);
    expect((await readFrom(opened, after, [], cache)).files).toMatchObject({ 'seatform/7.yaml': 'new', 'seatform/8.yaml': 'n: 8\n' });
    expect(
      sentTo(opened.github)
        .slice(first.length)
        .filter((request) => request === 'POST /graphql'),
    ).toHaveLength(1);
  });

  test('nothing but the commit, for one that shares all its trees', async () => {
    const opened = await gate();
    const before = opened.github.commit('main', { 'seatform/a.yaml': 'a' });
    const after = opened.github.commit('main', {}, 'Nothing');
    const cache = emptyCache();
    const read = await readFrom(opened, before, [], cache);
    const sent = sentTo(opened.github).length;
    expect(await readFrom(opened, after, [], cache)).toEqual(read);
    expect(valueOf(await readPaths(opened.hub, { commit: after }, [], cache))).toEqual(read.blobs);
    expect(sentTo(opened.github).slice(sent)).toEqual(Array(2).fill(`GET /repos/acme/figma/git/commits/${after}`));
  });

  test('only the trees on the way to what another commit changes', async () => {
    const opened = await gate();
    const before = opened.github.commit('main', { 'a/b/c.yaml': '1', 'x/y.yaml': '1' });
    const after = opened.github.commit('main', { 'x/y.yaml': '2' });
    const cache = emptyCache();
    await readFrom(opened, before, ['a/b', 'x'], cache);
    const sent = sentTo(opened.github).length;
    expect((await readFrom(opened, after, ['a/b', 'x'], cache)).files).toEqual({ 'a/b/c.yaml': '1', 'x/y.yaml': '2' });
    const tree = (path: string) =>
      execFileSync('git', ['rev-parse', `${after}:${path}`], { cwd: opened.github.gitDir, encoding: 'utf8' }).trim();
    expect(
      sentTo(opened.github)
        .slice(sent)
        .filter((request) => request.includes('/trees/')),
    ).toEqual([`GET /repos/acme/figma/git/trees/${tree('')}`, `GET /repos/acme/figma/git/trees/${tree('x')}?recursive=1`]);
  });

  test('no commit whose tree is known', async () => {
    const { github, hub } = await gate();
    const commit = github.commit('main', { 'seatform.yaml': 'a' });
    const tree = execFileSync('git', ['rev-parse', `${commit}^{tree}`], { cwd: github.gitDir, encoding: 'utf8' }).trim();
    const cache = emptyCache();
    const read = valueOf(await readConfig(hub, { commit, tree }, [], cache));
    expect(read.files).toEqual([{ path: 'seatform.yaml', text: 'a' }]);
    expect(valueOf(await readPaths(hub, { commit, tree }, [], cache))).toEqual(read.blobs);
    expect(sentTo(github).some((request) => request.includes('/commits/'))).toBe(false);
  });

  test('again what could not be read', async () => {
    const opened = await gate();
    const commit = opened.github.commit('main', { 'seatform.yaml': 'a' });
    const cache = emptyCache();
    opened.github.fail({ path: /trees/, status: 403 });
    expect(troubleOf(await readConfig(opened.hub, { commit }, [], cache))).toContain('grant `contents: read`');
    expect((await readFrom(opened, commit, [], cache)).files).toEqual({ 'seatform.yaml': 'a' });
  });

  test('no query for more than a megabyte', async () => {
    const opened = await gate();
    const large = Object.fromEntries(Array.from({ length: 8 }, (_, count) => [`seatform/${count}.yaml`, String(count).repeat(250_000)]));
    const sha = opened.github.commit('main', large);
    expect((await readFrom(opened, sha)).files).toEqual(large);
    expect(sentTo(opened.github).filter((request) => request === 'POST /graphql')).toHaveLength(2);
  });

  test('the text of one file once, whatever its names', async () => {
    const opened = await gate();
    const sha = opened.github.commit('main', { 'seatform/a.yaml': 'same', 'seatform/b.yaml': 'same' });
    expect((await readFrom(opened, sha)).files).toEqual({ 'seatform/a.yaml': 'same', 'seatform/b.yaml': 'same' });
  });

  test('no list of what lies beside the path', async () => {
    const opened = await gate({ treeLimit: 10 });
    const beside = Object.fromEntries(Array.from({ length: 30 }, (_, count) => [`beside/${count}`, '']));
    const sha = opened.github.commit('main', { ...beside, 'deep/er/a.yaml': 'a' });
    expect(await readFrom(opened, sha, ['deep/er'])).toMatchObject({ files: { 'deep/er/a.yaml': 'a' }, diagnostics: [] });
  });
});

test('the ids of the files alone, without their texts', async () => {
  const { github, hub } = await gate();
  const sha = github.commit('main', { 'seatform/a.yaml': 'a', 'seatform/b.txt': 'b' });
  const id = execFileSync('git', ['rev-parse', `${sha}:seatform/a.yaml`], { cwd: github.gitDir, encoding: 'utf8' }).trim();
  expect(valueOf(await readPaths(hub, { commit: sha }, [], emptyCache()))).toEqual(new Map([['seatform/a.yaml', id]]));
  expect(sentTo(github).some((request) => /graphql|blobs/.test(request))).toBe(false);
});
