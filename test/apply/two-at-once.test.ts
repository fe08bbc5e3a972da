import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Host } from '../../cmd/host.ts';
import { run } from '../../cmd/program.ts';
import { startEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import { seededRandom } from '../../src/emulator/random.ts';
import type { Day } from '../../src/model/day.ts';
import type { ApplyEvent, OperationResult, Report } from '../../src/model/event.ts';
import type { Directory } from '../../src/model/live.ts';
import type { Plan } from '../../src/model/plan.ts';
import { carryOut } from '../../src/flows/apply.ts';
import { check, propose } from '../../src/flows/plan.ts';
import { folderWith } from '../cmd/stage.ts';
import { connect } from '../scim/harness.ts';

/*
 * Two people apply two configurations to one organization. SCIM has no transactions: what each can do is look again right before it writes. So
 * whoever comes second finds what the first has changed, leaves it alone and says so.
 */
const names = Array.from({ length: 6 }, (_, index) => `p${index}@example.com`);
const seed = {
  users: names.map((userName) => ({ userName, title: 'Old', roles: [{ type: 'seatType', value: 'View' }] })),
  groups: [{ displayName: 'G', members: [0, 1, 2].map((index) => ({ value: names[index] ?? '' })) }],
};

interface Side {
  readonly seat: string;
  readonly title: string;
  readonly members: readonly string[];
}
const ours: Side = { seat: 'Dev', title: 'Ours', members: [0, 1, 3, 4].map((index) => names[index] ?? '') };
const theirs: Side = { seat: 'Full', title: 'Theirs', members: [0, 2, 3, 5].map((index) => names[index] ?? '') };

/** Even people get a seat, odd ones a title too, somebody is new, and so is a group. */
function yamlOf({ seat, title, members }: Side): string {
  const limits = 'limits: { creations: 100%, membershipRemovals: 100% }';
  const entries = names.map(
    (userName, index) => `  - { userName: ${userName}, seat: ${seat}${index % 2 === 1 ? `, title: ${title}` : ''} }\n`,
  );
  const groups = `  - { displayName: G, members: [${members.join(', ')}] }\n  - { displayName: Founded, members: [${members[0]}] }\n`;
  return `version: 1\norganization: { ${limits} }\nusers:\n${entries.join('')}  - { userName: new@example.com, seat: ${seat} }\ngroups:\n${groups}`;
}

async function organization(): Promise<Emulator> {
  const emulator = await startEmulator({ seed });
  onTestFinished(() => emulator.close());
  return emulator;
}

function directoryOn({ baseUrl, tenantId, token }: Emulator): Directory {
  const directory = connect({ baseUrl, tenantId, token });
  onTestFinished(() => directory.close());
  return directory;
}

/** Somebody with a configuration and a connection of their own. */
async function planned(directory: Directory, side: Side): Promise<Plan> {
  const checked = check([{ path: 'seatform.yaml', text: yamlOf(side) }]);
  if (!checked.ok) throw new Error(checked.diagnostics.map(({ message }) => message).join('\n'));
  const proposed = await propose(checked.value, directory, { asOf: '2026-11-22' as Day });
  if (!proposed.ok) throw new Error(proposed.diagnostics.map(({ message }) => message).join('\n'));
  return proposed.value;
}

async function applied(directory: Directory, plan: Plan, parallelism = 1): Promise<Report> {
  let last: ApplyEvent | undefined;
  for await (const event of carryOut(plan, directory, { parallelism, signal: new AbortController().signal, now: () => new Date(0) }))
    last = event;
  if (last?.type !== 'summary') throw new Error('no summary');
  return last.report;
}

/** A directory on which something happens before the n-th operation is written, counting from 0; `before` are the names of those written until then. */
function interrupted(directory: Directory, at: number, meanwhile: () => Promise<unknown>): Directory & { readonly before: string[] } {
  const before: string[] = [];
  let writes = 0;
  return {
    ...directory,
    before,
    wave: (operations) => {
      const wave = directory.wave(operations);
      return {
        settle: (signal) => wave.settle(signal),
        write: async (operation, signal) => {
          if (writes === at) await meanwhile();
          if (writes < at) before.push(operation.name);
          writes += 1;
          return wave.write(operation, signal);
        },
      };
    },
  };
}

/** What the service holds, one value for each thing that can be declared. */
function held(emulator: Emulator): Map<string, unknown> {
  const { users, groups } = emulator.state();
  const values = new Map<string, unknown>();
  for (const { userName, title, roles } of users) {
    values.set(`seat ${userName}`, roles?.[0]?.value);
    values.set(`title ${userName}`, title);
  }
  for (const { displayName, members = [] } of groups) {
    for (const userName of names)
      values.set(
        `${userName} in ${displayName}`,
        members.some(({ display }) => display === userName),
      );
  }
  return values;
}

/** What a side wants of each of those. */
function wanted({ seat, title, members }: Side): Map<string, unknown> {
  const people = [...names, 'new@example.com'].flatMap((userName, index) => [
    [`seat ${userName}`, seat] as const,
    [`title ${userName}`, userName.startsWith('new') ? undefined : index % 2 === 1 ? title : 'Old'] as const,
  ]);
  const teams = names.flatMap((userName) => [
    [`${userName} in G`, members.includes(userName)] as const,
    [`${userName} in Founded`, userName === members[0]] as const,
  ]);
  return new Map<string, unknown>([...people, ...teams]);
}

/** Every value is one of the two that were declared, and nothing is there twice. */
function expectOneOfTwo(emulator: Emulator): void {
  const [one, other] = [wanted(ours), wanted(theirs)];
  const strange = [...held(emulator)].filter(([key, value]) => value !== one.get(key) && value !== other.get(key));
  expect(strange).toEqual([]);
  const { users, groups } = emulator.state();
  expect(users.map(({ userName }) => userName).sort()).toEqual(['new@example.com', ...names]);
  expect(groups.map(({ displayName }) => displayName).sort()).toEqual(['Founded', 'G']);
}

async function expectConvergence(emulator: Emulator, side: Side): Promise<void> {
  const again = directoryOn(emulator);
  expect((await applied(again, await planned(again, side))).complete).toBe(true);
  expect(held(emulator)).toEqual(wanted(side));
  expect((await planned(directoryOn(emulator), side)).operations).toEqual([]);
}

const fate = ({ operation, fate: what, reasons }: OperationResult): string =>
  `${operation}: ${what}${reasons.some((reason) => reason.startsWith('moved')) ? ' (moved)' : ''}`;

const [won, lost] = ['succeeded', 'skipped (moved)'];
const nameOf = ({ operation }: OperationResult): string => operation.split(' ')[2] ?? '';
const users = (report: Report): OperationResult[] => report.rows.filter(({ operation }) => operation.includes(' user '));

test('after somebody else has applied, every change of theirs is left alone and told', async () => {
  const emulator = await organization();
  const [mine, other] = [directoryOn(emulator), directoryOn(emulator)];
  const [plan, otherPlan] = [await planned(mine, ours), await planned(other, theirs)];
  expect((await applied(other, otherPlan)).complete).toBe(true);
  const after = held(emulator);
  const report = await applied(mine, plan);
  expect(report.complete).toBe(false);
  expect(users(report).map(fate)).toEqual(users(report).map(({ operation }) => `${operation}: ${lost}`));
  const changed = [...held(emulator)].filter(([key, value]) => after.get(key) !== value).map(([key]) => key);
  // Of the group only what both had planned from one state: who is in it by the other's will alone was no part of this plan.
  expect(changed.every((key) => key.endsWith('in G'))).toBe(true);
  expectOneOfTwo(emulator);
  await expectConvergence(emulator, ours);
});

const operations = 6 + 1 + 2;
test.each(Array.from({ length: operations }, (_, index) => index))(
  'somebody else applies before operation %i: what was done stays done, the rest is theirs',
  async (at) => {
    const emulator = await organization();
    const other = directoryOn(emulator);
    const otherPlan = await planned(other, theirs);
    let theirReport: Report | undefined;
    const mine = interrupted(directoryOn(emulator), at, async () => {
      theirReport = await applied(other, otherPlan);
    });
    const plan = await planned(mine, ours);
    expect(plan.operations).toHaveLength(operations);
    const report = await applied(mine, plan);
    const done = new Set(mine.before);
    expect(done.size).toBe(at);
    expect(users(report).map(fate)).toEqual(users(report).map((row) => `${row.operation}: ${done.has(nameOf(row)) ? won : lost}`));
    const theirUsers = users(theirReport ?? report);
    expect(theirUsers.map(fate)).toEqual(theirUsers.map((row) => `${row.operation}: ${done.has(nameOf(row)) ? lost : won}`));
    for (const name of names) expect(held(emulator).get(`seat ${name}`)).toBe(done.has(name) ? 'Dev' : 'Full');
    expectOneOfTwo(emulator);
    await expectConvergence(emulator, theirs);
    await expectConvergence(emulator, ours);
  },
);

describe('both at the same time', () => {
  test.each([1, 2, 3, 4, 5, 6])('order %i: every value is one of the two, and whoever runs again gets theirs', async (order) => {
    const emulator = await organization();
    const random = seededRandom(order);
    const sides = [ours, theirs].map((side) => ({ side, directory: unevenly(directoryOn(emulator), random) }));
    const plans = await Promise.all(sides.map(({ side, directory }) => planned(directory, side)));
    const reports = await Promise.all(sides.map(({ directory }, index) => applied(directory, plans[index] ?? plans[0] ?? never(), 4)));
    expectOneOfTwo(emulator);
    // Both wanted the seat of everybody; nobody's seat can have become what neither report says.
    const [mine, other] = reports.map(seatsWon);
    for (const name of names) {
      const winner = held(emulator).get(`seat ${name}`) === 'Dev' ? mine : other;
      expect([name, winner?.has(name)]).toEqual([name, true]);
    }
    await expectConvergence(emulator, order % 2 === 0 ? ours : theirs);
    await expectConvergence(emulator, order % 2 === 0 ? theirs : ours);
  });
});

function seatsWon(report: Report): Set<string> {
  return new Set(report.rows.filter((row) => row.fate === 'succeeded').map(nameOf));
}

function unevenly(directory: Directory, random: () => number): Directory {
  return {
    ...directory,
    wave: (operations) => {
      const wave = directory.wave(operations);
      return {
        settle: (signal) => wave.settle(signal),
        write: async (operation, signal) => {
          await delay(random() * 20);
          return wave.write(operation, signal);
        },
      };
    },
  };
}

function never(): never {
  throw new Error('a side without a plan');
}

test('the command answers 1 where somebody else was faster, and says what moved', async () => {
  const emulator = await organization();
  const folder = await folderWith({ 'seatform.yaml': yamlOf(ours) });
  const other = directoryOn(emulator);
  const otherPlan = await planned(other, theirs);
  let out = '';
  const stream = { write: (text: string) => void (out += text), isTerminal: false, columns: undefined };
  const host: Host = {
    env: { FIGMA_SCIM_BASE_URL: emulator.baseUrl, FIGMA_TENANT_ID: emulator.tenantId, FIGMA_SCIM_TOKEN: emulator.token },
    cwd: folder,
    out: stream,
    err: stream,
    // While the plan is read and approved, somebody else applies theirs.
    ask: async () => {
      await applied(other, otherPlan);
      return { text: 'yes' };
    },
    readStdin: async () => '',
    now: () => new Date(),
    sleep: (ms) => delay(ms / 100).then(() => undefined),
    random: () => 0.5,
    onInterrupt: () => () => {},
  };
  expect(await run(['apply'], host)).toBe(1);
  expect(out).toContain('skipped: moved: seat of user p0@example.com was "View" when this was planned and is "Full" now.');
  expect(out).toMatch(/Apply incomplete: \d+ of 9 done, .*\d+ skipped/);
  expectOneOfTwo(emulator);
});
