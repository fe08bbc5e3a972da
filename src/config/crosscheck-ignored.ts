import type { GroupEntry, OrganizationEntry, UserEntry, Written } from '../model/declaration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { groupNameOf, userNameOf } from '../model/directory.ts';
import { Patterns, isGlob } from './patterns.ts';
import { errorAt, quoted } from './report.ts';

interface Declared {
  readonly users: readonly UserEntry[];
  readonly groups: readonly GroupEntry[];
}

/** Names that are declared, listed or protected, and ignored too. */
export function ignoredFaults({ users, groups }: Declared, organization: OrganizationEntry): readonly Diagnostic[] {
  const ignoredUsers = new Patterns(organization.ignore?.users ?? [], userNameOf);
  const ignoredGroups = new Patterns(organization.ignore?.groups ?? [], groupNameOf);
  const found: Diagnostic[] = [];
  const check = (name: Written<string>, patterns: Patterns, what: string, help: string): void => {
    const pattern = patterns.match(name.value);
    if (pattern) found.push(ignored(name, pattern, `${what} ${quoted(name.value)} is ignored`, help));
  };
  const previous = 'remove the previous name, or narrow the pattern';
  if (!ignoredUsers.isEmpty) {
    for (const { userName, previously } of users) {
      check(userName, ignoredUsers, 'the declared user', 'remove the entry, or narrow the pattern');
      for (const name of previously) check(name, ignoredUsers, 'the previous name', previous);
    }
    for (const { members } of groups) {
      for (const name of members?.list ?? []) check(name, ignoredUsers, 'the member', 'remove the member, or narrow the pattern');
    }
  }
  if (!ignoredGroups.isEmpty) {
    for (const { displayName, previously } of groups) {
      check(displayName, ignoredGroups, 'the declared group', 'remove the entry, or narrow the pattern');
      for (const name of previously) check(name, ignoredGroups, 'the previous name', previous);
    }
  }
  return [...found, ...protectedFaults(organization.protected ?? [], organization.ignore?.users ?? [], ignoredUsers)];
}

function ignored(name: Written<string>, pattern: Written<string>, message: string, help: string): Diagnostic {
  const also = [{ at: pattern.at, message: 'by this pattern' }];
  return errorAt(name.at, 'E038', message, { label: `matches ${quoted(pattern.value)} under \`ignore\``, help, also });
}

/** Patterns that stand in both lists, and names in one that a pattern of the other matches. */
function protectedFaults(guarded: readonly Written<string>[], ignoring: readonly Written<string>[], ignoredUsers: Patterns): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const one of guarded) {
    const pattern = ignoredUsers.covering(one.value);
    if (pattern) found.push(protectedAndIgnored(one, pattern, one.value));
  }
  const guardedGlobs = new Patterns(
    guarded.filter(({ value }) => isGlob(value)),
    userNameOf,
  );
  for (const one of ignoring) {
    const pattern = isGlob(one.value) ? undefined : guardedGlobs.match(one.value);
    if (pattern) found.push(protectedAndIgnored(pattern, one, one.value));
  }
  return found;
}

function protectedAndIgnored(guarded: Written<string>, ignoring: Written<string>, name: string): Diagnostic {
  return errorAt(guarded.at, 'E039', `${quoted(name)} is both protected and ignored`, {
    label: 'protected here',
    help: 'keep it in one of the two lists: what is ignored is never written anyway',
    also: [{ at: ignoring.at, message: 'ignored here' }],
  });
}
