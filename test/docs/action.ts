import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { version } from '../../cmd/version.ts';
import { workflowFiles } from '../../src/edit/workflows.ts';

interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

const page = 'docs/github.md';
const [start, end] = ['<!-- made from action.yml: npm run generate -->', '<!-- end of what is made from action.yml -->'];

/** `docs/github.md` with the tables of inputs and outputs as `action.yml` has them; what stands around them stays. */
export async function githubPage(): Promise<string> {
  const text = await readFile(page, 'utf8');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has lost the marks that its tables stand between`);
  const { inputs, outputs } = parse(await readFile('action.yml', 'utf8')) as Manifest;
  const tables = [
    table(['input', 'default', 'meaning'], Object.entries(inputs), (input) => [code(input.default), input.description]),
    table(['output', 'value'], Object.entries(outputs), (output) => [output.description]),
  ];
  return `${text.slice(0, from)}${start}\n\n${tables.join('\n')}\n${text.slice(to)}`;
}

/** The workflows of `examples/`, which are those that `init` writes. */
export const exampleWorkflows = workflowFiles(version).map(({ path, text }) => ({ path: `examples/workflows/${path}`, text: () => text }));

function table<T>(heads: readonly string[], rows: readonly (readonly [string, T])[], cells: (value: T) => readonly string[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows.map(([name, value]) => [code(name), ...cells(value)])];
  return lines.map((cellsOfLine) => `| ${cellsOfLine.map((cell) => cell.trim().replaceAll('|', '\\|')).join(' | ')} |\n`).join('');
}

function code(text: string | undefined): string {
  return text === undefined ? '' : `\`${text}\``;
}
