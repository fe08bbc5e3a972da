import type { Code } from '../model/codes.ts';
import type { BudgetEntry, GroupEntry, UserEntry, Written } from '../model/declaration.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { groupNameOf, userNameOf } from '../model/directory.ts';
import { errorAt, quoted, twice } from './report.ts';

interface Named {
  readonly name: Written<string>;
  readonly previously: readonly Written<string>[];
}

/** Names that stand twice, and names that are both present and past. */
export function nameFaults(users: readonly UserEntry[], groups: readonly GroupEntry[]): readonly Diagnostic[] {
  const userNames = users.map(({ userName, previously }) => ({ name: userName, previously }));
  const groupNames = groups.map(({ displayName, previously }) => ({ name: displayName, previously }));
  return [
    ...namesOf(userNames, userNameOf, 'user', 'E020'),
    ...namesOf(groupNames, groupNameOf, 'group', 'E021'),
    ...groups.flatMap((group) => membersTwice(group)),
  ];
}

function namesOf(entries: readonly Named[], comparable: (name: string) => string, kind: string, code: Code): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const declared = new Map<string, Span>();
  for (const { name } of entries) {
    const first = declared.get(comparable(name.value));
    if (!first) declared.set(comparable(name.value), name.at);
    else found.push(twice(name.at, first, code, `the ${kind} ${quoted(name.value)} is declared twice`, 'declared again', 'declared first'));
  }
  const claimed = new Map<string, { readonly at: Span; readonly by: Named }>();
  for (const entry of entries) {
    for (const former of entry.previously) {
      const key = comparable(former.value);
      const present = declared.get(key);
      if (present) found.push(presentAndPast(former, present, key === comparable(entry.name.value), kind));
      const claim = claimed.get(key);
      if (!claim) claimed.set(key, { at: former.at, by: entry });
      else {
        const message =
          claim.by === entry
            ? `the previous name ${quoted(former.value)} is listed twice`
            : `the previous name ${quoted(former.value)} is claimed by two ${kind}s`;
        found.push(twice(former.at, claim.at, 'E025', message, 'claimed again', 'claimed first'));
      }
    }
  }
  return found;
}

function presentAndPast(former: Written<string>, present: Span, isOwn: boolean, kind: string): Diagnostic {
  const message = isOwn
    ? `${quoted(former.value)} is the ${kind}’s present name, not a previous one`
    : `${quoted(former.value)} is both a declared ${kind} and a previous name`;
  return errorAt(former.at, 'E024', message, {
    label: 'listed as previous',
    help: isOwn ? 'remove it from `previously`' : 'remove one of the two',
    also: [{ at: present, message: 'declared here' }],
  });
}

function membersTwice(group: GroupEntry): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const listed = new Map<string, Span>();
  for (const member of group.members?.list ?? []) {
    const key = userNameOf(member.value);
    const first = listed.get(key);
    if (!first) listed.set(key, member.at);
    else
      found.push(twice(member.at, first, 'E026', `${quoted(member.value)} is listed twice in this group`, 'listed again', 'listed first'));
  }
  return found;
}

/** Budgets of one name. */
export function budgetFaults(budgets: readonly BudgetEntry[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const named = new Map<string, Span>();
  for (const { name, at } of budgets) {
    const key = name.normalize('NFC');
    const first = named.get(key);
    if (!first) named.set(key, at);
    else {
      const also = [{ at: first, message: 'named first' }];
      const help = 'give each budget a name of its own';
      found.push(errorAt(at, 'E041', `two budgets are named ${quoted(name)}`, { label: 'named again', help, also }));
    }
  }
  return found;
}
