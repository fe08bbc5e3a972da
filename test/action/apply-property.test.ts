/**
 * Whatever happens to a repository and to Figma: an apply writes nothing but what was approved or has fallen due, what was approved and is still
 * asked for is written, what nobody approved is red until that changes, and a second apply writes nothing. A small model of its own says what is
 * allowed; it knows nothing of plans.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { played, roomy, type Drama, type Seats } from './drama.ts';

const names = ['ada', 'bob', 'eve'] as const;
type Name = (typeof names)[number];
const ranks = ['View', 'Dev', 'Full'];

/** What a file says of somebody: a seat, or `off`; and more than that for some days, counted from the first. */
interface Entry {
  readonly seat: string;
  readonly grant?: { readonly seat: string; readonly from: number; readonly until: number };
}
type Config = Readonly<Record<Name, Entry>>;
type Change = Readonly<Partial<Record<Name, Entry>>>;

type Step =
  | { readonly do: 'propose'; readonly change: Change; readonly isPlanned: boolean }
  | { readonly do: 'merge'; readonly which: number; readonly how: 'merge' | 'squash' | 'rebase' }
  | { readonly do: 'push'; readonly change: Change }
  | { readonly do: 'hand'; readonly who: Name; readonly seat: string }
  | { readonly do: 'wait'; readonly days: number }
  | { readonly do: 'apply'; readonly event: 'push' | 'schedule' };

const seat = fc.constantFrom('View', 'Dev', 'Full', 'off');
const grant = fc
  .tuple(fc.constantFrom('Dev', 'Full'), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }))
  .map(([given, from, more]) => ({ seat: given, from, until: from + more }));
const entry: fc.Arbitrary<Entry> = fc.oneof(
  seat.map((one) => ({ seat: one })),
  fc.record({ seat: fc.constantFrom('View', 'Dev'), grant }),
);
const change: fc.Arbitrary<Change> = fc.dictionary(fc.constantFrom(...names), entry, { minKeys: 1, maxKeys: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('propose' as const), change, isPlanned: fc.integer({ min: 0, max: 4 }).map(Boolean) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('merge' as const), which: fc.nat(3), how: fc.constantFrom('merge', 'squash', 'rebase') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('push' as const), change }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hand' as const), who: fc.constantFrom(...names), seat }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('apply' as const), event: fc.constantFrom('push', 'schedule') }) },
);

const first = '2026-11-22';
const dayAt = (day: number) => new Date(Date.parse(first) + day * 86_400_000).toISOString().slice(0, 10);
const pathOf = (name: string) => `seatform/${name}.yaml`;

function yamlOf(name: string, { seat: base, grant: given }: Entry): string {
  const rest = base === 'off' ? 'active: false' : `active: true, seat: ${base}`;
  const user = `version: 1\nusers:\n  - { userName: ${name}@acme.com, ${rest} }\n`;
  if (!given) return user;
  const days = `from: ${dayAt(given.from)}, until: ${dayAt(given.until)}`;
  return `${user}grants:\n  - { user: ${name}@acme.com, seat: ${given.seat}, ${days} }\n`;
}

/** What an entry asks for on a day. */
function wanted({ seat: base, grant: given }: Entry, day: number): string {
  const isInForce = given !== undefined && given.from <= day && day <= given.until;
  return isInForce && ranks.indexOf(given.seat) > ranks.indexOf(base) ? given.seat : base;
}

/** Somebody's state that changes by itself on a day: from what to what. */
function turnOn(entryOf: Entry, day: number): string | undefined {
  const [before, after] = [wanted(entryOf, day - 1), wanted(entryOf, day)];
  return before === after ? undefined : `${before} → ${after}`;
}

interface Pull {
  readonly number: number;
  readonly change: Change;
  readonly isPlanned: boolean;
  /** What was there when it was planned. */
  readonly day: number;
  readonly base: Config;
  readonly live: Seats;
  /** Whose return it showed, and an apply has seen that they are back: that approval is used up. */
  readonly spent: Set<Name>;
}

/** A commit of the default branch. */
interface Commit {
  readonly change: Change;
  readonly before: Config;
  readonly pull?: Pull;
}

/** The world as the model knows it. */
class Model {
  main: Config = { ada: { seat: 'Full' }, bob: { seat: 'Dev' }, eve: { seat: 'View' } };
  day = 0;
  open: Pull[] = [];
  /** Since the applied commit. */
  line: Commit[] = [];
  applied: { readonly config: Config; readonly day: number } = { config: this.main, day: 0 };

  propose(number: number, changed: Change, isPlanned: boolean, live: Seats): void {
    this.open.push({ number, change: changed, isPlanned, day: this.day, base: this.main, live, spent: new Set() });
  }

  commit(changed: Change, pull?: Pull): void {
    this.line.push({ change: changed, before: this.main, ...(pull && { pull }) });
    this.main = { ...this.main, ...changed };
  }

  want(who: Name): string {
    return wanted(this.main[who], this.day);
  }

  /** Whether an apply may change somebody from one state to another. */
  mayBecome(who: Name, from: string | undefined, state: string): boolean {
    if (state !== this.want(who)) return false;
    const isApproved = this.line.some(({ pull }, position) => {
      if (!pull || !this.shows(pull, who, state)) return false;
      const isReturn = from === 'off';
      return this.stands(position, who) && (!isReturn || (pull.live[who] === 'off' && !pull.spent.has(who)));
    });
    return isApproved || (from !== 'off' && this.isDue(who) && this.stands(-1, who));
  }

  /** Whether an apply has to give somebody who is active what is wanted: it was approved or has come with time, and nothing speaks against it. */
  mustBecome(who: Name): boolean {
    const last = this.line.findLast(({ change: { [who]: said }, before }) => said && !isSame(said, before[who]));
    if (!last) return this.isDue(who);
    const { pull } = last;
    const said = pull?.change[who];
    if (!pull?.isPlanned || !said) return false;
    const want = this.want(who);
    const base = pull.base[who];
    const turn = this.daysSince(pull).findLast((day) => turnOn(said, day) !== undefined);
    if (turn !== undefined) return !base.grant;
    return wanted(said, pull.day) === want && ![pull.live[who], wanted(base, pull.day)].includes(want) && pull.live[who] !== 'off';
  }

  /** Whether the applied configuration asks for the same, so that a difference need not be the default branch's. */
  isAskedBefore(who: Name, live: string | undefined): boolean {
    const before = wanted(this.applied.config[who], this.day);
    return before === this.want(who) || (live === 'off' && ![before, this.want(who)].includes('off'));
  }

  /** Whether everything that will change by itself was applied before or shown in a plan. */
  isFutureShown(who: Name): boolean {
    const [said, known] = [this.main[who], this.applied.config[who]];
    const isNew = [1, 2, 3, 4, 5, 6, 7, 8, 9].some((more) => {
      const turn = turnOn(said, this.day + more);
      return turn !== undefined && turn !== turnOn(known, this.day + more);
    });
    return !isNew || this.line.some(({ pull }) => pull?.isPlanned && isSame(pull.change[who], said));
  }

  private isDue(who: Name): boolean {
    const { config, day } = this.applied;
    return wanted(config[who], day) !== wanted(config[who], this.day);
  }

  /** No commit after a position wants another state of somebody today than the one before it. */
  private stands(position: number, who: Name): boolean {
    return this.line
      .slice(position + 1)
      .every(({ change: { [who]: said }, before }) => !said || wanted(said, this.day) === wanted(before[who], this.day));
  }

  /** Whether a plan showed that somebody would come to have a state: at once, on a day that has come, or by taking another change back. */
  private shows({ isPlanned, change: changed, day, base, live }: Pull, who: Name, state: string): boolean {
    const said = changed[who];
    if (!isPlanned || !said || isSame(said, base[who])) return false;
    const isNow = wanted(said, day) === state && (live[who] !== state || wanted(base[who], day) !== state);
    return isNow || this.daysSince({ day }).some((on) => wanted(said, on) === state && turnOn(said, on) !== turnOn(base[who], on));
  }

  private daysSince({ day }: Pick<Pull, 'day'>): readonly number[] {
    return Array.from({ length: this.day - day }, (_, index) => day + 1 + index);
  }
}

function isSame(one: Entry | undefined, other: Entry | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

async function act(drama: Drama, model: Model, one: Step): Promise<void> {
  const { github } = drama;
  switch (one.do) {
    case 'propose': {
      const live = drama.seats();
      const files = Object.fromEntries(Object.entries(one.change).map(([name, said]) => [pathOf(name), yamlOf(name, said)]));
      model.propose(await drama.propose(files, { isPlanned: one.isPlanned }), one.change, one.isPlanned, live);
      return;
    }
    case 'merge': {
      const pull = model.open[one.which % Math.max(1, model.open.length)];
      if (!pull) return;
      try {
        github.mergePull(pull.number, one.how);
      } catch {
        return;
      }
      model.open = model.open.filter((other) => other !== pull);
      model.commit(pull.change, pull);
      return;
    }
    case 'push':
      github.commit('main', Object.fromEntries(Object.entries(one.change).map(([name, said]) => [pathOf(name), yamlOf(name, said)])));
      model.commit(one.change);
      return;
    case 'hand':
      await drama.byHand(one.who, one.seat);
      return;
    case 'wait':
      model.day += one.days;
      drama.setDay(dayAt(model.day));
      return;
    case 'apply':
      await applyTwice(drama, model, one.event);
  }
}

async function applyTwice(drama: Drama, model: Model, event: string): Promise<void> {
  const before = drama.seats();
  const ran = await drama.applied({ event });
  const after = drama.seats();
  expect([0, 4]).toContain(ran.code);
  for (const who of names) {
    const want = model.want(who);
    if (before[who] !== after[who])
      expect(model.mayBecome(who, before[who], after[who] ?? ''), `${who}: ${before[who]} → ${after[who]}`).toBe(true);
    else expect(ran.wrote).not.toContain(who);
    if (before[who] !== 'off' && model.mustBecome(who)) expect(after[who], `of ${who}`).toBe(want);
    // What the default branch asks for and nobody approved is red; only what was asked for before can be drift.
    if (after[who] !== want && !model.isAskedBefore(who, after[who])) expect(ran.code, `of ${who}`).toBe(4);
    if (!model.isFutureShown(who)) expect(ran.code, `of ${who}`).toBe(4);
  }
  const differing = names.filter((who) => after[who] !== model.want(who));
  if (ran.outputs['drift'] === 'true') expect(differing.some((who) => model.isAskedBefore(who, after[who]))).toBe(true);
  else if (ran.code === 0) expect(differing).toEqual([]);
  if (ran.outputs['held'] !== '0') expect(ran.code).toBe(4);
  if (ran.code === 4) expect(model.line.length).toBeGreaterThan(0);
  expect(ran.outputs['changes']).toBe(String(differing.length > 0));
  const { 'plan-digest': digest, drift } = ran.outputs;
  expect(drama.openIssues()).toHaveLength(differing.length > 0 || ran.code === 4 ? 1 : 0);
  for (const body of drama.openIssues()) expect(body).toContain(digest);
  for (const { pull } of model.line) for (const who of names) if (pull?.live[who] === 'off' && after[who] !== 'off') pull.spent.add(who);
  if (ran.code === 0) {
    model.applied = { config: model.main, day: model.day };
    model.line = [];
  }
  // Another run has nothing to add, and what is red stays red.
  expect(await drama.applied({ event })).toMatchObject({ code: ran.code, wrote: [], outputs: { 'plan-digest': digest, drift } });
}

test('whatever happens, an apply writes what was approved or is due, and nothing else', { timeout: 600_000 }, async () => {
  const runs = fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 10, size: 'max' }), async (steps) => {
      const model = new Model();
      const seats = Object.fromEntries(names.map((name) => [name, model.main[name].seat]));
      const said = names.map((name) => [pathOf(name), yamlOf(name, model.main[name])]);
      const drama = await played(seats, { files: { 'seatform/base.yaml': `version: 1\n${roomy}`, ...Object.fromEntries(said) } });
      for (const one of [...steps, { do: 'apply', event: 'schedule' } as const]) await act(drama, model, one);
    }),
    { numRuns: 12, seed: 20_261_122 },
  );
  await expect(runs).resolves.toBeUndefined();
});
