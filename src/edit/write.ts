import { lstat, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { SourceFile } from '../model/declaration.ts';
import { fail, succeed, type Diagnostic, type Result } from '../model/diagnostic.ts';

/**
 * Writes new files below `dir`, all or none: never over anything that exists (E205), never outside `dir` (E206). Creates directories; files get
 * mode 0644 less the process's mask.
 */
export async function writeFiles(dir: string, files: readonly SourceFile[]): Promise<Result<void>> {
  const faults = (await Promise.all(files.map(({ path }, index) => faultOf(dir, path, files.slice(0, index))))).flat();
  if (faults.length > 0) return fail(...faults);
  const done: string[] = [];
  try {
    for (const { path, text } of files) {
      const target = resolve(dir, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text, { flag: 'wx', mode: 0o644 });
      done.push(target);
    }
    return succeed(undefined);
  } catch (error) {
    const path = files[done.length]?.path ?? dir;
    const taken = codeOf(error) === 'EEXIST';
    // What was begun is ours to remove, unless somebody else was quicker.
    const begun = taken ? done : [...done, resolve(dir, path)];
    await Promise.allSettled(begun.map((target) => rm(target, { force: true })));
    return fail(taken ? exists(path) : unwritable(path, codeOf(error)));
  }
}

async function faultOf(dir: string, path: string, before: readonly SourceFile[]): Promise<readonly Diagnostic[]> {
  const target = resolve(dir, path);
  if (!isBelow(resolve(dir), target) || path.includes('\0')) return [outside(path)];
  if (before.some((other) => resolve(dir, other.path) === target)) return [exists(path)];
  try {
    if (!(await staysBelow(dir, dirname(target)))) return [outside(path)];
    await lstat(target);
    return [exists(path)];
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? [] : [unwritable(path, codeOf(error))];
  }
}

/** Whether the nearest directory that exists is still below `dir` when symbolic links are followed. */
async function staysBelow(dir: string, folder: string): Promise<boolean> {
  if (resolve(dir) === folder) return true;
  try {
    return isBelow(await realpath(dir), await realpath(folder));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return staysBelow(dir, dirname(folder));
  }
}

function isBelow(dir: string, target: string): boolean {
  const path = relative(dir, target);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function exists(path: string): Diagnostic {
  return { severity: 'error', code: 'E205', message: `${path} exists already`, help: 'choose another directory, or move the file away' };
}

function outside(path: string): Diagnostic {
  return { severity: 'error', code: 'E206', message: `${path} would be written outside the directory` };
}

function unwritable(path: string, reason: string): Diagnostic {
  return { severity: 'error', code: 'E206', message: `${path} cannot be written (${reason})` };
}
