import { readSources } from '../src/config/read.ts';
import type { Declaration, SourceFile } from '../src/model/declaration.ts';
import type { Result } from '../src/model/diagnostic.ts';
import { check } from '../src/reconcile.ts';
import type { Host } from './host.ts';

/** The configuration under the paths, checked; and its files, for whoever shows a line of them. */
export async function checkedSources(
  host: Host,
  paths: readonly string[],
): Promise<{ files: readonly SourceFile[]; checked: Result<Declaration> }> {
  const { files, diagnostics } = await readSources(paths, host.cwd);
  return { files, checked: check(files, diagnostics) };
}
