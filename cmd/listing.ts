import { readdir } from 'node:fs/promises';
import { fail, succeed, type Result } from '../src/model/diagnostic.ts';

/** The paths below a directory; none where it does not exist. One that cannot be listed is not taken for empty. */
export async function pathsBelow(directory: string, shown: string): Promise<Result<readonly string[]>> {
  try {
    return succeed(await readdir(directory, { recursive: true }));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') return succeed([]);
    return fail({ severity: 'error', code: 'E206', message: `${shown} cannot be listed (${code}), so nothing is written there` });
  }
}
