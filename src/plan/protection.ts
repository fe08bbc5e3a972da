import type { Diagnostic } from '../model/diagnostic.ts';
import type { UserName } from '../model/directory.ts';
import { matchesAny, matchesGlob } from '../model/glob.ts';
import type { Live } from '../model/live.ts';
import type { UserMatching } from './match.ts';

/** Says whether a user is protected, by any name that the person has or had. */
export type Protection = (name: UserName) => boolean;

/** A warning for each pattern that nobody matches, declared or live: a slip there would protect nobody. */
export function idlePatterns(patterns: readonly string[], users: UserMatching, live: Live): readonly Diagnostic[] {
  const declared = [...users.pairs, ...users.ambiguous];
  const former = declared.flatMap(({ desired }) => desired.previously);
  const names = [...declared.map(({ key }) => key), ...former, ...live.users.keys(), ...live.ambiguous.users.keys()];
  return patterns
    .filter((pattern) => !names.some((name) => matchesGlob(pattern, name)))
    .map((pattern) => ({
      severity: 'warning',
      code: 'W010',
      message: `protected: "${pattern}" matches no declared or live user, so it protects nobody`,
      help: 'correct the address, or remove the pattern',
    }));
}

/**
 * The patterns, and the present name of everybody whom they match by a former one: who was protected stays so under another address, before and
 * after the rename.
 */
export function protectedPatterns(patterns: readonly string[], users: UserMatching): readonly string[] {
  const renamed = [...users.pairs, ...users.ambiguous].filter(
    ({ key, desired }) => !matchesAny(patterns, key) && desired.previously.some((name) => matchesAny(patterns, name)),
  );
  return [...patterns, ...renamed.map(({ key }) => key)];
}

/** Protection by `protectedPatterns`. */
export function protectionOf(patterns: readonly string[]): Protection {
  return (name) => matchesAny(patterns, name);
}
