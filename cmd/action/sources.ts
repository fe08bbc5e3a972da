import type { Declaration, SourceFile } from '../../src/model/declaration.ts';
import type { Diagnostic, Result } from '../../src/model/diagnostic.ts';
import type { Snapshot } from '../../src/github/permalink.ts';
import { check } from '../../src/flows/plan.ts';
import { readConfig } from '../github/config.ts';
import type { Scene } from './scene.ts';

/** The configuration at a commit: its files, what they declare together, and their blobs. */
export interface Checked {
  readonly files: readonly SourceFile[];
  readonly checked: Result<Declaration>;
  readonly snapshot: Snapshot;
}

/** What a configuration that is valid was warned of. */
export function doubtsOf({ checked }: Checked): readonly Diagnostic[] {
  return checked.ok ? checked.warnings : [];
}

/** Reads and checks the configuration at a commit; fails only where it could not be read, not where it is invalid. Equal files are checked once. */
export async function checkedAt({ hub, inputs, cache }: Scene, commit: string, tree?: string): Promise<Result<Checked>> {
  const read = await readConfig(hub, { commit, ...(tree !== undefined && { tree }) }, inputs.config, cache);
  if (!read.ok) return read;
  const { files, diagnostics, blobs: found } = read.value;
  const known = checks.get(cache) ?? new Map<string, Result<Declaration>>();
  checks.set(cache, known);
  const key = JSON.stringify([[...found], diagnostics]);
  const checked = known.get(key) ?? check(files, diagnostics);
  known.set(key, checked);
  return { ...read, value: { files, checked, snapshot: { commit, blobs: found } } };
}

/** What was checked in this run, by what was read. */
const checks = new WeakMap<Scene['cache'], Map<string, Result<Declaration>>>();
