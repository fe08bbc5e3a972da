import { distance } from 'fastest-levenshtein';

/** The candidate that somebody who wrote `text` most likely meant, or undefined if none is near. */
function nearest(text: string, candidates: readonly string[], limit = Math.max(1, Math.floor(text.length / 3))): string | undefined {
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
  return otherSeatNames[text.toLowerCase()] ?? nearest(text, seats, text.length - 1);
}

/** What a key of a user or a group is called in other tools. */
const otherKeyNames: Readonly<Record<string, string>> = {
  email: 'userName',
  mail: 'userName',
  login: 'userName',
  admin: 'figmaAdmin',
  role: 'seat',
  roles: 'seat',
  seattype: 'seat',
  name: 'displayName',
  firstname: 'name',
  lastname: 'name',
  givenname: 'name',
  familyname: 'name',
};

/** The key that somebody most likely meant, by spelling or by what other tools call it. */
export function nearestKey(text: string, keys: readonly string[]): string | undefined {
  const other = otherKeyNames[text.toLowerCase()];
  return nearest(text, keys) ?? (other !== undefined && keys.includes(other) ? other : undefined);
}
