import type { DefinedError } from 'ajv';
import type { Diagnostic } from '../model/diagnostic.ts';
import { misplaced } from './misplaced.ts';
import { errorAt, quoted } from './report.ts';
import type { Routes, Stop } from './route.ts';
import { holderOf } from './subject.ts';
import { nearestKey } from './suggest.ts';
import type { Tree } from './tree.ts';

type Unknown = Extract<DefinedError, { keyword: 'additionalProperties' }>;
type Missing = Extract<DefinedError, { keyword: 'required' }>;

/** What to write for a key that is not there, where its name alone does not say it. */
const examples: Readonly<Record<string, string>> = {
  until: 'write the last day of the access, such as `until: 2026-12-31`',
  purchased: 'write how many seats are purchased, such as `purchased: 120`',
  where: 'write whose seats are counted, such as `where: { department: Design }`',
  seats: 'write the most seats, such as `seats: { Full: 40 }`',
};

/** The fault of a key that the schema does not know, with the key that was probably meant. */
export function unknownFault(error: Unknown, stop: Stop, tree: Tree, routes: Routes): Diagnostic | undefined {
  const name = error.params.additionalProperty;
  const target = routes.step(stop, name);
  const at = stop.alias === undefined ? tree.span(target.key ?? target.node) : tree.span(stop.alias);
  if (target.isRefused) return undefined;
  const known = knownKeys(error);
  const what = holderOf(stop);
  const guess = nearestKey(name, known);
  const help = misplaced(name, stop, guess) ?? (guess === undefined ? `${what} can have ${known.join(', ')}` : `did you mean "${guess}"?`);
  return errorAt(at, 'E010', `unknown key ${quoted(name)}`, { label: `${what} has no such key`, help });
}

/** The fault of a key that is not there; nothing is said if it is there in another spelling, since that is said already. */
export function missingFault(error: Missing, stop: Stop, tree: Tree): Diagnostic | undefined {
  const name = error.params.missingProperty;
  const known = knownKeys(error);
  const isGift = name === 'seat';
  const mapping = tree.values[stop.node];
  const guesses = new Set(Object.keys(mapping as object).map((key) => (known.includes(key) ? undefined : nearestKey(key, known))));
  if (guesses.has(name) || (isGift && guesses.has('group'))) return undefined;
  const at = stop.alias === undefined ? tree.span(stop.node) : tree.span(stop.alias);
  if (name === 'version') {
    return errorAt(at, 'E009', 'the file has no `version`', { help: 'start the file with `version: 1`' });
  }
  if (isGift) {
    const help = 'write what the user gets: `seat: Full`, or `group:` with the name of a group';
    return errorAt(at, 'E015', 'a grant has neither "seat" nor "group"', { label: 'one of the two is required here', help });
  }
  const help = examples[name];
  return errorAt(at, 'E015', `${holderOf(stop)} has no ${quoted(name)}`, {
    label: `"${name}" is required here`,
    ...(help === undefined ? {} : { help }),
  });
}

/** The fault of a key that cannot stand beside the `group` of a grant. */
export function unwelcomeFault(stop: Stop, tree: Tree): Diagnostic {
  const at = tree.span(stop.alias ?? stop.key ?? stop.node);
  if (stop.path.at(-1) === 'then') {
    return errorAt(at, 'E010', 'a grant with `group` cannot have `then`', {
      label: '`then` goes with `seat`',
      help: 'remove it: when the grant ends, the membership ends',
    });
  }
  return errorAt(at, 'E010', 'a grant gives a seat or a group, not both', {
    label: 'beside `group`',
    help: 'remove one of the two, or write two grants',
  });
}

function knownKeys(error: DefinedError): readonly string[] {
  const { properties } = (error.parentSchema ?? {}) as { properties?: object };
  return Object.keys(properties ?? {});
}
