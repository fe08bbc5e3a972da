import type { Declaration, GroupEntry, UserEntry, Written } from '../model/declaration.ts';
import type { Code } from '../model/codes.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { groupNameOf, userNameOf } from '../model/directory.ts';
import { errorAt, quoted } from './report.ts';

interface Named {
  readonly name: Written<string>;
  readonly previously: readonly Written<string>[];
}

/** What is wrong between entries, within a file and across files: names that stand twice and names that are both present and past. */
export function crossCheck(declaration: Pick<Declaration, 'users' | 'groups'>): readonly Diagnostic[] {
  const users = declaration.users.map(({ userName, previously }: UserEntry) => ({ name: userName, previously }));
  const groups = declaration.groups.map(({ displayName, previously }: GroupEntry) => ({ name: displayName, previously }));
  return [
    ...namesOf(users, userNameOf, 'user', 'E020'),
    ...namesOf(groups, groupNameOf, 'group', 'E021'),
    ...declaration.groups.flatMap((group) => membersTwice(group)),
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

/** An error at the second of two places that names the first too. */
export function twice(at: Span, first: Span, code: Code, message: string, label: string, firstLabel: string): Diagnostic {
  return errorAt(at, code, message, { label, help: 'keep one of the two', also: [{ at: first, message: firstLabel }] });
}
