import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { node24 } from './node24.ts';

// GitHub runs the Action on Node 24. It is fetched for the tests alone, once, and not with the project's own packages: it has 190 MB.
if (node24() === undefined) {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const options = ['--ignore-scripts', '--no-bin-links', '--fetch-retries=1'];
  spawnSync('npm', ['ci', ...options], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (node24() === undefined) console.warn(`No Node 24 could be fetched: the Action is tested on Node ${process.versions.node} instead.`);
}
