import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the Node of this folder lies once it is fetched. */
const fetched = fileURLToPath(new URL(`node_modules/node-${process.platform}-${process.arch}/bin/node`, import.meta.url));

/** The path of a Node 24: this process's own if it is one, else the fetched one; undefined where there is none. */
export function node24(): string | undefined {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  return existsSync(fetched) ? fetched : undefined;
}
