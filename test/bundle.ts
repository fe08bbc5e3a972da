import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const path = 'dist/action.js';

/** The Action in one file, as GitHub runs it: the same text for the same sources on every machine. */
async function bundle(): Promise<string> {
  const manifest = resolve('package.json');
  const { outputFiles } = await build({
    entryPoints: ['cmd/action.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    legalComments: 'eof',
    logLevel: 'warning',
    write: false,
    // What is CommonJS asks for Node's own modules by `require`, which a module does not have.
    banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
    plugins: [
      {
        name: 'nothing of the manifest but the version',
        setup: (build) => {
          build.onLoad({ filter: /[\\/]package\.json$/ }, async (file) => {
            const contents = await readFile(file.path, 'utf8');
            const { version } = JSON.parse(contents) as { version: string };
            return { contents: file.path === manifest ? JSON.stringify({ version }) : contents, loader: 'json' };
          });
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}

const text = await bundle();
if (!process.argv.includes('--check')) {
  await writeFile(path, text);
  console.log(`${path}: ${Math.ceil(text.length / 1000)} kB`);
} else if (text !== (await readFile(path, 'utf8').catch(() => ''))) {
  console.error(`${path} is not what the sources make: run \`npm run bundle\` and commit it.`);
  process.exitCode = 1;
}
