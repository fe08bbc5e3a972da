import type { DefinedError } from 'ajv';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { clipped, errorAt, quoted } from './report.ts';
import type { Routes, Stop } from './route.ts';
import { isItem, isManaged, subjectOf } from './subject.ts';
import type { Tree } from './tree.ts';

type Mistyped = Extract<DefinedError, { keyword: 'type' }>;

/** What is expected, by the types that the schema allows. */
const expectations: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  integer: 'a whole number',
  number: 'a number',
  date: 'a day',
  'string,array': 'text or a list of texts',
  'integer,string': 'a whole number or a percentage such as 10%',
};

/** The fault of a value of the wrong type, told by what is there: nothing, a figure that needs quotes, or something else. */
export function typeFault(error: Mistyped, stop: Stop, tree: Tree, routes: Routes): Diagnostic {
  const types = [error.params.type].flat().join(',');
  const at = routes.place(stop);
  const value = tree.values[stop.node];
  const { format, enum: choices } = error.parentSchema as { format?: string; enum?: readonly string[] };
  if (value === null) return nullFault(format === 'date' ? 'date' : types, stop, at);
  if (format === 'date') return noDay(at, value, clipped(tree.source(stop.node)));
  const isChoice = choices !== undefined && !choices.includes('View');
  if (isChoice) return mistyped(stop, at, `one of ${choices.join(', ')}`, kindOf(value, tree, stop));
  const isText = types === 'string' || types === 'string,array';
  if (isText && (typeof value === 'number' || typeof value === 'boolean'))
    return unquoted(stop, at, value, clipped(tree.source(stop.node)));
  return mistyped(stop, at, expectations[types] ?? types, kindOf(value, tree, stop), helpFor(types, value));
}

function nullFault(types: string, stop: Stop, at: Span): Diagnostic {
  const remedy = isManaged(stop) ? 'remove the key, and it is not managed' : 'write a value, or remove the key';
  return errorAt(at, 'E013', `${subjectOf(stop)} is empty (null)`, {
    label: `expected ${expectations[types] ?? types}`,
    help: isItem(stop) ? 'remove the entry' : `${remedy}${empty(types, stop)}`,
  });
}

/** The fault of a value that is no day at all, or of a text that is none of the calendar. */
export function noDay(at: Span, value: unknown, source: string): Diagnostic {
  const shown = typeof value === 'string' ? quoted(value) : typeof value === 'number' ? source : 'this';
  const isForm = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  const message = isForm ? `${shown} is no day of the calendar` : `${shown} is no day: days are written as YYYY-MM-DD`;
  return errorAt(at, 'E037', message, { label: 'expected a day', help: 'write the day as year-month-day, such as 2026-12-31' });
}

function unquoted(stop: Stop, at: Span, value: number | boolean, source: string): Diagnostic {
  const [code, kind] = typeof value === 'number' ? (['E014', 'number'] as const) : (['E011', 'boolean'] as const);
  return errorAt(at, code, `${subjectOf(stop)} must be text, not the ${kind} ${source}`, {
    label: 'expected text in quotes',
    help: `quote it: "${source}"`,
  });
}

function mistyped(stop: Stop, at: Span, expected: string, kind: string, help?: string): Diagnostic {
  const message = `${subjectOf(stop)} must be ${expected}, not ${kind}`;
  return errorAt(at, 'E011', message, { label: `expected ${expected}`, ...(help === undefined ? {} : { help }) });
}

/** Texts that cannot be empty: an account has an address and a seat, and whoever is shown has a name. */
const neverEmpty: ReadonlySet<string> = new Set(['userName', 'seat', 'displayName']);

function empty(types: string, stop: Stop): string {
  if (neverEmpty.has(stop.path.at(-1) ?? '') || !isManaged(stop)) return '';
  if (types === 'string') return ', or write "" to manage it as empty';
  return types === 'array' ? ', or write [] to manage it as empty' : '';
}

function kindOf(value: unknown, tree: Tree, stop: Stop): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  if (typeof value === 'number') return `the number ${clipped(tree.source(stop.node))}`;
  return typeof value === 'boolean' ? `${value}` : 'a mapping';
}

function helpFor(types: string, value: unknown): string | undefined {
  if (types === 'boolean' && typeof value === 'string') {
    if (/^(?:y|yes|on|true|1)$/i.test(value)) return 'write `true` without quotes';
    if (/^(?:n|no|off|false|0)$/i.test(value)) return 'write `false` without quotes';
  }
  if ((types === 'integer' || types === 'number') && typeof value === 'string' && /^\d{1,15}$/.test(value)) {
    return `write ${Number(value)} without quotes`;
  }
  if (types === 'integer,string' && typeof value === 'number' && value > 0 && value < 1) {
    return `write ${Number((value * 100).toFixed(4))}%, or a whole number`;
  }
  if (types === 'array') return 'start each entry with `- ` on a line of its own, or write [a, b]';
  return undefined;
}
