import type { Diagnostic } from '../model/diagnostic.ts';
import { errorAt, quoted } from './report.ts';
import type { Routes, Stop } from './route.ts';
import type { Tree } from './tree.ts';

const expectations: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

/** The fault of a value of the wrong type, told by what is there: nothing, a figure that needs quotes, or something else. */
export function typeFault(type: string, stop: Stop, tree: Tree, routes: Routes): Diagnostic {
  const value = tree.values[stop.node];
  const at = routes.place(stop);
  const subject = subjectOf(stop);
  const expected = expectations[type] ?? type;
  const source = tree.source(stop.node);
  if (value === null) {
    return errorAt(at, 'E013', `${subject} is empty (null)`, {
      label: `expected ${expected}`,
      help: `remove ${isItem(stop) ? 'the entry' : 'the key, and it is not managed'}${empty(type, stop)}`,
    });
  }
  if (type === 'string' && typeof value === 'number') {
    return errorAt(at, 'E014', `${subject} must be text, not the number ${source}`, {
      label: 'expected text in quotes',
      help: `quote it: "${source}"`,
    });
  }
  if (type === 'string' && typeof value === 'boolean') {
    return errorAt(at, 'E011', `${subject} must be text, not the boolean ${source}`, {
      label: 'expected text in quotes',
      help: `quote it: "${source}"`,
    });
  }
  const message = `${subject} must be ${expected}, not ${kindOf(value)}`;
  const help = helpFor(type, value);
  return errorAt(at, 'E011', message, { label: `expected ${expected}`, ...(help === undefined ? {} : { help }) });
}

/** How the value is called in a message: by its key, or as an entry of the list that holds it. */
export function subjectOf(stop: Stop): string {
  const last = stop.path.at(-1);
  if (last === undefined) return 'a file';
  return isItem(stop) ? `an entry of \`${stop.path.at(-2) ?? ''}\`` : `\`${last}\``;
}

function isItem(stop: Stop): boolean {
  return stop.key === undefined && stop.path.length > 0;
}

/** Texts that cannot be empty: an account has an address and a seat, and whoever is shown has a name. */
const neverEmpty: ReadonlySet<string> = new Set(['userName', 'seat', 'displayName', 'tenantId']);

function empty(type: string, stop: Stop): string {
  if (neverEmpty.has(stop.path.at(-1) ?? '') || isItem(stop)) return '';
  if (type === 'string') return ', or write "" to manage it as empty';
  return type === 'array' ? ', or write [] to manage it as empty' : '';
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  if (typeof value === 'number') return 'a number';
  return typeof value === 'boolean' ? `${value}` : 'a mapping';
}

function helpFor(type: string, value: unknown): string | undefined {
  if (type === 'boolean' && typeof value === 'string') {
    if (/^(?:y|yes|on|true|1)$/i.test(value)) return 'write `true` without quotes';
    if (/^(?:n|no|off|false|0)$/i.test(value)) return 'write `false` without quotes';
  }
  if (type === 'array') return 'start each entry with `- ` on a line of its own, or write [a, b]';
  return undefined;
}
