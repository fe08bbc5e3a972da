import { groupNameOf, userNameOf } from '../model/directory.ts';
import { matchesGlob } from '../model/glob.ts';
import type { Live } from '../model/live.ts';
import { textUnfitness, unfitness } from './fitness.ts';
import { scalar } from './scalar.ts';

/** The longest pattern that a configuration can hold. */
const longestPattern = 255;

/** Names of live objects that a configuration cannot declare, as the patterns that leave them alone. */
export interface Ignored {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** What import has to put under `ignore`: active users and groups that cannot be declared, unless the pattern would take others along. */
export function ignoredOf({ users, groups }: Live): Ignored {
  const active = [...users].filter(([, { attributes }]) => attributes.active);
  const named = (fit: boolean) => active.filter(([, { attributes }]) => (unfitness('userName', attributes.userName) === undefined) === fit);
  const titled = (fit: boolean) => [...groups].filter(([name]) => isDeclarable(name) === fit);
  return {
    users: patternsOf(named(false), named(true), userNameOf),
    groups: patternsOf(titled(false), titled(true), groupNameOf),
  };
}

/** The `ignore` key as lines below `organization:`; none where nothing has to be ignored. */
export function ignoreLines({ users, groups }: Ignored): readonly string[] {
  if (users.length + groups.length === 0) return [];
  return ['  ignore:   # what cannot be declared: never drift, never written', ...listOf('users', users), ...listOf('groups', groups)];
}

function listOf(key: string, patterns: readonly string[]): readonly string[] {
  return patterns.length === 0 ? [] : [`    ${key}:`, ...patterns.map((pattern) => `      - ${scalar(pattern)}`)];
}

function isDeclarable(name: string): boolean {
  return name !== '' && textUnfitness(name, 255) === undefined;
}

function patternsOf(
  unfit: readonly (readonly [string, unknown])[],
  fit: readonly (readonly [string, unknown])[],
  comparable: (pattern: string) => string,
): readonly string[] {
  const patterns = new Set(unfit.map(([name]) => patternOf(name)));
  return [...patterns].filter((pattern) => /[^*?]/.test(pattern) && !fit.some(([name]) => matchesGlob(comparable(pattern), name))).sort();
}

/** A pattern for a name: a sign that cannot be written stands as `?`, a name that is too long is cut. */
function patternOf(name: string): string {
  const signs = Array.from(name, (sign) => (textUnfitness(sign, 1) === undefined ? sign : '?'));
  return signs.length > longestPattern ? `${signs.slice(0, longestPattern - 1).join('')}*` : signs.join('');
}
