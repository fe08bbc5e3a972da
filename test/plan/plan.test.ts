import { describe, expect, test } from 'vitest';
import type { Day } from '../../src/model/day.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { Live } from '../../src/model/live.ts';
import type { Operation } from '../../src/model/operation.ts';
import { isComplete, type Plan } from '../../src/model/plan.ts';
import { defaultPolicy, type Policy } from '../../src/model/policy.ts';
import { plan } from '../../src/plan/plan.ts';
import { liveUser, situation, type Person, type Team } from './agreement.ts';

const request = { asOf: '2026-11-22' as Day, config: { digest: 'sha256:0', files: ['seatform.yaml'] } };

function planOf(people: Record<string, Person>, teams: Record<string, Team> = {}, policy: Policy = defaultPolicy): Plan {
  const { desired, live } = situation(people, teams);
  return planned(desired, live, policy);
}

function planned(desired: Desired, live: Live, policy: Policy): Plan {
  const result = plan(desired, live, policy, request);
  if (!result.ok) throw new Error('nothing was targeted');
  return result.value;
}

/** The verdicts of the guards that block, but for those on numbers: the plans here are small. */
function blocks({ guards }: Plan) {
  return guards.filter(({ guard, outcome }) => outcome === 'block' && guard === 'ambiguous');
}

/** An operation in one line: `patch user ada: seat View→Full`. */
function line({ id, edits, needs }: Operation): string {
  const changes = edits.map(
    ({ attribute, before, after, needs: own }) => `${attribute} ${before ?? '∅'}→${after ?? '∅'}${own ? ` after ${own.join()}` : ''}`,
  );
  return `${id}: ${changes.join(', ')}${needs.length > 0 ? ` | needs ${needs.join()}` : ''}`;
}

const ada = { seat: 'Full', displayName: 'Ada', title: 'Lead', figmaAdmin: false } as const;

test('agreement plans nothing', () => {
  const result = planOf({ 'ada@x': { want: ada, have: ada } }, { Design: { want: { members: ['ada@x'] }, have: { members: ['ada@x'] } } });
  expect(result.operations).toEqual([]);
  expect(isComplete(result)).toBe(true);
});

describe('one user', () => {
  test.each<[string, Person, string[]]>([
    ['another seat', { want: { ...ada, seat: 'Dev' }, have: ada }, ['patch user ada@x: seat Full→Dev']],
    ['another title', { want: { ...ada, title: 'Head' }, have: ada }, ['put user ada@x: title Lead→Head']],
    [
      'title and seat are one put',
      { want: { ...ada, title: 'Head', seat: 'Dev' }, have: ada },
      ['put user ada@x: seat Full→Dev, title Lead→Head'],
    ],
    ['a title that is to be empty', { want: { ...ada, title: '' }, have: ada }, ['put user ada@x: title Lead→']],
    ['empty wanted, absent live', { want: { title: '' }, have: {} }, []],
    ['what is not declared is not compared', { want: {}, have: ada }, []],
    ['case alone is no drift', { want: ada, have: { ...ada, userName: 'ADA@X' } }, []],
    ['an admin who is declared', { want: { figmaAdmin: true }, have: {} }, ['patch user ada@x: figmaAdmin ∅→true']],
    ['no admin wanted, none said', { want: { figmaAdmin: false }, have: {} }, []],
    ['not live', { want: { seat: 'Dev', title: '' } }, ['create user ada@x: userName ∅→ada@x, seat ∅→Dev']],
    ['not live and wanted inactive', { want: { active: false } }, []],
    ['declared inactive', { want: { ...ada, active: false, title: 'Other' }, have: ada }, ['deactivate user ada@x: active true→false']],
    ['declared inactive, already so', { want: { active: false, title: 'Other' }, have: { active: false, title: 'Old' } }, []],
    ['inactive and nothing said of it', { want: { seat: 'Full', title: 'Other' }, have: { active: false } }, []],
    [
      'reactivation asks for the seat',
      { want: { active: true, seat: 'Full' }, have: { active: false } },
      ['patch user ada@x: active false→true, seat ∅→Full'],
    ],
    [
      'reactivation with a profile change is a put',
      { want: { active: true, title: 'Head' }, have: { active: false } },
      ['put user ada@x: active false→true, title ∅→Head'],
    ],
    ['a seat type that Figma may add', { want: { seat: 'View' }, have: { seat: 'Content' } }, ['patch user ada@x: seat Content→View']],
  ])('%s', (_, person, expected) => {
    expect(planOf({ 'ada@x': person }).operations.map(line)).toEqual(expected);
  });

  test('an inactive user who is declared without `active` is warned of', () => {
    expect(planOf({ 'ada@x': { want: {}, have: { active: false } } }).diagnostics.map(({ code }) => code)).toEqual(['W001']);
  });

  test('another employee number at the same address is warned of', () => {
    const result = planOf({ 'ada@x': { want: { employeeNumber: '2' }, have: { employeeNumber: '1' } } });
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['W002']);
  });
});

describe('renames', () => {
  test('one former name is live: the account is renamed, not replaced', () => {
    const result = planOf({ 'new@x': { want: { seat: 'Full', previously: ['old@x'] } }, 'old@x': { have: { seat: 'Full' } } });
    expect(result.operations.map(line)).toEqual(['put user new@x: userName old@x→new@x']);
    expect(result.operations[0]?.ref).toEqual({ id: 'id-old@x' });
    expect(result.unmanaged).toEqual([]);
  });

  test('a display name that was the address goes along, one that somebody chose does not', () => {
    const rename = (displayName: string) =>
      planOf({ 'new@x': { want: { previously: ['old@x'] } }, 'old@x': { have: { displayName } } }).operations.map(line);
    expect(rename('old@x')).toEqual(['put user new@x: userName old@x→new@x, displayName old@x→new@x']);
    expect(rename('Ada')).toEqual(['put user new@x: userName old@x→new@x']);
  });

  test('once the new name is live, the former one is inert', () => {
    const result = planOf({ 'new@x': { want: { previously: ['old@x'] }, have: {} }, 'old@x': { have: {} } });
    expect(result.operations).toEqual([]);
    expect(result.unmanaged.map(({ name }) => name)).toEqual(['old@x']);
  });

  test('two former names live: blocked, since either could be meant', () => {
    const result = planOf({ 'new@x': { want: { previously: ['a@x', 'b@x'] } }, 'a@x': { have: {} }, 'b@x': { have: {} } });
    expect(blocks(result)).toMatchObject([{ guard: 'ambiguous', outcome: 'block', count: 1, operations: ['create user new@x'] }]);
    expect(result.operations.map(({ id }) => id)).toEqual(['create user new@x']);
  });

  test('a renamed user stays a member, under the new name', () => {
    const people = { 'new@x': { want: { previously: ['old@x'] } }, 'old@x': { have: {} } };
    const result = planOf(people, { Design: { want: { members: ['new@x'] }, have: { members: ['old@x'] } } });
    expect(result.operations.map(({ id }) => id)).toEqual(['put user new@x']);
  });

  test('a renamed group keeps its members', () => {
    const team = { Design: { want: { previously: ['DS'], members: ['ada@x'] } }, DS: { have: { members: ['ada@x'] } } };
    expect(planOf({ 'ada@x': { want: {}, have: {} } }, team).operations.map(line)).toEqual(['patch group Design: displayName DS→Design']);
  });
});

describe('membership', () => {
  const people: Record<string, Person> = {
    'ada@x': { want: {}, have: {} },
    'bob@x': { want: {}, have: {} },
    'gone@x': { want: { active: false }, have: { active: false } },
    'leaving@x': { want: { active: false }, have: {} },
    'new@x': { want: {} },
    'back@x': { want: { active: true }, have: { active: false } },
    'free@x': { have: {} },
    'frozen@x': { have: { active: false } },
  };
  test.each<[string, Team, string[]]>([
    [
      'added and removed',
      { want: { members: ['bob@x'] }, have: { members: ['ada@x'] } },
      ['patch group G: member ∅→bob@x, member ada@x→∅'],
    ],
    ['not managed', { want: {}, have: { members: ['ada@x'] } }, []],
    ['managed and empty', { want: { members: [] }, have: { members: ['ada@x'] } }, ['patch group G: member ada@x→∅']],
    ['the inactive are left where they are', { want: { members: [] }, have: { members: ['gone@x', 'frozen@x', 'leaving@x'] } }, []],
    ['the inactive are not added', { want: { members: ['gone@x', 'frozen@x', 'leaving@x'] }, have: {} }, []],
    [
      'a created user is added after the create',
      { want: { members: ['new@x'] }, have: {} },
      ['patch group G: member ∅→new@x after create user new@x'],
    ],
    ['so is one who comes back', { want: { members: ['back@x'] }, have: {} }, ['patch group G: member ∅→back@x after patch user back@x']],
    ['an undeclared live user can be a member', { want: { members: ['FREE@x'] }, have: {} }, ['patch group G: member ∅→free@x']],
    ['a new group', { want: { members: ['ada@x'], externalId: 'g' } }, ['create group G: displayName ∅→G, externalId ∅→g, member ∅→ada@x']],
  ])('%s', (_, team, expected) => {
    const groupOperations = planOf(people, { G: team }).operations.filter(({ kind }) => kind === 'group');
    expect(groupOperations.map(line)).toEqual(expected);
  });

  test('a member whom nobody knows is an error with its place; the rest of the group is planned', () => {
    const result = planOf(people, { G: { want: { members: ['nobody@x', 'ada@x'] }, have: {} } });
    expect(result).toMatchObject({
      unresolved: 1,
      diagnostics: [{ code: 'E030', severity: 'error', at: { file: 'seatform.yaml', line: 3 } }],
    });
    expect(result.operations.filter(({ kind }) => kind === 'group').map(line)).toEqual(['patch group G: member ∅→ada@x']);
  });

  test('members that match no user are left and reported', () => {
    const result = planOf(people, { G: { want: { members: [] }, have: { strangers: 2 } } });
    expect(result.diagnostics.map(({ code }) => code)).toContain('W003');
    expect(result.operations.filter(({ kind }) => kind === 'group')).toEqual([]);
  });
});

describe('the undeclared', () => {
  const people = {
    'ada@x': { want: {}, have: {} },
    'free@x': { have: { seat: 'Full' } },
    'boss@x': { have: { figmaAdmin: true } },
    'frozen@x': { have: { active: false } },
  };
  test('are listed, the inactive are not', () => {
    expect(planOf(people, { Old: { have: {} } }).unmanaged).toEqual([
      { kind: 'group', name: 'Old' },
      { kind: 'user', name: 'boss@x' },
      { kind: 'user', name: 'free@x', seat: 'Full' },
    ]);
  });
  test('are deactivated and deleted where the policy says so, but never an admin', () => {
    const result = planOf(people, { Old: { have: {} } }, { ...defaultPolicy, unmanaged: { users: 'deactivate', groups: 'delete' } });
    expect(result.operations.map(({ id }) => id)).toEqual(['deactivate user free@x', 'delete group Old']);
    expect(result.unmanaged).toEqual([{ kind: 'user', name: 'boss@x' }]);
  });
});

describe('ambiguity', () => {
  test('two live users of one declared name block and are never chosen between', () => {
    const { desired, live } = situation({ 'ada@x': { want: { seat: 'Dev' } } });
    const twins = [liveUser('ada@x', { id: '1', seat: 'Full' }), liveUser('ADA@x', { id: '2', seat: 'Full' })];
    const key = [...desired.users.keys()].slice(0, 1);
    const doubled = { ...live, ambiguous: { users: new Map(key.map((name) => [name, twins])), groups: new Map() } };
    const result = planned(desired, doubled, defaultPolicy);
    expect(result.operations).toEqual([]);
    expect(blocks(result)).toMatchObject([{ outcome: 'block', count: 1 }]);
    expect(result.seats).toEqual({ Full: { before: 2, after: 2 } });
  });

  test('a member whose name two live users have is an error, never a silent omission', () => {
    const { desired, live } = situation({}, { G: { want: { members: ['ada@x'] }, have: {} } });
    const twins = new Map(
      [...(desired.groups.values().next().value?.members?.keys() ?? [])].map((name) => [
        name,
        [liveUser('ada@x', { id: '1' }), liveUser('Ada@x', { id: '2' })],
      ]),
    );
    const result = planned(desired, { ...live, ambiguous: { users: twins, groups: new Map() } }, defaultPolicy);
    expect(result).toMatchObject({ unresolved: 1, operations: [], diagnostics: [{ code: 'E031', severity: 'error' }] });
  });

  test('one create that shares two numbers is one object', () => {
    const numbers = { externalId: '7', employeeNumber: '8' };
    const result = planOf({ 'new@x': { want: numbers }, 'old@x': { have: numbers } });
    expect(blocks(result)).toMatchObject([{ outcome: 'block', count: 1, operations: ['create user new@x'] }]);
    expect(blocks(result)[0]?.message).toContain('externalId and employeeNumber of old@x');
  });

  test('several former names of somebody who is to be deactivated name no operation that is not planned', () => {
    const result = planOf({ 'new@x': { want: { previously: ['a@x', 'b@x'], active: false } }, 'a@x': { have: {} }, 'b@x': { have: {} } });
    expect(blocks(result)).toMatchObject([{ outcome: 'block', count: 1, operations: [] }]);
  });

  test.each(['externalId', 'employeeNumber'] as const)('a create with the %s of a live undeclared user is blocked', (attribute) => {
    const result = planOf({ 'new@x': { want: { [attribute]: '7' } }, 'old@x': { have: { [attribute]: '7' } } });
    expect(blocks(result)).toMatchObject([{ outcome: 'block', count: 1, operations: ['create user new@x'] }]);
    expect(blocks(result)[0]?.message).toContain('previously: [old@x]');
  });
});

describe('likely slips are told', () => {
  const codes = (people: Record<string, Person>, teams: Record<string, Team> = {}) =>
    planOf(people, teams).diagnostics.map(({ code }) => code);
  test('a previous name that nobody has, before a second account is created', () => {
    expect(codes({ 'new@x': { want: { previously: ['odl@x'] } }, 'old@x': { have: {} } })).toEqual(['W005']);
    expect(codes({ 'new@x': { want: { previously: ['old@x'] } }, 'old@x': { have: {} } })).toEqual([]);
  });
  test('somebody declared inactive whom nobody knows', () => {
    expect(codes({ 'ada@x': { want: { active: false } } })).toEqual(['N002']);
    expect(codes({ 'ada@x': { want: { active: false }, have: { active: false } } })).toEqual([]);
  });
  test('a new group whose name differs from a live one in case only', () => {
    expect(codes({}, { design: { want: {} }, Design: { have: {} } })).toEqual(['W006']);
    expect(codes({}, { design: { want: {} }, Design: { want: {}, have: {} } })).toEqual([]);
  });
});

test('an operation names the account by its present name too', () => {
  const result = planOf({ 'new@x': { want: { previously: ['old@x'], active: false } }, 'old@x': { have: {} } });
  expect(result.operations).toMatchObject([{ id: 'deactivate user new@x', was: 'old@x' }]);
});

describe('digest', () => {
  const change = { 'ada@x': { want: { seat: 'Dev' }, have: { seat: 'Full' } }, 'bob@x': { want: { seat: 'Dev' }, have: { seat: 'View' } } };
  test('does not depend on the order of entries', () => {
    const reversed = Object.fromEntries(Object.entries(change).toReversed());
    expect(planOf(reversed).digest).toBe(planOf(change).digest);
    expect(planOf(reversed).operations.map(({ id }) => id)).toEqual(planOf(change).operations.map(({ id }) => id));
    expect(planOf(reversed).live.digest).toBe(planOf(change).live.digest);
  });
  test('covers the live values that are assumed', () => {
    expect(planOf({ ...change, 'bob@x': { want: { seat: 'Dev' }, have: { seat: 'Collab' } } }).digest).not.toBe(planOf(change).digest);
  });
});
