import { readFile } from 'node:fs/promises';
import { exitCodes } from './exit.ts';
import { processHost } from './host.ts';
import { runAction } from './action/run.ts';
import { processRunner } from './action/runner.ts';

/** What started the step; nothing where it cannot be read. */
async function payload(path: string | undefined): Promise<unknown> {
  try {
    return path === undefined || path === '' ? undefined : (JSON.parse(await readFile(path, 'utf8')) as unknown);
  } catch {
    return undefined;
  }
}

const host = processHost();
const code = await runAction({ host, payload: await payload(host.env['GITHUB_EVENT_PATH']), runner: processRunner(host.env) });
// A step knows red and green only; what the command line would answer is the output `exit-code`.
process.exitCode = code === exitCodes.done ? 0 : 1;
