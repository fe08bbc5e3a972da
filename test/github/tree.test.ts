import { describe, expect, test } from 'vitest';
import { choose, defaultPath, passedOver, treePaths, type Place, type TreeEntry } from '../../src/github/tree.ts';

const entry = (path: string, mode = '100644', size = 10): TreeEntry => {
  const type = mode === '160000' ? 'commit' : mode === '040000' ? 'tree' : 'blob';
  return { path, mode, type, sha: `id of ${path}`, size };
};
const tree = (path: string, ...entries: TreeEntry[]): Place => ({ path, found: 'tree', entries });
const seen = (...places: Place[]) => {
  const { files, diagnostics } = choose(places);
  return { files: files.map(({ path }) => path), refused: diagnostics.map(({ code, at }) => `${code} ${at?.file ?? ''}`) };
};

describe('paths', () => {
  test.each([
    [['seatform'], ['seatform']],
    [['./seatform/'], ['seatform']],
    [['a/./b/', 'a/b'], ['a/b']],
    [['.'], ['']],
    [['./'], ['']],
    [[], []],
    [['.config/figma'], ['.config/figma']],
  ])('%j is %j', (paths, normal) => {
    expect(treePaths(paths)).toMatchObject({ ok: true, value: normal });
  });

  test.each(['..', 'a/../b', '../a', '/seatform', '/', '', ' ', 'a//b', 'a//'])('%j is refused', (path) => {
    expect(treePaths(['seatform', path])).toMatchObject({ ok: false, diagnostics: [{ severity: 'error', code: 'E212' }] });
  });

  test('every wrong path is named', () => {
    const result = treePaths(['..', 'a', '/b']);
    expect(result.ok ? [] : result.diagnostics.map(({ message }) => message)).toEqual([
      '".." is no path in the repository',
      '"/b" is no path in the repository',
    ]);
  });
});

describe('the default path, and what is passed over for it', () => {
  const file = entry('seatform.yaml');
  test.each<[string, TreeEntry[], string, string?]>([
    ['a directory', [entry('seatform', '040000'), entry('seatform.yml')], 'seatform'],
    ['a directory beside a file', [entry('seatform', '040000'), file], 'seatform', 'seatform.yaml'],
    ['a directory beside a link', [entry('seatform', '040000'), entry('seatform.yaml', '120000')], 'seatform'],
    ['a file', [file], 'seatform.yaml'],
    ['a file beside one called seatform', [entry('seatform'), file], 'seatform.yaml'],
    ['a link, which is refused and not passed over', [entry('seatform', '120000'), file], 'seatform', 'seatform.yaml'],
    ['a submodule, which is refused and not passed over', [entry('seatform', '160000'), file], 'seatform', 'seatform.yaml'],
    ['nothing', [], 'seatform.yaml'],
  ])('%s', (_, root, path, over) => {
    expect([defaultPath(root), passedOver(root)]).toEqual([path, over]);
  });
});

describe('what is configuration', () => {
  test('YAML files at any depth, by code unit, executable or not', () => {
    const place = tree('s', entry('b.yml'), entry('é.yaml'), entry('a', '040000'), entry('a/z.yaml', '100755'), entry('B.yaml'));
    expect(seen(place)).toEqual({ files: ['s/B.yaml', 's/a/z.yaml', 's/b.yml', 's/é.yaml'], refused: [] });
  });

  test('of the root too', () => {
    expect(seen(tree('', entry('x.yaml'), entry('d/y.yaml'))).files).toEqual(['d/y.yaml', 'x.yaml']);
  });

  test('no file of another kind, no dot-file, nothing in a dot-folder', () => {
    const place = tree(
      's',
      entry('a.yaml'),
      entry('a.json'),
      entry('yaml'),
      entry('x.YAML'),
      entry('.b.yaml'),
      entry('.c/d.yaml'),
      entry('d/.e/f.yml'),
    );
    expect(seen(place)).toEqual({ files: ['s/a.yaml'], refused: [] });
  });

  test('what is below a dot-folder that was named', () => {
    expect(seen(tree('.config', entry('a.yaml'))).files).toEqual(['.config/a.yaml']);
  });

  test('a file that was named, whatever its name', () => {
    expect(seen({ path: 's/.users', found: 'entry', entry: entry('s/.users') })).toEqual({ files: ['s/.users'], refused: [] });
  });

  test('what two paths share, once', () => {
    const file: Place = { path: 's/a.yaml', found: 'entry', entry: entry('s/a.yaml') };
    expect(seen(tree('s', entry('a.yaml')), file).files).toEqual(['s/a.yaml']);
  });

  test('a file of 64 MiB, but none that is larger', () => {
    const limit = 64 * 1024 * 1024;
    expect(seen(tree('s', entry('a.yaml', '100644', limit), entry('b.yaml', '100644', limit + 1)))).toEqual({
      files: ['s/a.yaml'],
      refused: ['E002 s/b.yaml'],
    });
  });
});

describe('what is in the way', () => {
  test.each<[string, Place, string]>([
    ['a link with the name of a file', tree('s', entry('a.yaml', '120000')), 'E003 s/a.yaml'],
    ['a link that may be a directory', tree('s', entry('team', '120000')), 'E003 s/team'],
    ['a link in place of the path', { path: 's', found: 'entry', entry: entry('s', '120000') }, 'E003 s'],
    ['a link on the way to the path', { path: 's/t/u', found: 'entry', entry: entry('s', '120000') }, 'E003 s'],
    ['a submodule', tree('s', entry('m', '160000'), entry('.m', '160000')), 'E002 s/m'],
    ['a submodule in place of the path', { path: 's', found: 'entry', entry: entry('s', '160000') }, 'E002 s'],
    ['a file on the way to the path', { path: 's/t', found: 'entry', entry: entry('s') }, 'E001 s/t'],
    ['nothing', { path: 's', found: 'nothing' }, 'E001 s'],
    ['a directory without YAML', tree('s', entry('a.json')), 'E001 s'],
    ['the root without YAML', tree('', entry('a.json')), 'E001 .'],
    ['a list that was cut', { path: 's', found: 'truncated' }, 'E211 s'],
  ])('%s', (_, place, refused) => {
    expect(seen(place)).toEqual({ files: [], refused: [refused] });
  });

  test('links that nobody would read stay out of it', () => {
    expect(seen(tree('s', entry('a.yaml'), entry('README.md', '120000'), entry('.l', '120000'))).refused).toEqual([]);
  });

  test('it is said once, in the order of paths, and keeps nothing back', () => {
    const place = tree('s', entry('b.yaml', '120000'), entry('a.yaml'), entry('a.yml', '120000'));
    expect(seen(place, place)).toEqual({ files: ['s/a.yaml'], refused: ['E003 s/a.yml', 'E003 s/b.yaml'] });
  });

  test('a default file that is passed over is warned of, beside whatever else is said', () => {
    const { files, diagnostics } = choose([{ ...tree('seatform', entry('a.yaml')), passedOver: 'seatform.yaml' }]);
    expect([files.length, diagnostics]).toMatchObject([1, [{ severity: 'warning', code: 'W013', at: { file: 'seatform.yaml' } }]]);
    expect(seen({ ...tree('seatform'), passedOver: 'seatform.yaml' }).refused).toEqual(['E001 seatform', 'W013 seatform.yaml']);
  });

  test('without a path, both default names are said', () => {
    const { diagnostics } = choose([{ path: 'seatform.yaml', isDefault: true, found: 'nothing' }]);
    expect(diagnostics).toMatchObject([{ code: 'E001', message: 'there is neither seatform/ nor seatform.yaml here' }]);
  });
});
