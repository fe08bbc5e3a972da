import { groupNameOf, userNameOf, type User } from '../../../src/model/directory.ts';
import type { Cause } from '../../../src/model/desired.ts';
import type { Live, LiveUser } from '../../../src/model/live.ts';
import type { Basis } from '../../../src/model/basis.ts';
import type { Edit, Operation } from '../../../src/model/operation.ts';
import type { Verdict } from '../../../src/model/plan.ts';
import { defaultLimits } from '../../../src/model/policy.ts';
import type { Situation } from '../../../src/plan/guards/guard.ts';
import { judge } from '../../../src/plan/guards/guards.ts';

/** A basis in which nothing is forbidden beyond the default limits, for an organization of a hundred users. */
export const calm: Basis = {
  limits: defaultLimits,
  minAdmins: 2,
  protected: [],
  pools: {},
  budgets: [],
  population: { users: 100, paid: 50, memberships: 200, groups: 20 },
  declared: { users: 100, missing: 0 },
  doubts: [],
  undeclaredMembers: [],
  onlyExpired: false,
};

export interface Scene {
  readonly people?: Readonly<Record<string, Partial<User>>>;
  /** People who share the name under which they stand. */
  readonly doubles?: Readonly<Record<string, readonly Partial<User>[]>>;
  readonly groups?: Readonly<Record<string, { readonly members?: readonly string[]; readonly strangers?: number }>>;
  readonly operations?: readonly Operation[];
  readonly basis?: Partial<Basis>;
}

/** A situation in which everything agrees but what the scene says. */
export function situationOf({ operations = [], basis = {}, ...live }: Scene): Omit<Situation, 'counted'> {
  return { operations, live: liveOf(live), basis: { ...calm, ...basis } };
}

/** The verdict of one guard, as `judge` gives it. */
export function verdictOf(guard: string, scene: Scene): Verdict {
  const found = judge(situationOf(scene)).find((verdict) => verdict.guard === guard);
  if (!found) throw new Error(`no guard ${guard}`);
  return found;
}

/** A verdict in one line: `block 6 of 5`. */
export function inShort({ outcome, count, limit }: Verdict): string {
  return `${outcome} ${count}${limit === undefined ? '' : ` of ${limit}`}`;
}

export function liveOf({ people = {}, doubles = {}, groups = {} }: Omit<Scene, 'operations' | 'basis'>): Live {
  return {
    tenant: '1',
    users: new Map(Object.entries(people).map(([name, user]) => [userNameOf(name), liveUser(name, `id-${name}`, user)])),
    groups: new Map(
      Object.entries(groups).map(([displayName, { members = [], strangers = 0 }]) => [
        groupNameOf(displayName),
        { ref: { id: `id-${displayName}` }, attributes: { displayName }, members: new Set(members.map(userNameOf)), strangers },
      ]),
    ),
    ambiguous: {
      users: new Map(
        Object.entries(doubles).map(([name, users]) => [
          userNameOf(name),
          users.map((user, index) => liveUser(name, `id-${name}-${index}`, user)),
        ]),
      ),
      groups: new Map(),
    },
    requests: 1,
    diagnostics: [],
  };
}

function liveUser(userName: string, id: string, user: Partial<User>): LiveUser {
  return { ref: { id }, attributes: { userName, active: true, ...user } };
}

/** `[before, after]` of each attribute. */
export type Changes = Readonly<Record<string, readonly [Edit['before'], Edit['after']]>>;

export function create(name: string, attributes: Partial<User> = {}): Operation {
  const { seat } = attributes;
  const changes = Object.fromEntries(
    Object.entries({ userName: name, ...attributes }).map(([key, value]) => [key, [undefined, value]] as const),
  );
  const edits = editsOf(changes);
  return {
    id: `create user ${name}`,
    action: 'create',
    kind: 'user',
    name,
    edits,
    needs: [],
    seat: seat === undefined ? {} : { after: seat },
  };
}

/** A change of a live user; `was` is the present name of somebody who is renamed, `seat` the seat of somebody who keeps one. */
export function change(
  name: string,
  changes: Changes,
  { was, via, seat }: { was?: string; via?: Cause['via']; seat?: string } = {},
): Operation {
  const [before, after] = changes['seat'] ?? [seat, seat];
  return {
    id: `put user ${name}`,
    action: 'put',
    kind: 'user',
    name,
    ...(was !== undefined && { was }),
    ref: { id: `id-${was ?? name}` },
    edits: editsOf({ ...(was !== undefined && { userName: [was, name] as const }), ...changes }, via),
    needs: [],
    seat: { ...(before !== undefined && { before: String(before) }), ...(after !== undefined && { after: String(after) }) },
  };
}

export function leave(name: string, { seat, was }: { seat?: string; was?: string } = {}): Operation {
  return {
    id: `deactivate user ${name}`,
    action: 'deactivate',
    kind: 'user',
    name,
    ...(was !== undefined && { was }),
    ref: { id: `id-${was ?? name}` },
    edits: editsOf({ active: [true, false] }),
    needs: [],
    seat: seat === undefined ? {} : { before: seat },
  };
}

export function team(
  name: string,
  { add = [], remove = [], via }: { add?: readonly string[]; remove?: readonly string[]; via?: Cause['via'] },
): Operation {
  const cause: Cause = { via: via ?? 'entry' };
  const edits: Edit[] = [
    ...add.map((after) => ({ attribute: 'member', after, cause })),
    ...remove.map((before) => ({ attribute: 'member', before, cause })),
  ];
  return { id: `patch group ${name}`, action: 'patch', kind: 'group', name, ref: { id: `id-${name}` }, edits, needs: [] };
}

export function disband(name: string): Operation {
  const edits = editsOf({ displayName: [name, undefined] }, 'unmanaged');
  return { id: `delete group ${name}`, action: 'delete', kind: 'group', name, ref: { id: `id-${name}` }, edits, needs: [] };
}

/** `n` different addresses. */
export function names(count: number, prefix = 'u'): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}@x`);
}

/** The same value for each name. */
export function each<T>(all: readonly string[], value: T): Readonly<Record<string, T>> {
  return Object.fromEntries(all.map((name) => [name, value]));
}

function editsOf(changes: Changes, via: Cause['via'] = 'entry'): Edit[] {
  return Object.entries(changes).map(([attribute, [before, after]]) => edit(attribute, before, after, { via }));
}

function edit(attribute: string, before: Edit['before'], after: Edit['after'], cause: Cause): Edit {
  return { attribute, ...(before !== undefined && { before }), ...(after !== undefined && { after }), cause };
}
