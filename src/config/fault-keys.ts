import type { DefinedError } from 'ajv';
import type { Diagnostic } from '../model/diagnostic.ts';
import { errorAt, quoted } from './report.ts';
import type { Routes, Stop } from './route.ts';
import { nearestKey } from './suggest.ts';
import type { Tree } from './tree.ts';

type Unknown = Extract<DefinedError, { keyword: 'additionalProperties' }>;
type Missing = Extract<DefinedError, { keyword: 'required' }>;

/** Keys that seatform's configuration is going to have, or has in other versions, by what has them. */
const laterKeys: Readonly<Record<string, readonly string[]>> = {
  'a file': ['defaults', 'grants'],
  '`organization`': ['unmanaged', 'ignore', 'protected', 'minAdmins', 'limits', 'seats', 'budgets'],
  'a group': ['membersWhere'],
};

/** The fault of a key that the schema does not know, with the key that was probably meant. */
export function unknownFault(error: Unknown, stop: Stop, tree: Tree, routes: Routes): Diagnostic | undefined {
  const name = error.params.additionalProperty;
  const target = routes.step(stop, name);
  const at = stop.alias === undefined ? tree.span(target.key ?? target.node) : tree.span(stop.alias);
  if (target.isRefused) return undefined;
  const known = knownKeys(error);
  const what = holder(stop);
  if (laterKeys[what]?.includes(name) === true) {
    const help = `remove it: this version of seatform does not support ${quoted(name)} yet`;
    return errorAt(at, 'E010', `unknown key ${quoted(name)}`, { label: 'not supported by this version', help });
  }
  const guess = nearestKey(name, known);
  const help = guess === undefined ? `${what} can have ${known.join(', ')}` : `did you mean "${guess}"?`;
  return errorAt(at, 'E010', `unknown key ${quoted(name)}`, { label: `${what} has no such key`, help });
}

/** The fault of a key that is not there; nothing is said if it is there in another spelling, since that is said already. */
export function missingFault(error: Missing, stop: Stop, tree: Tree): Diagnostic | undefined {
  const name = error.params.missingProperty;
  const known = knownKeys(error);
  const mapping = tree.values[stop.node];
  const isMisspelt = Object.keys(mapping as object).some((key) => !known.includes(key) && nearestKey(key, known) === name);
  if (isMisspelt) return undefined;
  const at = stop.alias === undefined ? tree.span(stop.node) : tree.span(stop.alias);
  if (name === 'version') {
    return errorAt(at, 'E009', 'the file has no `version`', { help: 'start the file with `version: 1`' });
  }
  return errorAt(at, 'E015', `${holder(stop)} has no ${quoted(name)}`, { label: `"${name}" is required here` });
}

function knownKeys(error: DefinedError): readonly string[] {
  const { properties } = (error.parentSchema ?? {}) as { properties?: object };
  return Object.keys(properties ?? {});
}

/** What the mapping is that has or lacks a key. */
function holder(stop: Stop): string {
  const [section, , part] = stop.path;
  if (section === undefined) return 'a file';
  if (section === 'organization') return '`organization`';
  if (part !== undefined) return `\`${part}\``;
  return section === 'users' ? 'a user' : 'a group';
}
