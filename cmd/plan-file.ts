import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { PlanFile } from '../src/config/saved/read-plan-file.ts';
import { fail, succeed, type Result } from '../src/model/diagnostic.ts';
import type { Plan } from '../src/model/plan.ts';
import { reopen } from '../src/flows/saved-plan.ts';
import { renderPlanJson } from '../src/render/json.ts';
import type { Host } from './host.ts';
import { makingOf } from './plan-text.ts';

/** The most that a plan file may hold: 512 MiB, the longest text that can be read at once. */
const largestPlan = 512 * 1024 * 1024 - 64;

/** The saved plan among the arguments of apply: a single one that is a file and not YAML. */
export async function planFileAmong(host: Host, paths: readonly string[]): Promise<string | undefined> {
  const [path, ...others] = paths;
  if (path === undefined || others.length > 0 || isYamlName(path)) return undefined;
  const found = await stat(resolve(host.cwd, path)).catch(() => undefined);
  return found && !found.isDirectory() ? path : undefined;
}

/** The first argument that names nothing. */
export async function missingAmong(host: Host, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const isMissing = await stat(resolve(host.cwd, path)).then(
      () => false,
      (error: unknown) => codeOf(error) === 'ENOENT',
    );
    if (isMissing) return path;
  }
  return undefined;
}

/** Reads a saved plan, or says why it cannot be used. */
export async function readPlan(host: Host, path: string): Promise<Result<PlanFile>> {
  let text: string;
  try {
    text = await textOf(resolve(host.cwd, path));
  } catch (error) {
    return fail({ severity: 'error', code: 'E207', message: `${path} cannot be read: ${reasonOf(error)}` });
  }
  const opened = reopen(text);
  if (opened.ok) return opened;
  const [fault] = opened.diagnostics;
  return fault ? fail({ ...fault, message: `${path}: ${fault.message}` }) : opened;
}

/** Why a plan cannot be saved under this name; a plan under the name of a configuration could not be told from one. */
export function planNameFault(path: string): Result<never> | undefined {
  if (!isYamlName(path)) return undefined;
  return fail({
    severity: 'error',
    code: 'E201',
    message: `--out ${path} has the name of a configuration file: a plan cannot end in .yaml or .yml`,
  });
}

/** Saves a plan for its owner's eyes alone, whole or not at all; a plan that is there already is replaced, any other file is left. */
export async function savePlan(host: Host, path: string, plan: Plan): Promise<Result<void>> {
  const target = resolve(host.cwd, path);
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}`);
  try {
    if (!(await mayReplace(target))) {
      return fail({
        severity: 'error',
        code: 'E205',
        message: `${path} exists and is no saved plan: it is left as it is`,
        help: 'choose another name for --out',
      });
    }
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(renderPlanJson(plan, makingOf(host)));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
    return succeed(undefined);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    return fail({ severity: 'error', code: 'E206', message: `${path} cannot be written: ${reasonOf(error)}` });
  }
}

async function mayReplace(target: string): Promise<boolean> {
  const found = await stat(target).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!found || (found.isFile() && found.size === 0)) return true;
  if (!found.isFile()) return false;
  const file = await open(target, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return /^\s*\{\s*"format_version"/.test(buffer.subarray(0, bytesRead).toString('utf8'));
  } finally {
    await file.close();
  }
}

/** The text of a regular file; a pipe or a device is none, and is not waited for. */
async function textOf(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new Error('it is no regular file');
    if (found.size > largestPlan) throw new Error('it is larger than any plan');
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function isYamlName(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

function reasonOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : String(error));
}
