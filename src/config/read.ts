import type { Stats } from 'node:fs';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SourceFile } from '../model/declaration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { decode, largestFile } from './decode.ts';
import { isWithin, isYaml, shownPath } from './paths.ts';
import { byCodeUnit, quoted, sorted } from './report.ts';

/** The files that could be read, in the order of their paths, and why the others could not or, as a warning, were not. */
export interface Sources {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Something to look at: `shown` is its path for people, `path` for the system. */
interface Entry {
  readonly shown: string;
  readonly path: string;
  /** The path by which the user named it, or what holds it. */
  readonly root: string;
}

/**
 * Reads the configuration under the paths, seen from `cwd`: directories with all that is below them, files whatever they are called. Without
 * a path it is the directory `seatform/`, else the file `seatform.yaml`; where both are, a warning says that the file is not read. No file is
 * read twice, whatever links lead to it.
 */
export async function readSources(paths: readonly string[], cwd: string): Promise<Sources> {
  const named = paths.length > 0 ? paths : await defaultPaths(cwd);
  const walk = new Walk();
  if (named.length === 0) {
    const help = 'name a file or directory; `seatform import` writes one from the live organization';
    walk.diagnostics.push({ severity: 'error', code: 'E001', message: 'there is neither seatform/ nor seatform.yaml here', help });
  }
  await walk.all(named.map((path) => ({ shown: shownPath(path, cwd), path: resolve(cwd, path), root: path })));
  if (paths.length === 0) await walk.passOver(join(cwd, defaultFile));
  return { files: walk.files.toSorted((a, b) => byCodeUnit(a.path, b.path)), diagnostics: sorted(walk.diagnostics) };
}

const defaultFile = 'seatform.yaml';

async function defaultPaths(cwd: string): Promise<readonly string[]> {
  if ((await lookAt(join(cwd, 'seatform')))?.isDirectory()) return ['seatform'];
  return (await lookAt(join(cwd, defaultFile))) ? [defaultFile] : [];
}

/** What a path leads to, through links; undefined if there is nothing or nothing that may be seen. */
async function lookAt(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

/** One reading of all paths: what was found, and what is still to be followed. */
class Walk {
  readonly files: SourceFile[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** The real paths of what the user named: links may lead anywhere inside them. */
  readonly #roots: string[] = [];
  readonly #seen = new Set<string>();
  /** The named paths under which there is something to read or to refuse. */
  readonly #fruitful = new Set<string>();
  /** Links are followed after all else, so that a file is known by its own name and not by that of a link. */
  #links: Entry[] = [];

  async all(named: readonly Entry[]): Promise<void> {
    const present: Entry[] = [];
    for (const entry of named) {
      const real = await realpath(entry.path).catch(() => undefined);
      if (real === undefined)
        this.#refuse(entry, 'E001', `${quoted(entry.shown || '.')} does not exist`, 'name an existing file or directory');
      else {
        this.#roots.push(real);
        present.push(entry);
      }
    }
    for (const entry of present) await this.#visit(entry, true);
    await this.#followLinks();
    for (const entry of present) {
      if (this.#fruitful.has(entry.root)) continue;
      this.#refuse(entry, 'E001', `${quoted(entry.shown || '.')} holds no YAML file`, 'a directory is searched for *.yaml and *.yml');
    }
  }

  /** Warns of the default file where it is there and nothing has read it. */
  async passOver(path: string): Promise<void> {
    if ((await lookAt(path))?.isFile() !== true || !(await this.#isFirst(path))) return;
    const at = { file: defaultFile, line: 1, column: 1, length: 1 };
    const help = 'move it into seatform/, or remove it';
    this.diagnostics.push({ severity: 'warning', code: 'W013', message: 'this file is not read, since seatform/ is there', at, help });
  }

  async #visit(entry: Entry, isNamed: boolean): Promise<void> {
    const found = await lookAt(entry.path);
    if (found?.isDirectory()) await this.#directory(entry);
    else if (found && (isNamed || isYaml(entry.shown))) await this.#file(entry, found);
    else if (!found && isYaml(entry.shown)) this.#refuse(entry, 'E002', ...unreachable(entry.shown));
  }

  async #directory(entry: Entry): Promise<void> {
    if (!(await this.#isFirst(entry.path))) {
      this.#fruitful.add(entry.root);
      return;
    }
    const names = await readdir(entry.path, { withFileTypes: true }).catch((error: unknown) => {
      this.#refuse(entry, 'E002', `the directory cannot be read (${reasonOf(error)})`, 'check who may read it');
      return [];
    });
    for (const name of names.toSorted((a, b) => byCodeUnit(a.name, b.name))) {
      if (name.name.startsWith('.')) continue;
      const shown = entry.shown === '' ? name.name : `${entry.shown}/${name.name}`;
      const child = { shown, path: join(entry.path, name.name), root: entry.root };
      if (name.isSymbolicLink()) this.#links.push(child);
      else await this.#visit(child, false);
    }
  }

  /** Follows links, and those that turn up behind them, in the order of their paths. */
  async #followLinks(): Promise<void> {
    while (this.#links.length > 0) {
      const links = this.#links.toSorted((a, b) => byCodeUnit(a.shown, b.shown));
      this.#links = [];
      for (const link of links) await this.#follow(link);
    }
  }

  async #follow(link: Entry): Promise<void> {
    const target = await realpath(link.path).catch(() => undefined);
    if (target === undefined || this.#roots.some((root) => isWithin(root, target))) {
      await this.#visit(link, false);
    } else if (isYaml(link.shown) || (await lookAt(link.path))?.isDirectory()) {
      const help = 'replace the link by the file itself, or name what it leads to as a PATH of its own';
      this.#refuse(link, 'E003', 'this symbolic link leads out of the configuration', help);
    }
  }

  async #file(entry: Entry, found: Stats): Promise<void> {
    this.#fruitful.add(entry.root);
    if (!found.isFile()) {
      this.#refuse(entry, 'E002', 'this is no regular file', 'configuration is read from files and directories only');
      return;
    }
    if (!(await this.#isFirst(entry.path))) return;
    if (found.size > largestFile) {
      this.#refuse(entry, 'E002', 'the file is larger than 64 MiB', 'split the file');
      return;
    }
    try {
      const text = decode(entry.shown, await readFile(entry.path));
      if (typeof text === 'string') this.files.push({ path: entry.shown, text });
      else this.diagnostics.push(text);
    } catch (error) {
      this.#refuse(entry, 'E002', `the file cannot be read (${reasonOf(error)})`, 'check who may read it');
    }
  }

  /** Whether this is the first time that something is reached; by its real path, so that links and loops do not count. */
  async #isFirst(path: string): Promise<boolean> {
    const real = await realpath(path).catch(() => path);
    if (this.#seen.has(real)) return false;
    this.#seen.add(real);
    return true;
  }

  #refuse(entry: Entry, code: 'E001' | 'E002' | 'E003', message: string, help: string): void {
    this.#fruitful.add(entry.root);
    const file = entry.shown === '' ? '.' : entry.shown;
    this.diagnostics.push({ severity: 'error', code, message, at: { file, line: 1, column: 1, length: 1 }, help });
  }
}

/** Why a listed name leads nowhere, and what to do. A name whose bytes are no UTF-8 cannot be opened by what Node makes of it. */
function unreachable(shown: string): [string, string] {
  if (shown.includes('\uFFFD')) return ['the name of this file is not UTF-8', 'rename the file'];
  return ['this symbolic link leads to nothing', 'remove the link, or restore the file'];
}

function reasonOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'unknown reason';
}
