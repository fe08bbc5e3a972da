import { setOutput, setSecret, summary } from '@actions/core';
import type { Runner } from './outside.ts';

/** The runner that this process is a step of. */
export function processRunner(env: Readonly<Record<string, string | undefined>>): Runner {
  return {
    mask: setSecret,
    output: setOutput,
    summary: async (markdown) => {
      if (env['GITHUB_STEP_SUMMARY']) await summary.emptyBuffer().addRaw(markdown).write({ overwrite: true });
    },
    write: (text) => process.stdout.write(text),
  };
}
