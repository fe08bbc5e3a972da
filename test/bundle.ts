import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** A file that is made from the sources and committed. */
interface Made {
  readonly path: string;
  readonly text: string;
}

/** The Action in one file, as GitHub runs it, and the licences of what is inside: the same texts for the same sources on every machine. */
async function bundle(): Promise<readonly Made[]> {
  const manifest = resolve('package.json');
  const { outputFiles, metafile } = await build({
    entryPoints: ['cmd/action.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
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
  return [
    { path: 'dist/action.js', text: outputFiles[0]?.text ?? '' },
    { path: 'dist/action.licenses.txt', text: await licences(Object.keys(metafile.inputs)) },
  ];
}

/** The name, version and licence text of every package that files of the bundle come from. */
async function licences(inputs: readonly string[]): Promise<string> {
  const folders = new Set(inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  const texts = new Set(await Promise.all([...folders].sort().map(licence)));
  return `What dist/action.js contains beside seatform itself (LICENSE), and under which terms.\n\n${[...texts].join('\n\n')}\n`;
}

async function licence(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  const file = (await readdir(folder)).sort().find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : `\n\n${(await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n').trim()}`;
  return `=== ${name} ${version} (${license})${text}`;
}

for (const { path, text } of await bundle()) {
  if (!process.argv.includes('--check')) {
    await writeFile(path, text);
    console.log(`${path}: ${Math.ceil(text.length / 1000)} kB`);
  } else if (text !== (await readFile(path, 'utf8').catch(() => ''))) {
    console.error(`${path} is not what the sources make: run \`npm run bundle\` and commit it.`);
    process.exitCode = 1;
  }
}
