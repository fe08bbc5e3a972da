import { isAbsolute, relative, resolve, sep } from 'node:path';

/** A path as people see it: relative to where they are, with forward slashes; as they gave it if it leads elsewhere. */
export function shownPath(path: string, cwd: string): string {
  const full = resolve(cwd, path);
  const shown = (isWithin(cwd, full) ? relative(cwd, full) : path).split(sep).join('/');
  return shown.length > 1 ? shown.replace(/\/+$/, '') : shown;
}

/** Whether a path is the root or lies below it. */
export function isWithin(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

/** Whether a file is read because of its name alone. */
export function isYaml(path: string): boolean {
  return path.endsWith('.yaml') || path.endsWith('.yml');
}
