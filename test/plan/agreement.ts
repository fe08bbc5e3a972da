import type { DesiredGroup, DesiredUser, Desired, WantedAttributes } from '../../src/model/desired.ts';
import { groupNameOf, userNameOf, type User } from '../../src/model/directory.ts';
import type { Live, LiveGroup, LiveUser } from '../../src/model/live.ts';

/** A state in which the desired and the live side agree; a test changes one thing and looks at what is planned. */
export interface Agreement {
  readonly desired: Desired;
  readonly live: Live;
}

export interface Person {
  readonly want?: Partial<User> & { readonly previously?: readonly string[] };
  readonly have?: Partial<User> & { readonly id?: string };
}

export interface Team {
  readonly want?: { readonly externalId?: string; readonly members?: readonly string[]; readonly previously?: readonly string[] };
  readonly have?: { readonly externalId?: string; readonly members?: readonly string[]; readonly strangers?: number };
}

/** Builds both sides from one table; a person or team with one side only is not declared, or not live. */
export function situation(people: Readonly<Record<string, Person>>, teams: Readonly<Record<string, Team>> = {}): Agreement {
  const entries = Object.entries(people);
  return {
    desired: {
      users: new Map(entries.flatMap(([name, { want }]) => (want ? [[userNameOf(name), desiredUser(name, want)]] : []))),
      groups: new Map(Object.entries(teams).flatMap(([name, { want }]) => (want ? [[groupNameOf(name), desiredGroup(name, want)]] : []))),
      expiries: [],
    },
    live: {
      tenant: '964615200748176016',
      users: new Map(entries.flatMap(([name, { have }]) => (have ? [[userNameOf(have.userName ?? name), liveUser(name, have)]] : []))),
      groups: new Map(Object.entries(teams).flatMap(([name, { have }]) => (have ? [[groupNameOf(name), liveGroup(name, have)]] : []))),
      ambiguous: { users: new Map(), groups: new Map() },
      requests: 3,
      diagnostics: [],
    },
  };
}

export function liveUser(name: string, { id, ...have }: Partial<User> & { readonly id?: string }): LiveUser {
  return { ref: { id: id ?? `id-${name}` }, attributes: { userName: name, active: true, ...have } };
}

function liveGroup(name: string, { members = [], strangers = 0, externalId }: NonNullable<Team['have']>): LiveGroup {
  const attributes = { displayName: name, ...(externalId !== undefined && { externalId }) };
  return { ref: { id: `id-${name}` }, attributes, members: new Set(members.map(userNameOf)), strangers };
}

function desiredUser(name: string, { previously = [], userName = name, ...want }: NonNullable<Person['want']>): DesiredUser {
  const wanted: WantedAttributes<Omit<User, 'userName'>> = Object.fromEntries(
    Object.entries(want).map(([attribute, value]) => [attribute, { value, cause: here(1) }]),
  );
  return { userName, cause: here(1), previously: previously.map(userNameOf), wanted, seatDeclared: want.seat !== undefined, ended: [] };
}

function desiredGroup(name: string, { externalId, members, previously = [] }: NonNullable<Team['want']>): DesiredGroup {
  return {
    displayName: name,
    cause: here(2),
    previously: previously.map(groupNameOf),
    wanted: externalId === undefined ? {} : { externalId: { value: externalId, cause: here(2) } },
    ended: new Map(),
    ...(members && {
      members: new Map(
        members.map((member) => [userNameOf(member), { userName: member, cause: here(3), at: { ...here(3).at, length: 1 } }]),
      ),
    }),
  };
}

function here(line: number) {
  return { at: { file: 'seatform.yaml', line, column: 1 }, via: 'entry' as const };
}
