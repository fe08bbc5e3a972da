#!/usr/bin/env node
import { processHost } from './host.ts';
import { run } from './program.ts';
import { versionProblem } from './version.ts';

const problem = versionProblem(process.versions.node);
if (problem === undefined) {
  process.exitCode = await run(process.argv.slice(2), processHost());
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
