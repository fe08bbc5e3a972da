import { distance } from 'fastest-levenshtein';

/** The candidate that somebody who wrote `text` most likely meant, or undefined if none is near. */
export function nearest(text: string, candidates: readonly string[], limit = Math.max(1, Math.floor(text.length / 3))): string | undefined {
  if (text.length > 40) return undefined;
  const lower = text.toLowerCase();
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    const steps = distance(lower, candidate.toLowerCase());
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/** What a seat was called elsewhere, or is called in everyday speech. */
const otherSeatNames: Readonly<Record<string, string>> = {
  editor: 'Full',
  design: 'Full',
  developer: 'Dev',
  collaborator: 'Collab',
  figjam: 'Collab',
  viewer: 'View',
  'view-restricted': 'View',
};

/** The seat that somebody most likely meant, by another name of it or by spelling: there are so few that a distant likeness will do. */
export function nearestSeat(text: string, seats: readonly string[]): string | undefined {
  return (
    (Object.hasOwn(otherSeatNames, text.toLowerCase()) ? otherSeatNames[text.toLowerCase()] : undefined) ??
    nearest(text, seats, text.length - 1)
  );
}

/** What a key is called in other tools, and in everyday speech. */
const otherKeyNames: Readonly<Record<string, readonly string[]>> = {
  email: ['userName', 'user'],
  mail: ['userName', 'user'],
  login: ['userName', 'user'],
  username: ['user'],
  githublogin: ['github'],
  githubname: ['github'],
  githubuser: ['github'],
  githubusername: ['github'],
  member: ['user'],
  admin: ['figmaAdmin'],
  role: ['seat'],
  roles: ['seat'],
  seattype: ['seat'],
  name: ['displayName'],
  firstname: ['name'],
  lastname: ['name'],
  givenname: ['name'],
  familyname: ['name'],
  rule: ['membersWhere'],
  match: ['where'],
  when: ['where'],
  end: ['until'],
  ends: ['until'],
  expires: ['until'],
  to: ['until'],
  start: ['from'],
  since: ['from'],
  comment: ['reason'],
  total: ['purchased'],
  count: ['purchased'],
  price: ['monthlyPrice'],
  pools: ['seats'],
};

/** The key that somebody most likely meant, by spelling or by what other tools call it. */
export function nearestKey(text: string, keys: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  const others = Object.hasOwn(otherKeyNames, lower) ? (otherKeyNames[lower] ?? []) : [];
  return nearest(text, keys) ?? others.find((key) => keys.includes(key));
}

/** What the choices of `unmanaged` are called elsewhere. */
const otherChoiceNames: Readonly<Record<string, readonly string[]>> = {
  delete: ['deactivate'],
  remove: ['deactivate', 'delete'],
  deactivate: ['delete'],
  suspend: ['deactivate'],
  disable: ['deactivate'],
  prune: ['deactivate', 'delete'],
  warn: ['report'],
  list: ['report'],
  keep: ['report'],
  none: ['ignore'],
  no: ['ignore'],
  skip: ['ignore'],
};

/** The choice that somebody most likely meant. */
export function nearestChoice(text: string, choices: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  const others = Object.hasOwn(otherChoiceNames, lower) ? (otherChoiceNames[lower] ?? []) : [];
  return nearest(text, choices) ?? others.find((choice) => choices.includes(choice));
}

const mostComparisons = 1_000_000;

/** Suggests names among names that may be many; so that it never takes long, nothing is suggested any more after a million comparisons. */
export class Suggestions {
  readonly #names: readonly string[];
  readonly #known = new Map<string, string | undefined>();
  #comparisons = 0;

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** The name that was most likely meant; undefined if none is near. */
  of(text: string): string | undefined {
    if (this.#known.has(text) || this.#comparisons + this.#names.length > mostComparisons) return this.#known.get(text);
    this.#comparisons += this.#names.length;
    const guess = nearest(text, this.#names, Math.min(3, Math.max(1, Math.floor(text.length / 3))));
    this.#known.set(text, guess);
    return guess;
  }
}
