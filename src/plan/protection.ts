import type { UserName } from '../model/directory.ts';
import { matchesAny } from '../model/glob.ts';
import type { UserMatching } from './match.ts';

/** Says whether a user is protected, by any name that the person has or had. */
export type Protection = (name: UserName) => boolean;

/** `names` that an entry claims are protected with it: by the present name, the live one and the former ones. */
export function protectionOf(patterns: readonly string[], users: UserMatching): Protection {
  if (patterns.length === 0) return () => false;
  const guarded = new Set<UserName>();
  for (const { key, desired, live } of [...users.pairs, ...users.ambiguous]) {
    const names = [key, ...desired.previously];
    if (!names.some((name) => matchesAny(patterns, name))) continue;
    for (const name of names) guarded.add(name);
    if (live) guarded.add(key);
  }
  return (name) => guarded.has(name) || matchesAny(patterns, name);
}
