import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSources } from '../src/config/read.ts';
import type { Declaration, SourceFile } from '../src/model/declaration.ts';
import type { Result } from '../src/model/diagnostic.ts';
import { check } from '../src/flows/plan.ts';
import type { Host } from './host.ts';

/** The file that is the configuration where the directory `seatform` is not there. */
export const configurationFile = 'seatform.yaml';

/** The configuration under the paths, checked; and its files, for whoever shows a line of them. */
export async function checkedSources(
  host: Host,
  paths: readonly string[],
): Promise<{ files: readonly SourceFile[]; checked: Result<Declaration> }> {
  const { files, diagnostics } = await readSources(paths, host.cwd);
  return { files, checked: check(files, diagnostics) };
}

/** Whether a directory holds the configuration as one file, which is read no more once it holds the directory `seatform` too. */
export async function hasConfigurationFile(directory: string): Promise<boolean> {
  const found = await stat(join(directory, configurationFile)).catch(() => undefined);
  return found?.isFile() ?? false;
}
