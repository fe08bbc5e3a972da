import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** Where each package may be imported. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'js-yaml': ['src/config'],
  ajv: ['src/config'],
  'fastest-levenshtein': ['src/config'],
  undici: ['src/scim'],
  'p-limit': ['src/apply'],
  yaml: ['src/edit'],
  diff: ['src/render'],
  'scim2-parse-filter': ['src/emulator'],
  commander: ['cmd'],
  '@actions/core': ['cmd/action'],
  '@actions/github': ['cmd/github'],
};
/** The only places that touch files, the network, the process or the clock. */
const outside = ['src/config/read.ts', 'src/edit/write.ts', 'src/apply/journal.ts', 'src/scim/client.ts', 'src/emulator/', 'cmd/'];
/** Built-in modules that are as pure as a function. */
const pure = new Set(['node:crypto', 'node:util', 'node:path', 'node:url', 'node:net', 'node:buffer']);
const stages = new Set(['approval', 'config', 'desired', 'plan', 'apply', 'scim', 'edit', 'render', 'github']);

interface Source {
  readonly path: string;
  readonly text: string;
}

function faultsOf(sources: readonly Source[]): string[] {
  const graph = new Map(sources.map(({ path, text }) => [path, importsOf(path, text)]));
  return [...sources.flatMap((source) => fileFaults(source)), ...cycleFaults(graph)];
}

function fileFaults({ path, text }: Source): string[] {
  const faults: string[] = [];
  const may = (places: readonly string[]) => places.some((place) => path.startsWith(place));
  for (const target of importsOf(path, text)) {
    const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? target);
    if (target.startsWith('node:')) {
      if (!pure.has(target) && !may(outside)) faults.push(`${path} imports ${target}`);
    } else if (target.startsWith('src/') || target.startsWith('cmd/')) {
      if (!mayImport(path, target)) faults.push(`${path} imports ${target}`);
    } else if (builtinModules.includes(name)) {
      faults.push(`${path} imports ${target} without node:`);
    } else if (!/^(schemas\/|package\.json)/.test(target) && !may(homes[name] ?? [])) {
      faults.push(`${path} imports ${target} outside its home`);
    }
  }
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  if (!may(outside) && /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\b|\bsetTimeout\(|\bconsole\./.test(code))
    faults.push(`${path} touches the outside`);
  return faults;
}

function mayImport(path: string, target: string): boolean {
  const [from, to] = [placeOf(path), placeOf(target)];
  if (from === to || to === 'model') return from !== 'emulator' || to === 'emulator';
  if (from === 'flows') return stages.has(to);
  return from === 'cmd' && to !== 'cmd';
}

/** `model`, a stage, `flows` or `cmd`. */
function placeOf(path: string): string {
  return path.startsWith('cmd/') ? 'cmd' : (path.split('/')[1]?.replace('.ts', '') ?? path);
}

function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)].map(([, target = '']) =>
    target.startsWith('.') ? normalize(join(dirname(path), target)) : target,
  );
}

function cycleFaults(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const faults: string[] = [];
  const visit = (node: string, trail: readonly string[]) => {
    if (state.get(node) === 'open') faults.push(`circle: ${[...trail.slice(trail.indexOf(node)), node].join(' → ')}`);
    if (state.has(node)) return;
    state.set(node, 'open');
    for (const next of graph.get(node) ?? []) if (graph.has(next)) visit(next, [...trail, node]);
    state.set(node, 'done');
  };
  for (const node of graph.keys()) visit(node, []);
  return faults;
}

function sourcesUnder(...folders: readonly string[]): Source[] {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

test('every import follows the rules of ARCHITECTURE.md', () => {
  expect(faultsOf(sourcesUnder('src', 'cmd'))).toEqual([]);
});

test.each([
  ['a stage that knows another', 'src/plan/plan.ts', "import { load } from '../config/load.ts';"],
  ['model that knows a stage', 'src/model/plan.ts', "import type { Row } from '../render/rows.ts';"],
  ['the emulator that knows the model', 'src/emulator/store.ts', "import { seats } from '../model/directory.ts';"],
  ['a stage that knows cmd', 'src/apply/apply.ts', "import { exitCodes } from '../../cmd/exit.ts';"],
  ['a package away from home', 'src/plan/plan.ts', "import { request } from 'undici';"],
  ['a package nobody housed', 'cmd/plan.ts', "import leftpad from 'left-pad';"],
  ['files in a pure stage', 'src/render/rows.ts', "const { readFile } = await import('node:fs/promises');"],
  ['a built-in without its prefix', 'cmd/plan.ts', "import fs from 'fs';"],
  ['the clock in a pure stage', 'src/plan/plan.ts', 'const day = new Date();'],
  ['the environment in a pure stage', 'src/scim/read.ts', 'const token = process.env.TOKEN;'],
  ['printing in a stage', 'src/apply/apply.ts', 'console.log(1);'],
])('%s is seen', (_, path, text) => {
  expect(faultsOf([{ path, text }])).toHaveLength(1);
});

test('a circle is seen, type-only imports included', () => {
  const circle = [
    { path: 'src/plan/a.ts', text: "import type { B } from './b.ts';" },
    { path: 'src/plan/b.ts', text: "import { a } from './a.ts';" },
  ];
  expect(faultsOf(circle)).toHaveLength(1);
});
