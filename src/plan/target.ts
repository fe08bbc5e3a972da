import type { Desired } from '../model/desired.ts';
import { groupNameOf, userNameOf } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Edit, Kind, Operation, OperationId } from '../model/operation.ts';
import type { GroupMatching, UserMatching } from './match.ts';
import { partOf } from './part.ts';

/** What a plan was asked to be about, by a present or a former name. */
export interface Target {
  readonly kind: Kind;
  readonly name: string;
}

/** The names under which operations know the targets, in comparable form, and the targets that nobody knows. */
export interface Targets {
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly unknown: readonly Target[];
}

export function targetsOf(targets: readonly Target[], users: UserMatching, groups: GroupMatching, live: Live): Targets {
  const found = { users: new Set<string>(), groups: new Set<string>(), unknown: [] as Target[] };
  const presentUsers = presentNames(users);
  const presentGroups = presentNames(groups);
  for (const target of targets) {
    const isUser = target.kind === 'user';
    const name = isUser ? userNameOf(target.name) : groupNameOf(target.name);
    const present = (isUser ? presentUsers : presentGroups).get(name) ?? name;
    const isLive = isUser
      ? live.users.has(userNameOf(name)) || live.ambiguous.users.has(userNameOf(name))
      : live.groups.has(groupNameOf(name)) || live.ambiguous.groups.has(groupNameOf(name));
    if (isLive || (isUser ? presentUsers : presentGroups).has(name)) (isUser ? found.users : found.groups).add(present);
    else found.unknown.push(target);
  }
  return found;
}

/** Every name that a target of this kind could have, for a suggestion. */
export function targetNames(kind: Kind, { users, groups }: Desired, live: Live): readonly string[] {
  return kind === 'user'
    ? [...[...users.values()].map(({ userName }) => userName), ...[...live.users.values()].map(({ attributes }) => attributes.userName)]
    : [...[...groups.values()].map(({ displayName }) => displayName), ...live.groups.keys()];
}

/** Declared and claimed names → the name of the entry. */
function presentNames(matching: UserMatching | GroupMatching): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { key, desired } of [...matching.pairs, ...matching.ambiguous]) {
    names.set(key, key);
    for (const former of desired.previously) names.set(former, key);
  }
  return names;
}

/**
 * What targets and all that they need are of the operations: a user's own operation and memberships, a group's operations and the creations
 * of its members, and whatever these need in turn.
 */
export function selectTargets(operations: readonly Operation[], targets: Targets): readonly Operation[] {
  const chosen = new Map<OperationId, readonly Edit[]>();
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  for (const operation of operations) {
    const edits = editsFor(operation, targets);
    if (edits.length > 0) chosen.set(operation.id, edits);
  }
  const open = [...chosen].flatMap(([id, edits]) => needsOf(byId.get(id), edits));
  for (let need = open.pop(); need !== undefined; need = open.pop()) {
    const operation = byId.get(need);
    if (!operation || chosen.has(need)) continue;
    chosen.set(need, operation.edits);
    open.push(...needsOf(operation, operation.edits));
  }
  return operations.flatMap((operation) => {
    const edits = chosen.get(operation.id);
    return edits ? [partOf(operation, edits)] : [];
  });
}

/** The edits of an operation that its targets ask for; a group that is to have a member has to be created first. */
function editsFor({ kind, name, edits, action }: Operation, { users, groups }: Targets): readonly Edit[] {
  if (kind === 'user') return users.has(userNameOf(name)) ? edits : [];
  if (groups.has(groupNameOf(name))) return edits;
  const isTheirs = ({ attribute, before, after }: Edit) => attribute === 'member' && users.has(userNameOf(String(after ?? before)));
  if (!edits.some(isTheirs)) return [];
  return edits.filter((edit) => isTheirs(edit) || (action === 'create' && edit.attribute !== 'member'));
}

function needsOf(operation: Operation | undefined, edits: readonly Edit[]): readonly OperationId[] {
  return [...(operation?.needs ?? []), ...edits.flatMap(({ needs }) => needs ?? [])];
}
