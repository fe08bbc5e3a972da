/**
 * The promises at the head of section 4, as oracles over a history. They share no logic with rules.ts: a watcher keeps its own
 * notes of who saw what and when, and judges every write by them.
 *
 * One clause is added to the first promise, because no history with an import ends otherwise: corrected drift may restore what
 * was live when the configuration that asks for it was applied, unless a later commit took it back.
 */
import type { Outcome } from './rules.ts';
import { type Observer, type Trace, replay } from './replay.ts';
import type { Disabled } from './rules.ts';
import {
  ATTRIBUTES,
  type ApplyEvent,
  type Attribute,
  type Commit,
  LOGINS,
  type Person,
  type PullRequest,
  type Row,
  type Rules,
  type Step,
  USERS,
  type User,
  type World,
  commitOf,
  lineFrom,
  rank,
  wanted,
} from './world.ts';

export type PromiseName =
  | '1 seen and approved'
  | '2 no looser rule'
  | '3 forged status'
  | '4 nobody merged'
  | '5 honest ends applied'
  | '6 nobody comes back';
export interface Violation {
  readonly promise: PromiseName;
  readonly step: number;
  readonly text: string;
}

interface Sighting {
  readonly at: number;
  readonly rows: readonly Row[];
}
interface Carried {
  readonly commit: string;
  readonly rows: readonly Row[];
}

const same = (row: Row, name: string, attribute: string, value: string, day: number): boolean =>
  row.name === name && row.attribute === attribute && row.value === value && (row.day ?? 0) <= day;

const visible = (pr: PullRequest): Row[] => pr.comments.filter((c) => c.author === 'app').flatMap((c) => c.body);

/** The commit changes what is wanted of this object, on this day, against its first parent. */
function changes(world: World, commit: Commit, name: User, attribute: Attribute, day: number): boolean {
  const parent = commit.parents[0];
  if (parent === undefined) return false;
  return wanted(commit.config, name, attribute, day) !== wanted(commitOf(world, parent).config, name, attribute, day);
}
function changesRule(world: World, commit: Commit, leaf: keyof Rules): boolean {
  const parent = commit.parents[0];
  return parent !== undefined && json(commit.config.rules[leaf]) !== json(commitOf(world, parent).config.rules[leaf]);
}
const json = (value: unknown): string => JSON.stringify(value);

class Watcher implements Observer {
  readonly violations: Violation[] = [];
  private index = -1;
  private readonly seen = new Map<number, Sighting>();
  private readonly mergedBy = new Map<number, { rows: readonly Row[]; at: number; byPerson: boolean; planned: boolean }>();
  /** The head that was planned last: rows of another head are not of the object that was merged. */
  private readonly plannedHead = new Map<number, string>();
  private readonly committers = new Map<number, Set<Person>>();
  private readonly access = new Map<number, boolean>();
  private readonly gone = new Map<User, number>(USERS.map((u) => [u, 0]));
  private readonly named: { by: Person; at: number; digest: string }[] = [];
  private printed: { digest: string; rows: readonly Row[]; since: number } | undefined;
  private readonly carried: Carried[] = [];
  private readonly established = new Map<string, { value: string; commit: string }>();
  private base: { rules: Rules; commit: string } | undefined;
  /** How many people each pull request needed when a run first saw its merge. */
  private readonly neededAt = new Map<number, number>();

  before(step: Step, world: World, again: (world: World) => Outcome): void {
    this.index++;
    if (step.do !== 'apply') return;
    for (const pr of Object.values(world.prs))
      if (pr.state === 'merged')
        for (const review of pr.reviews) if (!this.access.has(review.id)) this.access.set(review.id, world.access[review.by]);
    this.compare(world, again);
  }

  after(step: Step, world: World, outcome: Outcome | undefined): void {
    if (step.do === 'start') for (const user of USERS) this.gone.set(user, 0);
    this.note(step, world);
    if (outcome !== undefined) this.judge(step as ApplyEvent, world, outcome);
    for (const user of USERS)
      if (!world.live[user].active) {
        if (!this.gone.has(user)) this.gone.set(user, world.clock);
      } else this.gone.delete(user);
  }

  private fail(promise: PromiseName, text: string): void {
    this.violations.push({ promise, step: this.index, text });
  }

  /** What can be seen from outside after each step. */
  private note(step: Step, world: World): void {
    for (const pr of Object.values(world.prs)) {
      for (const review of pr.reviews) if (!this.seen.has(review.id)) this.seen.set(review.id, { at: world.clock, rows: visible(pr) });
      if (pr.state === 'merged' && !this.mergedBy.has(pr.number)) {
        const here = pr.mergeCommit === null ? undefined : commitOf(world, pr.mergeCommit);
        const merges = (step.do === 'merge' || (step.do === 'land' && step.how === 'merge')) && here !== undefined;
        const byPerson =
          merges && (step.pr === pr.number ? step.do === 'merge' || here.parents[1] === pr.head : here.parents[1] === pr.head);
        const planned = this.plannedHead.get(pr.number) === pr.head;
        this.mergedBy.set(pr.number, { rows: visible(pr), at: world.clock, byPerson, planned });
      }
    }
    if (step.do === 'plan' && world.prs[step.pr]?.state === 'open') this.plannedHead.set(step.pr, world.prs[step.pr]?.head ?? '');
    if (step.do === 'propose' || step.do === 'commit' || (step.do === 'update' && step.set !== undefined)) {
      const pr = world.prs[step.pr];
      const set = this.committers.get(step.pr) ?? new Set();
      if (pr !== undefined && commitOf(world, pr.head).at === world.clock) this.committers.set(step.pr, set.add(step.by));
    }
    if (step.do === 'name' && this.printed !== undefined) this.named.push({ by: step.by, at: world.clock, digest: this.printed.digest });
    // What an unverifiable memory says no longer counts, for nobody.
    if (step.do === 'rotate' && !step.keep) this.printed = undefined;
  }

  /** Promises 3 and 4: the same run without what was forged, and without pull requests that nobody merged. */
  private compare(world: World, again: (world: World) => Outcome): void {
    const forged = world.statuses.some((s) => s.forged);
    const loose = Object.values(world.prs).filter((p) => this.mergedBy.get(p.number)?.byPerson !== true);
    if (!forged && loose.length === 0) return;
    const asIs = again(world);
    const writes = (o: Outcome): string[] => o.writes.map((w) => `${w.who}.${w.attribute}=${w.to}`);
    if (forged) {
      const clean = { ...world, statuses: world.statuses.filter((s) => !s.forged) };
      const honest = new Set(writes(again(clean)));
      for (const write of writes(asIs))
        if (!honest.has(write)) this.fail('3 forged status', `${write} is written only because of a forged status`);
    }
    if (loose.length > 0) {
      const without = { ...world, prs: { ...world.prs } };
      for (const pr of loose) delete without.prs[pr.number];
      const other = again(without);
      if (json(writes(other)) !== json(writes(asIs)) || other.exit !== asIs.exit)
        this.fail('4 nobody merged', `unmerged pull requests change ${json(writes(other))} to ${json(writes(asIs))}`);
    }
  }

  private isCounted(world: World, pr: PullRequest, review: PullRequest['reviews'][number]): boolean {
    const { by } = review;
    if (by === 'bot' || by === pr.author || this.committers.get(pr.number)?.has(by) === true) return false;
    return review.state === 'approve' && (this.access.get(review.id) ?? world.access[by]);
  }

  /** The last opinions on a pull request that count. */
  private approvers(world: World, pr: PullRequest): PullRequest['reviews'] {
    const last = new Map(pr.reviews.map((r) => [r.by, r]));
    return [...last.values()].filter((r) => this.isCounted(world, pr, r));
  }
  /** A person with access asked for changes before the merge and holds to it. */
  private stopped(world: World, pr: PullRequest): boolean {
    const last = new Map(pr.reviews.map((r) => [r.by, r]));
    const at = this.mergedBy.get(pr.number)?.at ?? 0;
    return [...last.values()].some(
      (r) => r.state === 'changes' && r.by !== 'bot' && r.at < at && (this.access.get(r.id) ?? world.access[r.by]),
    );
  }

  /** Enough people saw the row on the pull request and then approved. */
  private approvedOn(world: World, pr: PullRequest, matches: (row: Row) => boolean, needed: number, after: number): boolean {
    const merge = this.mergedBy.get(pr.number);
    if (merge === undefined || !merge.byPerson || !merge.planned || this.stopped(world, pr)) return false;
    if (needed === 0) return merge.rows.some(matches) && merge.at > after;
    const who = this.approvers(world, pr).filter((review) => {
      const sighting = this.seen.get(review.id);
      if (sighting === undefined || review.at <= after) return false;
      // Nobody approves what favors their own account.
      return sighting.rows.some((row) => matches(row) && !favors(row, review.by));
    });
    return who.length >= needed;
  }

  private mergesOn(world: World, line: readonly Commit[]): { pr: PullRequest; place: number }[] {
    return Object.values(world.prs)
      .filter((pr) => this.mergedBy.get(pr.number)?.byPerson === true)
      .map((pr) => ({ pr, place: line.findIndex((c) => c.id === pr.mergeCommit) }))
      .filter((m) => m.place >= 0)
      .toSorted((a, b) => a.place - b.place);
  }

  private judge(event: ApplyEvent, world: World, outcome: Outcome): void {
    const line = lineFrom(world, world.main, 1000).toReversed();
    const tip = commitOf(world, world.main);
    const today = world.day;
    const merges = this.mergesOn(world, line);
    const reference = this.base?.rules ?? strict(line.map((c) => c.config.rules));
    const baseAt = line.findIndex((c) => c.id === this.base?.commit);

    // How many people a pull request at a place needed, at least.
    let needed: number = reference.approvals;
    const { neededAt } = this;
    for (const { pr, place } of merges) {
      if (place <= baseAt) continue;
      if (!neededAt.has(pr.number)) neededAt.set(pr.number, needed);
      const to = commitOf(world, pr.mergeCommit ?? tip.id).config.rules.approvals;
      const isRule = (row: Row): boolean => row.kind === 'rule' && row.name === 'approvals' && row.value === String(to);
      if (to < needed && this.approvedOn(world, pr, isRule, needed, -1)) needed = to;
    }

    // Who named the digest of this run.
    const asked = event.approve === true ? this.printed : undefined;
    const namersOf = (row: Row | undefined, after: number): number =>
      new Set(
        this.named
          .filter((n) => n.digest === asked?.digest && n.at > asked.since && n.at > after)
          .filter((n) => n.by !== event.by && n.by !== 'bot' && world.access[n.by])
          .filter((n) => row === undefined || !this.wrote(world, line.slice(baseAt + 1), row, n.by))
          .map((n) => n.by),
      ).size;

    // Promise 2.
    const leaves = ['protected', 'downgrades', 'approvals'] as const;
    const allowed = strict([reference, tip.config.rules]);
    const loosened: (keyof Rules)[] = [];
    for (const leaf of leaves) {
      const value = json(leaf === 'protected' ? tip.config.rules.protected.toSorted() : tip.config.rules[leaf]);
      if (!looser(leaf, tip.config.rules, reference)) continue;
      const isRule = (row: Row): boolean => row.kind === 'rule' && row.name === leaf && row.value === value;
      const approved = merges.some(
        ({ pr, place }) =>
          place > baseAt &&
          this.approvedOn(world, pr, isRule, neededAt.get(pr.number) ?? needed, -1) &&
          !line.slice(place + 1).some((c) => changesRule(world, c, leaf)),
      );
      const digest = asked?.rows.find(isRule);
      if (approved || (digest !== undefined && namersOf(digest, -1) >= needed)) loosened.push(leaf);
      else if (looser(leaf, outcome.rules, reference))
        this.fail('2 no looser rule', `${leaf} is ${json(outcome.rules[leaf])} in force, was ${json(reference[leaf])}`);
    }

    const inForce: Rules = {
      protected: loosened.includes('protected') ? tip.config.rules.protected : allowed.protected,
      downgrades: loosened.includes('downgrades') ? tip.config.rules.downgrades : allowed.downgrades,
      approvals: loosened.includes('approvals') ? tip.config.rules.approvals : allowed.approvals,
    };
    const lowered = outcome.writes.filter((w) => w.attribute === 'seat' && rank(w.to) < rank(w.from));
    // Grants may end on one day together: they were judged when they were planned.
    const counted = lowered.filter((w) => tip.config.grants[w.who] === undefined);
    if (counted.length > inForce.downgrades) this.fail('2 no looser rule', `${counted.length} seats are lowered at once`);
    for (const write of outcome.writes)
      if (inForce.protected.includes(write.who) && (lowered.includes(write) || write.to === 'false'))
        this.fail('2 no looser rule', `protected ${write.who} is lowered`);

    // Promises 1 and 6.
    for (const write of outcome.writes) {
      const reactivates = write.attribute === 'active' && write.to === 'true';
      const after = reactivates ? (this.gone.get(write.who) ?? -1) : -1;
      const takenBack = (from: number): boolean => line.slice(from + 1).some((c) => changes(world, c, write.who, write.attribute, today));
      const matches = (row: Row): boolean =>
        same(row, write.who, write.attribute, write.to, today) && (!reactivates || row.kind === 'change');
      const byPr = (since: number): boolean =>
        merges.some(({ pr, place }) => !takenBack(place) && this.approvedOn(world, pr, matches, neededAt.get(pr.number) ?? needed, since));
      const byDigest = (since: number): boolean => {
        const row = asked?.rows.find(matches);
        if (row !== undefined && namersOf(row, since) >= needed) return true;
        return (
          since < 0 &&
          this.carried.some(({ commit, rows }) => {
            const at = line.findIndex((c) => c.id === commit);
            return at >= 0 && rows.some(matches) && !takenBack(at);
          })
        );
      };
      const old = this.established.get(`${write.who}.${write.attribute}`);
      const oldAt = line.findIndex((c) => c.id === old?.commit);
      const restores =
        event.on === 'schedule' && event.correct === true && !reactivates && old?.value === write.to && oldAt >= 0 && !takenBack(oldAt);
      const text = `${write.who}.${write.attribute} = ${write.to} (${write.why})`;
      if (!byPr(-1) && !byDigest(-1) && !restores) this.fail('1 seen and approved', text);
      if (reactivates && !byPr(after) && !byDigest(after)) this.fail('6 nobody comes back', text);
    }

    // Notes for later runs.
    if (asked !== undefined && outcome.digest === null && namersOf(undefined, -1) >= needed)
      this.carried.push({ commit: tip.id, rows: asked.rows });
    if (outcome.status !== null) {
      this.base = { rules: inForce, commit: tip.id };
      for (const user of USERS)
        for (const attribute of ATTRIBUTES) {
          const live = attribute === 'active' ? String(world.live[user].active) : world.live[user].seat;
          if (wanted(tip.config, user, attribute, today) === live)
            this.established.set(`${user}.${attribute}`, { value: live, commit: tip.id });
        }
    }
    if (outcome.digest === null) this.printed = undefined;
    else if (this.printed?.digest !== outcome.digest) this.printed = { digest: outcome.digest, rows: outcome.rest, since: world.clock };
  }

  /** The person wrote a commit, or opened or committed to a pull request, that brought this row. */
  private wrote(world: World, line: readonly Commit[], row: Row, by: Person): boolean {
    return line.some((commit) => {
      const touches =
        row.attribute === 'rule'
          ? changesRule(world, commit, row.name as keyof Rules)
          : changes(world, commit, row.name as User, row.attribute, row.day ?? world.day);
      if (!touches) return false;
      const prs = Object.values(world.prs).filter((p) => p.mergeCommit === commit.id);
      return commit.author === by || prs.some((p) => p.author === by || this.committers.get(p.number)?.has(by) === true);
    });
  }
}

function favors(row: Row, by: Person): boolean {
  if (row.attribute === 'rule' || LOGINS[row.name as User] !== by) return false;
  return row.attribute === 'active' ? row.value === 'true' : rank(row.value) > rank(row.before);
}

function strict(all: readonly Rules[]): Rules {
  let [downgrades, approvals]: [number, 0 | 1 | 2] = [Infinity, 0];
  const names = new Set<User>();
  for (const rules of all) {
    downgrades = Math.min(downgrades, rules.downgrades);
    if (rules.approvals > approvals) approvals = rules.approvals;
    for (const name of rules.protected) names.add(name);
  }
  return { protected: [...names], downgrades, approvals };
}

function looser(leaf: keyof Rules, now: Rules, than: Rules): boolean {
  if (leaf === 'downgrades') return now.downgrades > than.downgrades;
  if (leaf === 'approvals') return now.approvals < than.approvals;
  return than.protected.some((name) => !now.protected.includes(name));
}

/** Promise 5: the last apply of the history is green, the status is on the tip, Figma shows what the tip wants. */
export function unapplied(trace: Trace): Violation[] {
  const last = trace.applies.at(-1);
  const { world } = trace;
  const tip = commitOf(world, world.main);
  const fail = (text: string): Violation[] => [{ promise: '5 honest ends applied', step: last?.step ?? -1, text }];
  if (last === undefined) return fail('no apply');
  if (!last.green) return fail(`exit ${last.exit}`);
  if (!world.statuses.some((s) => s.commit === tip.id && !s.forged)) return fail('no status on the tip');
  for (const user of USERS) {
    const active = wanted(tip.config, user, 'active', world.day);
    if (active !== undefined && active !== String(world.live[user].active)) return fail(`${user}.active`);
    const seat = wanted(tip.config, user, 'seat', world.day);
    if (seat !== undefined && seat !== world.live[user].seat) return fail(`${user}.seat`);
  }
  return [];
}

/** Replays a history and returns every broken promise but the fifth, which is for honest histories only. */
export function violations(steps: readonly Step[], disabled?: Disabled): { broken: Violation[]; trace: Trace } {
  const watcher = new Watcher();
  const trace = replay(steps, disabled, watcher);
  return { broken: watcher.violations, trace };
}
