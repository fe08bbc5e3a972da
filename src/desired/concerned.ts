/**
 * The part of a declaration that grants concern. Nothing else changes by itself, and what a day changes for somebody depends on nobody else:
 * so a day is resolved for those alone whose grants start or end with it, however large the organization is.
 */
import type { Declaration, GrantEntry, GroupEntry, UserEntry, Written } from '../model/declaration.ts';
import { groupNameOf, userNameOf, type GroupName, type UserName } from '../model/directory.ts';
import { presentNames, type PresentNames } from './grants.ts';

/** A grant with the present name of whom it is for. */
interface OwnGrant {
  readonly user: UserName;
  readonly grant: GrantEntry;
}

/** A group with its members whom grants concern, by present name. `isRuled`: its rule looks at the seat, so that a grant of one may change it. */
interface ConcernedGroup {
  readonly entry: GroupEntry;
  readonly name: GroupName;
  readonly isRuled: boolean;
  readonly listed: ReadonlyMap<UserName, Written<string>>;
}

export class Concerned {
  /** In the order of the files. */
  readonly grants: readonly OwnGrant[];
  readonly #declaration: Declaration;
  readonly #present: PresentNames;
  readonly #users = new Map<UserName, { readonly entry: UserEntry; readonly grants: GrantEntry[] }>();
  readonly #groups: readonly ConcernedGroup[];

  constructor(declaration: Declaration) {
    this.#declaration = declaration;
    this.#present = presentNames(declaration);
    this.grants = declaration.grants.map((grant) => ({ user: this.#userName(grant.user.value), grant }));
    const granted = new Set(this.grants.map(({ user }) => user));
    for (const entry of declaration.users) {
      const name = userNameOf(entry.userName.value);
      if (granted.has(name)) this.#users.set(name, { entry, grants: [] });
    }
    for (const { user, grant } of this.grants) this.#users.get(user)?.grants.push(grant);
    this.#groups = this.#concernedGroups();
  }

  /** The declaration of these users alone, of the groups that a grant gives them, and of those whose rule looks at the seat. */
  only(names: ReadonlySet<UserName>): Declaration {
    const own = [...this.#users].filter(([name]) => names.has(name));
    const grants = own.flatMap(([, user]) => user.grants);
    const given = new Set(grants.flatMap((grant) => this.#lentBy(grant)));
    const groups = this.#groups.filter(({ name, isRuled }) => isRuled || given.has(name)).map((group) => reduced(group, names));
    return { ...this.#declaration, users: own.map(([, { entry }]) => entry), groups, grants };
  }

  #concernedGroups(): readonly ConcernedGroup[] {
    const lent = new Set(this.grants.flatMap(({ grant }) => this.#lentBy(grant)));
    return this.#declaration.groups.flatMap((entry): ConcernedGroup[] => {
      const name = groupNameOf(entry.displayName.value);
      const isRuled = entry.membersWhere?.value.has('seat') === true;
      if (!isRuled && !lent.has(name)) return [];
      const listed = (entry.members?.list ?? []).map((member) => [this.#userName(member.value), member] as const);
      return [{ entry, name, isRuled, listed: new Map(listed.filter(([user]) => this.#users.has(user))) }];
    });
  }

  #userName(name: string): UserName {
    return userNameOf(this.#present.users.get(userNameOf(name)) ?? name);
  }

  #lentBy({ gives }: GrantEntry): readonly GroupName[] {
    return 'group' in gives ? [groupNameOf(this.#present.groups.get(groupNameOf(gives.group.value)) ?? gives.group.value)] : [];
  }
}

/** The entry of a group with these of its listed members alone. */
function reduced({ entry, listed }: ConcernedGroup, names: ReadonlySet<UserName>): GroupEntry {
  if (!entry.members) return entry;
  return { ...entry, members: { at: entry.members.at, list: [...names].flatMap((name) => listed.get(name) ?? []) } };
}
