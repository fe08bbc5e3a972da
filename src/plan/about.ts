import type { Desired } from '../model/desired.ts';
import { groupNameOf, userNameOf, type GroupName, type UserName } from '../model/directory.ts';
import type { Operation } from '../model/operation.ts';
import type { GroupMatching, UserMatching } from './match.ts';

/** Whom and what a part of a plan is about, by the names of their entries: doubts and gaps elsewhere are not its business. */
export interface About {
  readonly users: ReadonlySet<UserName>;
  readonly groups: ReadonlySet<GroupName>;
}

export const nobody: About = { users: new Set(), groups: new Set() };

/** Whom the ends of grants concern. */
export function aboutExpiries({ users, groups }: Desired): About {
  const ended = [...groups].filter(([, group]) => group.ended.size > 0);
  return {
    users: new Set([
      ...[...users].filter(([, user]) => user.ended.length > 0).map(([key]) => key),
      ...ended.flatMap(([, group]) => [...group.ended.keys()]),
    ]),
    groups: new Set(ended.map(([key]) => key)),
  };
}

/** The same, and all that the operations touch. */
export function withOperations({ users, groups }: About, operations: readonly Operation[]): About {
  const named = (kind: Operation['kind']) => operations.filter((one) => one.kind === kind).map(({ name }) => name);
  return { users: new Set([...users, ...named('user').map(userNameOf)]), groups: new Set([...groups, ...named('group').map(groupNameOf)]) };
}

/** The entries that a part is about; all of them where the plan is whole. */
export function narrowed<M extends UserMatching | GroupMatching>(matching: M, names: ReadonlySet<string> | undefined): M {
  if (names === undefined) return matching;
  const isMeant = ({ key }: { readonly key: string }) => names.has(key);
  return { ...matching, pairs: matching.pairs.filter(isMeant), ambiguous: matching.ambiguous.filter(isMeant) };
}
