import type { Diagnostic } from '../model/diagnostic.ts';
import type { UserName } from '../model/directory.ts';
import { matchesAny, matchesGlob } from '../model/glob.ts';
import type { Live } from '../model/live.ts';
import type { UserMatching } from './match.ts';

/** Says whether a user is protected, by any name that the person has or had. */
export type Protection = (name: UserName) => boolean;

/** A warning for each pattern that nobody matches, declared or live: a slip there would protect nobody. */
export function idlePatterns(patterns: readonly string[], users: UserMatching, live: Live): readonly Diagnostic[] {
  const names = [...[...users.pairs, ...users.ambiguous].flatMap(({ key, desired }) => [key, ...desired.previously]), ...live.users.keys()];
  return patterns
    .filter(
      (pattern) =>
        !names.some((name) => matchesGlob(pattern, name)) && ![...live.ambiguous.users.keys()].some((name) => matchesGlob(pattern, name)),
    )
    .map((pattern) => ({
      severity: 'warning',
      code: 'W010',
      message: `protected: "${pattern}" matches no declared or live user, so it protects nobody`,
      help: 'correct the address, or remove the pattern',
    }));
}

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
