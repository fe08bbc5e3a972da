import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Day } from '../../src/model/day.ts';
import type { Desired } from '../../src/model/desired.ts';
import { userNameOf, type User, type UserName } from '../../src/model/directory.ts';
import type { Live, LiveGroup, LiveUser } from '../../src/model/live.ts';
import { isFreeing, type Edit, type Operation } from '../../src/model/operation.ts';
import type { Plan } from '../../src/model/plan.ts';
import { defaultPolicy, type Policy, type Pools } from '../../src/model/policy.ts';
import { stretches } from '../../src/apply/stretches.ts';
import { plan } from '../../src/plan/plan.ts';
import { seatsInUse } from '../../src/plan/seats.ts';
import { situation, type Person, type Team } from './agreement.ts';

const request = { asOf: '2026-11-22' as Day, config: { digest: '', files: [] } };
const names = ['a@x', 'b@x', 'c@x', 'd@x', 'e@x', 'f@x'];
const seat = fc.constantFrom('Full', 'Dev', 'Collab', 'View');
const text = fc.constantFrom('', 'x', 'y');
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Leaves out what is undefined: absent and undefined differ. */
function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

const have = fc
  .record({ active: fc.boolean(), seat: optional(seat), title: optional(fc.constantFrom('x', 'y')), figmaAdmin: optional(fc.boolean()) })
  .map(({ seat, ...rest }) => present({ ...rest, seat: rest.active ? seat : undefined }));
const want = fc
  .record({
    active: optional(fc.boolean()),
    seat: optional(seat),
    title: optional(text),
    department: optional(text),
    figmaAdmin: optional(fc.boolean()),
  })
  .map(present);
const person: fc.Arbitrary<Person> = fc.record({ want: optional(want), have: optional(have) }).map(present);
const members = fc.subarray(names);
const team: fc.Arbitrary<Team> = fc
  .record({
    want: optional(fc.record({ members: optional(members), externalId: optional(text) }).map(present)),
    have: optional(fc.record({ members, externalId: optional(fc.constantFrom('x', 'y')) }).map(present)),
  })
  .map(present);
const people = fc
  .array(person, { minLength: names.length, maxLength: names.length })
  .map((list) => Object.fromEntries(list.map((one, index) => [names[index], one])));
const teams = fc.record({ G: team, H: team });

test('carrying out any plan leaves nothing to plan', () => {
  fc.assert(
    fc.property(people, teams, (somebody, groups) => {
      const { desired, live: before } = situation(somebody, onlyKnown(groups, somebody));
      const first = planned(desired, before, defaultPolicy);
      const after = first.operations.reduce(carriedOut, before);
      const second = planned(desired, after, defaultPolicy);
      expect(second.operations).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('in plan order no pool is ever exceeded while every take waits for what it needs', () => {
  fc.assert(
    fc.property(people, fc.nat(4), fc.nat(4), (somebody, full, dev) => {
      const { desired, live } = situation(somebody);
      const pools: Pools = { Full: { purchased: full, outside: 0 }, Dev: { purchased: dev, outside: 0 } };
      const { operations } = planned(desired, live, { ...defaultPolicy, pools });
      const freed: string[] = [];
      const place = new Map(operations.map(({ id }, index) => [id, index]));
      for (const [index, { needs, seat: taken }] of operations.entries()) {
        for (const need of needs) {
          expect(place.get(need)).toBeLessThan(index);
          const needed = operations[place.get(need) ?? -1];
          const grant = needed?.edits.some(
            ({ attribute, after }) => after === true && (attribute === 'figmaAdmin' || attribute === 'active'),
          );
          if (grant === true) continue;
          expect(needed?.seat?.before).toBe(taken?.after);
          freed.push(need);
        }
      }
      expect(new Set(freed).size).toBe(freed.length);
    }),
    { numRuns: 1000 },
  );
});

/** The rights of admins set free and take apart: their order is tried in `order.test.ts`. */
function withoutAdmins(somebody: Record<string, Person>): Record<string, Person> {
  const plain = (one: Partial<User>): Partial<User> => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'figmaAdmin'));
  return Object.fromEntries(
    Object.entries(somebody).map(([name, { want, have }]): [string, Person] => [
      name,
      { ...(want && { want: plain(want) }), ...(have && { have: plain(have) }) },
    ]),
  );
}

function planned(desired: Desired, live: Live, policy: Policy): Plan {
  const result = plan(desired, live, policy, request);
  if (!result.ok) throw new Error('nothing was targeted');
  return result.value;
}

test('whoever fails, in whatever order what may run side by side runs: no seat is in use that was not purchased', () => {
  fc.assert(
    fc.property(people, fc.nat(4), fc.nat(4), fc.infiniteStream(fc.nat(99)), (somebody, full, dev, dice) => {
      const { desired, live } = situation(withoutAdmins(somebody));
      const pools: Pools = { Full: { purchased: full, outside: 0 }, Dev: { purchased: dev, outside: 0 } };
      const { operations, guards } = planned(desired, live, { ...defaultPolicy, pools });
      if (guards.some(({ guard, outcome }) => guard === 'pool' && outcome === 'block')) return;
      const inUse = new Map(seatsInUse(live));
      const limit = new Map(Object.entries(pools).map(([name, { purchased }]) => [name, Math.max(purchased, inUse.get(name) ?? 0)]));
      const done = new Set<string>();
      for (const stretch of stretches(operations)) {
        const shuffled = stretch.map((operation) => ({ operation, at: dice.next().value as number })).sort((a, b) => a.at - b.at);
        for (const { operation } of shuffled) {
          // A lowering is promised to need nothing, so what gives it room is assumed to succeed here.
          const fails = operation.seat?.after !== undefined && (dice.next().value as number) < 30 && !isFreeing(operation);
          if (fails || operation.needs.some((need) => !done.has(need))) continue;
          done.add(operation.id);
          for (const [seat, step] of [
            [operation.seat?.before, -1],
            [operation.seat?.after, 1],
          ] as const) {
            if (seat !== undefined) inUse.set(seat, (inUse.get(seat) ?? 0) + step);
          }
          for (const [name, most] of limit) expect(inUse.get(name) ?? 0).toBeLessThanOrEqual(most);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

/** Lists only members whom somebody knows, so that every plan is complete. */
function onlyKnown(groups: Record<string, Team>, somebody: Record<string, Person>): Record<string, Team> {
  const known = (name: string) => somebody[name]?.want !== undefined || somebody[name]?.have !== undefined;
  const live = (name: string) => somebody[name]?.have !== undefined;
  return Object.fromEntries(
    Object.entries(groups).map(([name, { want, have }]) => [
      name,
      {
        ...(want && { want: { ...want, ...(want.members && { members: want.members.filter(known) }) } }),
        ...(have && { have: { ...have, members: (have.members ?? []).filter(live) } }),
      },
    ]),
  );
}

/** The live state after one operation, by its edits alone: what is not in an edit does not change. */
function carriedOut(live: Live, operation: Operation): Live {
  const users = new Map(live.users);
  const groups = new Map(live.groups);
  if (operation.kind === 'user') {
    const found = [...users].find(([, { ref }]) => ref.id === operation.ref?.id);
    if (found) users.delete(found[0]);
    const user = changed(
      found?.[1] ?? { ref: { id: `id-${operation.name}` }, attributes: { userName: operation.name, active: true } },
      operation.edits,
    );
    users.set(userNameOf(user.attributes.userName), user);
  } else {
    const found = [...groups].find(([, { ref }]) => ref.id === operation.ref?.id);
    if (found) groups.delete(found[0]);
    const fresh = {
      ref: { id: `id-${operation.name}` },
      attributes: { displayName: operation.name },
      members: new Set<UserName>(),
      strangers: 0,
    };
    if (operation.action !== 'delete') groups.set(operation.name as never, grouped(found?.[1] ?? fresh, operation.edits));
  }
  return { ...live, users, groups };
}

function changed({ ref, attributes }: LiveUser, edits: readonly Edit[]): LiveUser {
  const next = { ...attributes, ...Object.fromEntries(edits.map(({ attribute, after }) => [attribute, after])) };
  const { seat, ...rest } = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')) as Partial<User> &
    Pick<User, 'userName' | 'active'>;
  return { ref, attributes: rest.active && seat !== undefined ? { ...rest, seat } : rest };
}

function grouped({ ref, attributes, members, strangers }: LiveGroup, edits: readonly Edit[]): LiveGroup {
  const own = edits.filter(({ attribute }) => attribute !== 'member').map(({ attribute, after }) => [attribute, after] as const);
  const next = new Set(members);
  for (const { attribute, before, after } of edits) {
    if (attribute !== 'member') continue;
    if (before !== undefined) next.delete(userNameOf(String(before)));
    if (after !== undefined) next.add(userNameOf(String(after)));
  }
  const named = Object.fromEntries(own.filter(([, value]) => value !== ''));
  const cleared = new Set(own.filter(([, value]) => value === '').map(([attribute]) => attribute));
  const kept = Object.fromEntries(Object.entries(attributes).filter(([attribute]) => !cleared.has(attribute)));
  return {
    ref,
    attributes: { ...kept, ...named, displayName: String(named['displayName'] ?? attributes.displayName) },
    members: next,
    strangers,
  };
}
