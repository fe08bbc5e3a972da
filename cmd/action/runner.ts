import { setOutput, setSecret, summary } from '@actions/core';
import type { Runner } from './outside.ts';

/** The runner that this process is a step of. */
export function processRunner(env: Readonly<Record<string, string | undefined>>): Runner {
  const write = (text: string) => process.stdout.write(text);
  return {
    mask: setSecret,
    output: setOutput,
    summary: async (markdown) => {
      if (!env['GITHUB_STEP_SUMMARY']) return;
      try {
        await summary.emptyBuffer().addRaw(markdown).write({ overwrite: true });
      } catch {
        // What was done is done, and the log tells it too.
        write('::warning::the step summary could not be written\n');
      }
    },
    write,
  };
}
