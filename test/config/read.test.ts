import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sources, readSources } from '../../src/config/read.ts';
import { words } from './shown.ts';

const makePipe = 'mkfifo';
let cwd = '';

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'seatform-read-')));
});

afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

function write(path: string, text: string | Uint8Array = `# ${path}\n`): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  symlinkSync(target, join(cwd, path));
}

/** The paths of the files that were read, and of each fault its code, file and line. */
function summary({ files, diagnostics }: Sources): { readonly files: readonly string[]; readonly faults: readonly string[] } {
  return {
    files: files.map(({ path }) => path),
    faults: diagnostics.map(({ code, at }) => (at ? `${code} ${at.file}:${at.line}:${at.column}` : code)),
  };
}

async function read(...paths: readonly string[]): Promise<ReturnType<typeof summary>> {
  return summary(await readSources(paths, cwd));
}

async function complaint(...paths: readonly string[]): Promise<string> {
  const { diagnostics } = await readSources(paths, cwd);
  return words(diagnostics[0]);
}

describe('which files are read', () => {
  test('all YAML files of a directory and those below it, in the order of code units; no others', async () => {
    for (const path of [
      'b.yaml',
      'a/z.yml',
      'a.yaml',
      'B.yaml',
      'é.yaml',
      'a/README.md',
      'a/x.yaml.txt',
      '.hidden.yaml',
      '.git/c.yaml',
      'c/.d/e.yaml',
    ])
      write(`conf/${path}`);
    expect(await read('conf')).toEqual({
      files: ['conf/B.yaml', 'conf/a.yaml', 'conf/a/z.yml', 'conf/b.yaml', 'conf/é.yaml'],
      faults: [],
    });
  });

  test('a file that is named is read whatever it is called', async () => {
    write('users.conf');
    write('.users');
    expect(await read('users.conf', '.users')).toEqual({ files: ['.users', 'users.conf'], faults: [] });
  });

  test('the texts are those of the files, without a byte order mark', async () => {
    write('a.yaml', '\uFEFFversion: 1 # é😀\r\n');
    expect((await readSources(['a.yaml'], cwd)).files).toEqual([{ path: 'a.yaml', text: 'version: 1 # é😀\r\n' }]);
  });

  test('without a path: the directory seatform, else seatform.yaml', async () => {
    write('seatform.yaml');
    expect((await read()).files).toEqual(['seatform.yaml']);
    write('seatform/a.yaml');
    expect((await read()).files).toEqual(['seatform/a.yaml']);
  });

  test('a seatform.yaml beside the directory is not read, which is said unless paths are named', async () => {
    write('seatform.yaml');
    write('seatform/a.yaml');
    expect(await read()).toEqual({ files: ['seatform/a.yaml'], faults: ['W013 seatform.yaml:1:1'] });
    expect(await read('seatform')).toEqual({ files: ['seatform/a.yaml'], faults: [] });
    expect((await readSources([], cwd)).diagnostics).toMatchObject([{ severity: 'warning', help: 'move it into seatform/, or remove it' }]);
  });

  test('a seatform.yaml that is a link to a file that is read, or a directory, is nothing to warn of', async () => {
    write('seatform/a.yaml');
    link('seatform.yaml', 'seatform/a.yaml');
    expect((await read()).faults).toEqual([]);
    rmSync(join(cwd, 'seatform.yaml'));
    mkdirSync(join(cwd, 'seatform.yaml'));
    expect((await read()).faults).toEqual([]);
  });

  test('without a path and without either', async () => {
    expect(await read()).toEqual({ files: [], faults: ['E001'] });
    expect(await complaint()).toMatch(/neither seatform\/ nor seatform.yaml.*seatform import/);
  });

  test('a file seatform is no directory', async () => {
    write('seatform', 'x');
    expect(await read()).toEqual({ files: [], faults: ['E001'] });
  });

  test('paths are shown as people see them from where they are', async () => {
    write('conf/a.yaml');
    expect((await read('./conf/')).files).toEqual(['conf/a.yaml']);
    expect((await read(join(cwd, 'conf'))).files).toEqual(['conf/a.yaml']);
    expect((await read('conf/../conf/a.yaml')).files).toEqual(['conf/a.yaml']);
    expect((await read('.')).files).toEqual(['conf/a.yaml']);
    mkdirSync(join(cwd, 'work'));
    expect(summary(await readSources(['../conf'], join(cwd, 'work'))).files).toEqual(['../conf/a.yaml']);
    expect(summary(await readSources([join(cwd, 'conf')], join(cwd, 'work'))).files).toEqual([`${cwd}/conf/a.yaml`]);
  });

  test('a file that several paths lead to is read once', async () => {
    write('conf/a.yaml');
    expect(await read('conf', 'conf/a.yaml', 'conf', '.')).toEqual({ files: ['conf/a.yaml'], faults: [] });
  });
});

describe('what is not there', () => {
  test('a missing path, and the others are read', async () => {
    write('a.yaml');
    expect(await read('nowhere', 'a.yaml')).toEqual({ files: ['a.yaml'], faults: ['E001 nowhere:1:1'] });
    expect(await complaint('nowhere')).toMatch(/"nowhere" does not exist.*name an existing file/);
  });

  test('a directory without a YAML file', async () => {
    write('conf/README.md');
    expect(await read('conf')).toEqual({ files: [], faults: ['E001 conf:1:1'] });
    expect(await complaint('conf')).toMatch(/"conf" holds no YAML file/);
  });
});

describe('symbolic links', () => {
  test('that stay inside are followed, under their own name only if there is no other', async () => {
    write('conf/a.yaml');
    write('conf/.data/b.yaml');
    write('conf/c.txt');
    link('conf/0.yaml', 'a.yaml');
    link('conf/b.yaml', '.data/b.yaml');
    link('conf/c.yaml', 'c.txt');
    expect(await read('conf')).toEqual({ files: ['conf/a.yaml', 'conf/b.yaml', 'conf/c.yaml'], faults: [] });
  });

  test('that lead out are refused, file or directory', async () => {
    write('secret.yaml');
    write('other/x.yaml');
    write('conf/a.yaml');
    link('conf/b.yaml', '../secret.yaml');
    link('conf/other', '../other');
    link('conf/up', '..');
    link('conf/absolute.yml', '/etc/hostname');
    expect(await read('conf')).toEqual({
      files: ['conf/a.yaml'],
      faults: ['E003 conf/absolute.yml:1:1', 'E003 conf/b.yaml:1:1', 'E003 conf/other:1:1', 'E003 conf/up:1:1'],
    });
    expect(await complaint('conf')).toMatch(/leads out of the configuration.*PATH of its own/);
  });

  test('that lead out by a link on the way are refused', async () => {
    write('other/x.yaml');
    write('conf/a.yaml');
    link('conf/.hop', '../other');
    link('conf/x.yaml', '.hop/x.yaml');
    expect(await read('conf')).toEqual({ files: ['conf/a.yaml'], faults: ['E003 conf/x.yaml:1:1'] });
  });

  test('to a neighbour whose name begins alike lead out', async () => {
    write('conf2/x.yaml');
    write('conf/a.yaml');
    link('conf/x.yaml', '../conf2/x.yaml');
    expect((await read('conf')).faults).toEqual(['E003 conf/x.yaml:1:1']);
    expect(await read('conf', 'conf2')).toEqual({ files: ['conf/a.yaml', 'conf2/x.yaml'], faults: [] });
  });

  test('that lead out and would not be read anyway are nothing', async () => {
    write('README.md');
    write('conf/a.yaml');
    link('conf/README.md', '../README.md');
    expect(await read('conf')).toEqual({ files: ['conf/a.yaml'], faults: [] });
  });

  test('in a circle end', async () => {
    write('conf/a.yaml');
    link('conf/self', '.');
    link('conf/b/up', '..');
    link('conf/x', 'y');
    link('conf/y', 'x');
    expect(await read('conf')).toEqual({ files: ['conf/a.yaml'], faults: [] });
  });

  test('to nothing are refused where a file is expected', async () => {
    write('conf/a.yaml');
    link('conf/b.yaml', 'gone.yaml');
    link('conf/c.yaml', 'c.yaml');
    expect((await read('conf')).faults).toEqual(['E002 conf/b.yaml:1:1', 'E002 conf/c.yaml:1:1']);
  });

  test('that are named are followed', async () => {
    write('real/a.yaml');
    link('conf', 'real');
    link('one.yaml', 'real/a.yaml');
    expect((await read('conf')).files).toEqual(['conf/a.yaml']);
    expect((await read('one.yaml')).files).toEqual(['one.yaml']);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['UTF-16, little end first', Uint8Array.of(0xff, 0xfe, 0x61, 0), 'E002 a.yaml:1:1', /UTF-16, not UTF-8/],
    ['UTF-16, big end first', Uint8Array.of(0xfe, 0xff, 0, 0x61), 'E002 a.yaml:1:1', /UTF-16, not UTF-8/],
    ['zero bytes', Buffer.from('version: 1\nusers: \0'), 'E002 a.yaml:2:1', /not text: it contains a zero byte/],
    ['Latin-1', Buffer.from('version: 1\n# é caf\xe9\n', 'latin1'), 'E002 a.yaml:2:3', /not UTF-8.*save the file as UTF-8/],
    ['half a character', Buffer.concat([Buffer.from('a: é '), Uint8Array.of(0xf0, 0x9f)]), 'E002 a.yaml:1:6', /not UTF-8/],
    ['half a surrogate pair', Uint8Array.of(0x61, 0xed, 0xa0, 0x80), 'E002 a.yaml:1:2', /not UTF-8/],
  ])('%s', async (_, bytes, fault, expected) => {
    write('a.yaml', bytes);
    write('b.yaml');
    expect(await read('.')).toEqual({ files: ['b.yaml'], faults: [fault] });
    expect(await complaint('.')).toMatch(expected);
  });

  test('more than 64 MiB', async () => {
    write('a.yaml', '');
    truncateSync(join(cwd, 'a.yaml'), 64 * 1024 * 1024 + 1);
    expect((await read('a.yaml')).faults).toEqual(['E002 a.yaml:1:1']);
    expect(await complaint('a.yaml')).toMatch(/larger than 64 MiB/);
  });

  test('a pipe, a socket and a device', async () => {
    mkdirSync(join(cwd, 'conf'));
    execFileSync(makePipe, [join(cwd, 'conf/pipe.yaml')]);
    const server = createServer().listen(join(cwd, 'conf/socket.yaml'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect((await read('conf', '/dev/null')).faults).toEqual([
      'E002 /dev/null:1:1',
      'E002 conf/pipe.yaml:1:1',
      'E002 conf/socket.yaml:1:1',
    ]);
    expect(await complaint('conf')).toMatch(/no regular file/);
    server.close();
  });

  test.skipIf(process.getuid?.() === 0)('what nobody may read', async () => {
    write('conf/a.yaml');
    write('conf/b/c.yaml');
    chmodSync(join(cwd, 'conf/a.yaml'), 0);
    chmodSync(join(cwd, 'conf/b'), 0);
    expect((await read('conf')).faults).toEqual(['E002 conf/a.yaml:1:1', 'E002 conf/b:1:1']);
    chmodSync(join(cwd, 'conf/b'), 0o700);
  });

  test('all faults at once, in the order of their places', async () => {
    write('conf/b.yaml', Uint8Array.of(0xff));
    write('conf/a.yaml', Uint8Array.of(0));
    write('conf/c.yaml');
    expect(await read('nowhere', 'conf')).toEqual({
      files: ['conf/c.yaml'],
      faults: ['E002 conf/a.yaml:1:1', 'E002 conf/b.yaml:1:1', 'E001 nowhere:1:1'],
    });
  });
});

test.skipIf(process.platform !== 'linux')('a name that is not UTF-8 is said to be that', async () => {
  writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from([0xff]), Buffer.from('.yaml')]), 'version: 1\n');
  write('good.yaml');
  const { diagnostics } = await readSources(['.'], cwd);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual(['E002 the name of this file is not UTF-8']);
});
