/**
 * Live → the files that people would have written by hand. A plan right after is empty, so nothing is written that would change anything:
 * only active users, only attributes that are live, and no form that removes. What cannot be written is told in a comment.
 */
import type { SourceFile } from '../model/declaration.ts';
import type { UserName } from '../model/directory.ts';
import type { Live, LiveUser } from '../model/live.ts';
import { departmentFile } from './department.ts';
import { isTenantId } from './fitness.ts';
import { groupEntry } from './group-entry.ts';
import { ignoredOf, ignoreLines, type Ignored } from './ignore.ts';
import { comment, scalar } from './scalar.ts';
import { isNameable, repeated, userEntry } from './user-entry.ts';

/** Up to so many active users stand in one file. */
const fewUsers = 50;

/** How a file begins, by its path: `modeline` gives a whole comment line, such as `# yaml-language-server: $schema=…`. */
export interface ImportOptions {
  readonly modeline: (path: string) => string;
  /** Whether another file declares `organization` already; what belongs there is then told in a comment. */
  readonly hasOrganization?: boolean;
}

/** The files for a live organization, by paths relative to the configuration's directory, sorted by path. */
export function importFiles(live: Live, { modeline, hasOrganization = false }: ImportOptions): readonly SourceFile[] {
  const active = [...live.users].filter(([, { attributes }]) => attributes.active).sort(byKey);
  const users = active.map(([, user]) => user);
  const file = (path: string, ...sections: readonly (readonly string[])[]): SourceFile => ({
    path,
    text: `${[modeline(path), 'version: 1', ...sections.flat()].join('\n')}\n`,
  });
  const ignored = ignoredOf(live);
  const groups = groupLines(live, ignored);
  const groupFiles = groups.length === 0 ? [] : [file('groups.yaml', groups)];
  const organization = organizationLines(live.tenant, ignored);
  const whole = [...(hasOrganization ? asRemarks(ignored) : organization), ...remarks(live)];
  if (users.length <= fewUsers) return [...groupFiles, file('users.yaml', whole, userLines(users))];
  const files = [...byFile(users)].map(([path, some]) => file(path, userLines(some)));
  const wholeFiles = hasOrganization && whole.length === 0 ? [] : [file(hasOrganization ? 'not-listed.yaml' : 'organization.yaml', whole)];
  return [...groupFiles, ...wholeFiles, ...files].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function organizationLines(tenant: string, ignored: Ignored): readonly string[] {
  const keys = [...(isTenantId(tenant) ? [`  tenantId: ${scalar(tenant)}`] : []), ...ignoreLines(ignored)];
  return keys.length === 0 ? [] : ['organization:', ...keys];
}

function asRemarks(ignored: Ignored): readonly string[] {
  const lines = ignoreLines(ignored);
  return lines.length === 0 ? [] : [comment('add to the organization:'), ...lines.map((line) => comment(line))];
}

/** What is live and not listed. */
function remarks({ users, ambiguous }: Live): readonly string[] {
  const inactive = [...users.values()].filter(({ attributes }) => !attributes.active).length;
  const shared = [...ambiguous.users.values()].map(
    (same) => `${same.length} users share the userName ${repeated(same[0]?.attributes.userName ?? '')}`,
  );
  return [
    ...(inactive > 0 ? [comment(`not listed: ${inactive} deactivated ${inactive === 1 ? 'user' : 'users'}`)] : []),
    ...shared.map((text) => comment(`not listed: ${text}`)),
  ];
}

function userLines(users: readonly LiveUser[]): readonly string[] {
  const entries = users.flatMap(userEntry);
  return users.some(isNameable) ? ['users:', ...entries] : entries;
}

function groupLines({ groups, users, ambiguous }: Live, ignored: Ignored): readonly string[] {
  const entries = [...groups].sort(byKey).flatMap(([, group]) => groupEntry(group, users, ignored.users));
  const shared = [...ambiguous.groups].map(([name, same]) =>
    comment(`not listed: ${same.length} groups share the name ${repeated(name)}`, 2),
  );
  const lines = [...entries, ...shared];
  return entries.some((line) => !line.trimStart().startsWith('#')) ? ['groups:', ...lines] : lines;
}

function byFile(users: readonly LiveUser[]): ReadonlyMap<string, readonly LiveUser[]> {
  const files = new Map<string, LiveUser[]>();
  for (const user of users) {
    const path = departmentFile(user.attributes.department);
    const known = files.get(path);
    if (known) known.push(user);
    else files.set(path, [user]);
  }
  return files;
}

function byKey([one]: readonly [UserName | string, unknown], [other]: readonly [UserName | string, unknown]): number {
  return one < other ? -1 : 1;
}
