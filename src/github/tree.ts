import { fail, succeed, type Diagnostic, type Result } from '../model/diagnostic.ts';

/** An entry of a tree of git; `path` is seen from that tree. */
export interface TreeEntry {
  readonly path: string;
  /** Such as 100644; 120000 is a symbolic link. */
  readonly mode: string;
  /** A `commit` is a submodule. */
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  /** The bytes of a blob. */
  readonly size?: number;
}

/** A PATH of the configuration in its normal form, and what lies there. */
export type Place = {
  readonly path: string;
  /** True: nobody named the path. */
  readonly isDefault?: boolean;
  /** The default file that is passed over for this directory. */
  readonly passedOver?: string;
} & (
  | { readonly found: 'nothing' }
  /** GitHub lists only a part of it. */
  | { readonly found: 'truncated' }
  /** No directory; the path of the entry is seen from the root, and shorter than the path where it stands in its way. */
  | { readonly found: 'entry'; readonly entry: TreeEntry }
  /** A directory with all that is below it. */
  | { readonly found: 'tree'; readonly entries: readonly TreeEntry[] }
);

/** A file of the configuration; `path` is seen from the root of the repository. */
export interface TreeFile {
  readonly path: string;
  readonly sha: string;
  readonly size?: number;
}

/** The files that are configuration, each once, in the order of their paths; and what is in the way of others, or was passed over (a warning). */
export interface Choice {
  readonly files: readonly TreeFile[];
  readonly diagnostics: readonly Diagnostic[];
}

const largestFile = 64 * 1024 * 1024;
const [defaultDirectory, defaultFile] = ['seatform', 'seatform.yaml'] as const;

/** Whether a file, by its path from the root, may be configuration under PATHs in their normal form. */
export function mayBelong(file: string, paths: readonly string[]): boolean {
  const places = paths.length > 0 ? paths : [defaultDirectory, defaultFile];
  return places.some((path) => path === '.' || path === '' || file === path || file.startsWith(`${path}/`));
}

/** PATHs in their normal form: segments joined by single slashes, the root as an empty text; or why one leads nowhere in a repository. */
export function treePaths(paths: readonly string[]): Result<readonly string[]> {
  const refused: Diagnostic[] = [];
  const normal: string[] = [];
  for (const path of paths) {
    const segments = path.replace(/\/$/, '').split('/');
    const kept = segments.filter((segment) => segment !== '.');
    if (path.trim() === '' || path.startsWith('/') || kept.some((segment) => segment === '' || segment === '..')) {
      const message = `${JSON.stringify(path.slice(0, 80))} is no path in the repository`;
      refused.push({ severity: 'error', code: 'E212', message, help: 'write it from the root of the repository, such as `seatform`' });
    } else normal.push(kept.join('/'));
  }
  return refused.length > 0 ? fail(...refused) : succeed([...new Set(normal)]);
}

/** Where the configuration lies when nobody says it: the directory `seatform`, else the file `seatform.yaml`. */
export function defaultPath(root: readonly TreeEntry[]): string {
  const directory = root.find(({ path }) => path === defaultDirectory);
  return directory && !isRegular(directory) ? defaultDirectory : defaultFile;
}

/** The default file, where it is there and the default directory takes its place. A link is no configuration of its own, so that it is not meant. */
export function passedOver(root: readonly TreeEntry[]): string | undefined {
  const file = root.find(({ path }) => path === defaultFile);
  return file && isRegular(file) && defaultPath(root) !== defaultFile ? defaultFile : undefined;
}

/**
 * Chooses the configuration from what lies at the paths: of a directory every YAML file below it, without dot-files and what lies in dot-folders;
 * a file whatever its name. Where something could hide configuration that cannot be seen, that is an error and never left out in silence.
 */
export function choose(places: readonly Place[]): Choice {
  const files = new Map<string, TreeFile>();
  const diagnostics = new Map<string, Diagnostic>();
  for (const place of places) {
    const { chosen, refused } = chooseAt(place);
    for (const file of chosen) files.set(file.path, file);
    const told = place.passedOver === undefined ? refused : [...refused, notRead(place.passedOver)];
    for (const diagnostic of told) diagnostics.set(`${diagnostic.at?.file ?? ''}\n${diagnostic.message}`, diagnostic);
  }
  return {
    files: [...files.values()].toSorted((a, b) => byCodeUnit(a.path, b.path)),
    diagnostics: [...diagnostics.values()].toSorted((a, b) => byCodeUnit(a.at?.file ?? '', b.at?.file ?? '')),
  };
}

interface Part {
  readonly chosen: readonly TreeFile[];
  readonly refused: readonly Diagnostic[];
}

function chooseAt(place: Place): Part {
  const { path } = place;
  if (place.found === 'truncated') {
    return refuse(
      path,
      'E211',
      'GitHub does not list this directory whole',
      'move the configuration into a directory of its own, with fewer files',
    );
  }
  if (place.found === 'entry') return entryAt(path, place.entry);
  if (place.found === 'nothing') return place.isDefault ? { chosen: [], refused: [nothingHere] } : missing(path);
  const parts = place.entries
    .filter(isVisible)
    .map((entry) => below({ ...entry, path: path === '' ? entry.path : `${path}/${entry.path}` }));
  const found = { chosen: parts.flatMap(({ chosen }) => chosen), refused: parts.flatMap(({ refused }) => refused) };
  if (found.chosen.length > 0 || found.refused.length > 0) return found;
  return refuse(path, 'E001', `${shown(path)} holds no YAML file`, 'a directory is searched for *.yaml and *.yml');
}

const nothingHere: Diagnostic = {
  severity: 'error',
  code: 'E001',
  message: 'there is neither seatform/ nor seatform.yaml here',
  help: 'name a file or directory; `seatform import` writes one from the live organization',
};

function notRead(path: string): Diagnostic {
  const at = { file: path, line: 1, column: 1, length: 1 };
  const help = 'move it into seatform/, or remove it';
  return { severity: 'warning', code: 'W013', message: 'this file is not read, since seatform/ is there', at, help };
}

/** What a path leads to, or is stopped by, that is no directory. */
function entryAt(path: string, entry: TreeEntry): Part {
  if (isLink(entry) || entry.type === 'commit') return refuseIndirect(entry);
  return entry.path === path ? fileAt(entry) : missing(path);
}

function missing(path: string): Part {
  return refuse(path, 'E001', `${shown(path)} does not exist`, 'name an existing file or directory');
}

function below(entry: TreeEntry): Part {
  const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  const isYaml = name.endsWith('.yaml') || name.endsWith('.yml');
  // A link without an extension may stand for a directory of configuration, which nothing here tells.
  if (entry.type === 'commit' || (isLink(entry) && (isYaml || !name.includes('.')))) return refuseIndirect(entry);
  return isYaml && isRegular(entry) ? fileAt(entry) : { chosen: [], refused: [] };
}

function fileAt({ path, sha, size }: TreeEntry): Part {
  if (size !== undefined && size > largestFile) return refuse(path, 'E002', 'the file is larger than 64 MiB', 'split the file');
  return { chosen: [{ path, sha, ...(size !== undefined && { size }) }], refused: [] };
}

function refuseIndirect(entry: TreeEntry): Part {
  return isLink(entry)
    ? refuse(
        entry.path,
        'E003',
        'this is a symbolic link, and links are never followed through GitHub’s API',
        'replace the link by what it leads to',
      )
    : refuse(entry.path, 'E002', 'this is a submodule, whose files lie in another repository', 'replace the submodule by its files');
}

function refuse(path: string, code: 'E001' | 'E002' | 'E003' | 'E211', message: string, help: string): Part {
  const at = { file: path || '.', line: 1, column: 1, length: 1 };
  return { chosen: [], refused: [{ severity: 'error', code, message, at, help }] };
}

function shown(path: string): string {
  return JSON.stringify(path || '.');
}

function isVisible({ path }: TreeEntry): boolean {
  return !path.split('/').some((segment) => segment.startsWith('.'));
}

function isLink({ mode }: TreeEntry): boolean {
  return mode === '120000';
}

function isRegular(entry: TreeEntry): boolean {
  return entry.type === 'blob' && !isLink(entry);
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
