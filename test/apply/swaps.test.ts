import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import type { Fault } from '../../src/emulator/faults.ts';
import { seededRandom } from '../../src/emulator/random.ts';
import type { ScimUser } from '../../src/emulator/seed.ts';
import type { Day } from '../../src/model/day.ts';
import type { ApplyEvent, Report } from '../../src/model/event.ts';
import type { Directory } from '../../src/model/live.ts';
import { isBlocked, type Plan } from '../../src/model/plan.ts';
import { carryOut } from '../../src/flows/apply.ts';
import { check, propose } from '../../src/flows/plan.ts';
import { connect } from '../scim/harness.ts';

/** A seat that somebody has, `off` for somebody deactivated, `new` for nobody yet. */
type Place = 'Full' | 'Dev' | 'View' | 'off' | 'new';

/** How many people go from one place to another. */
type Moves = readonly (readonly [from: Place, to: Place, people: number])[];

/** 20 lose Full and 20 get it, 20 lose Dev and 20 get it. */
const moves: Moves = [
  ['Full', 'off', 8],
  ['Full', 'View', 7],
  ['Full', 'Dev', 5],
  ['Dev', 'off', 5],
  ['Dev', 'View', 8],
  ['Dev', 'Full', 7],
  ['View', 'Full', 5],
  ['View', 'Dev', 7],
  ['off', 'Full', 4],
  ['off', 'Dev', 4],
  ['new', 'Full', 4],
  ['new', 'Dev', 4],
  ['Full', 'Full', 10],
  ['Dev', 'Dev', 10],
];
/** The same without anybody who is lowered to Dev: a lowering needs nothing, whatever becomes of the seat that it takes. */
const plainMoves: Moves = moves.map(([from, to, count]) => {
  const key = `${from} ${to}`;
  if (key === 'Full Dev') return [from, to, 0];
  return [from, to, key === 'Full View' || key === 'View Dev' ? count + 5 : count];
});
const inUse = { Full: 30, Dev: 30 };
const outside = 2;

interface Person {
  readonly userName: string;
  readonly from: Place;
  readonly to: Place;
}

function peopleOf(these: Moves): readonly Person[] {
  return these.flatMap(([from, to, count]) =>
    Array.from({ length: count }, (_, index) => ({ userName: `${from}-${to}-${index}@example.com`.toLowerCase(), from, to })),
  );
}

function seeded(people: readonly Person[]): ScimUser[] {
  return people
    .filter(({ from }) => from !== 'new')
    .map(({ userName, from, to }) => {
      // Whoever comes back had another seat before: what the service remembers must not be in use for a moment.
      const seat = from === 'off' ? (to === 'Full' ? 'Dev' : 'Full') : from;
      return { userName, active: from !== 'off', roles: [{ type: 'seatType', value: seat }] };
    });
}

/** Both pools are exactly full. */
function yamlOf(people: readonly Person[]): string {
  const entries = people.map(
    ({ userName, to }) => `  - { userName: ${userName}, ${to === 'off' ? 'active: false' : `active: true, seat: ${to}`} }`,
  );
  return `version: 1
organization:
  limits: { creations: 100%, deactivations: 100%, reactivations: 100%, downgrades: 100% }
  minAdmins: 0
  seats:
    Full: { purchased: ${inUse.Full + outside}, outside: ${outside} }
    Dev: { purchased: ${inUse.Dev} }
users:
${entries.join('\n')}
`;
}

interface Scene {
  readonly people: readonly Person[];
  readonly emulator: Emulator;
  readonly directory: Directory;
}

async function scene(seed: number, people: readonly Person[], faults: readonly Fault[], refused: readonly string[] = []): Promise<Scene> {
  const emulator = await startEmulator({
    seed: { users: seeded(people), groups: [], refused: [...refused] },
    faults,
    random: seededRandom(seed),
  });
  onTestFinished(() => emulator.close());
  const directory = connect({ baseUrl: emulator.baseUrl, tenantId: emulator.tenantId, token: emulator.token, connections: 8 });
  onTestFinished(() => directory.close());
  return { people, emulator, directory: unevenly(directory, seededRandom(seed + 1)) };
}

/** Every write takes another time to reach the service. */
function unevenly(directory: Directory, random: () => number): Directory {
  return {
    ...directory,
    wave: (operations) => {
      const wave = directory.wave(operations);
      return {
        settle: (signal) => wave.settle(signal),
        write: async (operation, signal) => {
          await delay(random() * 12);
          return wave.write(operation, signal);
        },
      };
    },
  };
}

async function planned({ people, directory }: Scene): Promise<Plan> {
  const checked = check([{ path: 'seatform.yaml', text: yamlOf(people) }]);
  if (!checked.ok) throw new Error(checked.diagnostics.map(({ message }) => message).join('\n'));
  const proposed = await propose(checked.value, directory, { asOf: '2026-11-22' as Day });
  if (!proposed.ok) throw new Error(proposed.diagnostics.map(({ message }) => message).join('\n'));
  return proposed.value;
}

async function apply({ directory }: Scene, plan: Plan): Promise<{ report: Report; events: readonly ApplyEvent[] }> {
  const events: ApplyEvent[] = [];
  const options = { parallelism: 8, signal: new AbortController().signal, now: () => new Date(0) };
  for await (const event of carryOut(plan, directory, options)) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'summary') throw new Error('no summary');
  return { report: last.report, events };
}

/** The seats of active people, as the service holds them. */
function seatsIn(emulator: Emulator): Record<string, number> {
  const counts: Record<string, number> = { Full: 0, Dev: 0 };
  for (const { active, roles } of emulator.state().users) {
    const seat = roles?.[0]?.value;
    if (active !== false && seat !== undefined) counts[seat] = (counts[seat] ?? 0) + 1;
  }
  return counts;
}

function expectWithinPools(emulator: Emulator): void {
  const { Full, Dev } = emulator.peaks();
  expect({ Full: Math.max(Full, inUse.Full), Dev: Math.max(Dev, inUse.Dev) }).toEqual(inUse);
}

const twoPercent: readonly Fault[] = (['unavailable', 'reset', 'reset-after', 'truncated'] as const).map((name) => ({ name, rate: 0.005 }));

describe.each([
  ['a sound service', []],
  ['2 % faults', twoPercent],
])('40 swaps at two full pools, 8 at once, with %s', (_what, faults) => {
  test.each([1, 2, 3, 4, 5])('in order %i: never more seats in use than purchased, and all of it done', async (seed) => {
    const here = await scene(seed, peopleOf(moves), faults);
    expect(seatsIn(here.emulator)).toMatchObject(inUse);
    const plan = await planned(here);
    expect(isBlocked(plan)).toBe(false);
    expect(plan.seats['Full']).toEqual({ before: 30, after: 30, purchased: 32, outside: 2 });
    const { report } = await apply(here, plan);
    expect(report.rows.filter(({ fate }) => fate !== 'succeeded')).toEqual([]);
    expectWithinPools(here.emulator);
    expect(seatsIn(here.emulator)).toMatchObject(inUse);
    expect((await planned(here)).operations).toEqual([]);
  });
});

describe('where some of those who should give a seat back do not', () => {
  const people = peopleOf(plainMoves);
  const givers = people.filter(({ from, to }) => (from === 'Full' || from === 'Dev') && from !== to).map(({ userName }) => userName);
  test.each([1, 2, 3, 4, 5])('order %i: who waits for their seats is held, and the pools are not exceeded', async (seed) => {
    const random = seededRandom(seed);
    const refused = givers.filter(() => random() < 0.15);
    const here = await scene(seed, people, [{ name: 'refuse', amount: 1000 }], refused);
    const plan = await planned(here);
    const { report, events } = await apply(here, plan);
    expectWithinPools(here.emulator);
    const failed = report.rows.filter(({ fate }) => fate === 'failed').map(({ operation }) => operation);
    const held = report.rows.filter(({ fate }) => fate === 'held');
    expect(failed.every((id) => refused.some((name) => id.endsWith(name)))).toBe(true);
    expect(failed.length).toBeGreaterThan(0);
    expect(held.length).toBeGreaterThan(0);
    const started = new Set(events.flatMap((event) => (event.type === 'started' ? [event.operation] : [])));
    const lost = new Set([...failed, ...held.map(({ operation }) => operation)]);
    for (const { id, needs } of plan.operations) expect(started.has(id)).toBe(!needs.some((need) => lost.has(need)));
  });
});

test('the pools would be exceeded if the order were another: what is counted here can be seen', async () => {
  const here = await scene(1, peopleOf(moves), []);
  const plan = await planned(here);
  await apply(here, { ...plan, operations: plan.operations.toReversed().map((operation) => Object.assign({}, operation, { needs: [] })) });
  const { Full, Dev } = here.emulator.peaks();
  expect(Full).toBeGreaterThan(inUse.Full);
  expect(Dev).toBeGreaterThan(inUse.Dev);
});
