import { describe, expect, test } from 'vitest';
import { userNameOf, type UserName } from '../../src/model/directory.ts';
import type { Live } from '../../src/model/live.ts';
import type { Plan } from '../../src/model/plan.ts';
import { budgetBasisOf } from '../../src/plan/budget-basis.ts';
import { matchUsers } from '../../src/plan/match.ts';
import { liveUser, situation } from './agreement.ts';
import { inShort } from './guards/scene.ts';
import { planned, type Circumstances, type Held } from './declared.ts';

const policy =
  'organization: { limits: { emailChanges: 9 }, budgets: [{ name: Design, where: { department: Design }, seats: { Full: 1 } }] }\n';
const people: NonNullable<Held['users']> = {
  'ada@x.io': { seat: 'Full', department: 'Design' },
  'bob@x.io': { seat: 'Full', department: 'Sales' },
  'cy@x.io': { seat: 'View', department: 'Design' },
};
const entries = ['userName: ada@x.io', 'userName: bob@x.io', 'userName: cy@x.io'];

/** What becomes of three people, each known to the files by name alone but for what is said of them. */
function planOf(changes: Readonly<Record<string, string>>, held: Held['users'] = people, circumstances: Circumstances = {}): Plan {
  const users = entries.map((entry) => `  - { ${entry}${changes[entry.slice(10, -5)] ?? ''} }`);
  return planned(`${policy}users:\n${users.join('\n')}`, { users: held }, circumstances);
}

function budgetOf({ basis, budgets, guards }: Plan) {
  const [use] = budgets;
  const [own] = basis.budgets;
  const verdict = guards.find(({ guard }) => guard === 'budget');
  const { before, after } = use?.seats.Full ?? {};
  return [own?.users, own?.joining, own?.leaving, `${before} → ${after}`, verdict && inShort(verdict)];
}

const [ada, bob, cy] = ['ada@x.io', 'bob@x.io', 'cy@x.io'].map(userNameOf) as [UserName, UserName, UserName];

describe('whom a budget is about', () => {
  test.each<[string, Readonly<Record<string, string>>, ReturnType<typeof budgetOf>]>([
    ['what is live counts where the files say nothing', {}, [[ada, cy], [], [], '1 → 1', 'allow 0']],
    ['a move into it', { bob: ', department: Design' }, [[ada, bob, cy], [bob], [], '1 → 2', 'block 1']],
    ['a move out of it', { ada: ', department: Sales' }, [[cy], [], [ada], '1 → 0', 'allow 0']],
    ['a department that is emptied', { ada: ', department: ""' }, [[cy], [], [ada], '1 → 0', 'allow 0']],
    ['one for another', { ada: ', department: Sales', bob: ', department: Design' }, [[bob, cy], [bob], [ada], '1 → 1', 'allow 0']],
    ['a seat, and no move', { cy: ', seat: Full, department: Design' }, [[ada, cy], [], [], '1 → 2', 'block 1']],
    ['who is deactivated moves nowhere', { bob: ', active: false, department: Design' }, [[ada, cy], [], [], '1 → 1', 'allow 0']],
  ])('%s', (_, changes, expected) => {
    expect(budgetOf(planOf(changes))).toEqual(expected);
  });

  test('a first run that only adds departments moves nobody: what is over already is no worse', () => {
    const plain = { 'ada@x.io': { seat: 'Full' }, 'bob@x.io': { seat: 'Full' }, 'cy@x.io': { seat: 'View' } };
    const plan = planOf({ ada: ', department: Design', bob: ', department: Design', cy: ', department: Design' }, plain);
    expect(budgetOf(plan)).toEqual([[ada, bob, cy], [], [], '2 → 2', 'warn 1']);
  });

  test('who is created belongs from the start', () => {
    const { 'cy@x.io': _, ...rest } = people;
    expect(budgetOf(planOf({ cy: ', department: Design, seat: Full' }, rest))).toEqual([[ada, cy], [], [], '1 → 2', 'block 1']);
  });

  test('who is renamed is one person', () => {
    const { 'bob@x.io': former, ...rest } = people;
    const plan = planOf({ bob: ', previously: [rob@x.io], department: Design' }, { ...rest, 'rob@x.io': former ?? {} });
    expect(budgetOf(plan)).toEqual([[ada, bob, cy], [bob], [], '1 → 2', 'block 1']);
  });

  test('whose name several people have belongs by what is declared', () => {
    const { desired, live } = situation({ 'ada@x.io': { want: { department: 'Design' } } });
    const twins = [liveUser('ada@x.io', { id: '1' }), liveUser('ada@x.io', { id: '2', department: 'Sales' })];
    const doubled: Live = { ...live, ambiguous: { ...live.ambiguous, users: new Map([[ada, twins]]) } };
    const budget = { name: 'Design', where: new Map([['department', ['Design']]] as const), seats: { Full: 1 } };
    expect(budgetBasisOf([budget], matchUsers(desired, doubled), [])).toEqual([
      { name: 'Design', seats: { Full: 1 }, users: [ada], joining: [], leaving: [] },
    ]);
  });

  test('a plan of a part moves whom it touches', () => {
    const moves = { bob: ', department: Design', cy: ', title: Lead' };
    const others = planOf(moves, people, { targets: [{ kind: 'user', name: 'cy@x.io' }] });
    expect(budgetOf(others)).toEqual([[ada, cy], [], [], '1 → 1', 'allow 0']);
    const own = planOf(moves, people, { targets: [{ kind: 'user', name: 'bob@x.io' }] });
    expect(budgetOf(own)).toEqual([[ada, bob, cy], [bob], [], '1 → 2', 'block 1']);
  });
});
