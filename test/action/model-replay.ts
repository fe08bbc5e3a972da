/**
 * Plays a history of the model of approvals (test/approval/model/) against the product: every step is done to a real git repository, the loopback
 * GitHub and the emulated Figma, every job of seatform is a run of the Action. After each apply, Figma, the color of the run and the status have to be
 * what the model says.
 */
import { createHash } from 'node:crypto';
import { keyFrom, keysFrom, type Key } from '../../src/github/key.ts';
import { open, sign } from '../../src/github/marker.ts';
import { readStatus, statusText } from '../../src/github/status.ts';
import { dayOf } from '../../src/model/day.ts';
import { advance } from '../approval/model/replay.ts';
import type { Outcome } from '../approval/model/rules.ts';
import {
  type ApplyEvent,
  type Config,
  LOGINS,
  type PullRequest,
  type Step,
  USERS,
  type User,
  type Value,
  type World,
  type Writer,
  commitOf,
  lineFrom,
  newWorld,
  shown,
} from '../approval/model/world.ts';
import { asked, holding, seatsIn } from './drama.ts';
import { Git } from './hub/git.ts';
import { openStage, type Given, type Ran } from './stage.ts';

/** Something in which the product and the model differ. */
interface Difference {
  /** Index of the step in the history. */
  readonly step: number;
  readonly text: string;
  /** Figma differs from what the model says: otherwise only the color of the run or the status does. */
  readonly isLive: boolean;
  readonly log: string;
}

/** What came of a history: the first difference, or nothing. `unplayable`: git merges other configurations than the model. */
export type Replayed = 'equal' | 'unplayable' | Difference;

/** Plays a history to its end, or to the first difference. */
export async function replayed(steps: readonly Step[]): Promise<Replayed> {
  const first = steps[0];
  const world = newWorld();
  if (first?.do === 'start') advance(world, first);
  const player = await Player.open(world);
  try {
    for (const [index, step] of steps.entries()) {
      if (step.do === 'start') continue;
      const difference = await player.play(step);
      if (difference === 'unplayable') return difference;
      if (difference) return { step: index, ...difference };
    }
    return 'equal';
  } finally {
    await player.close();
  }
}

type Stage = Awaited<ReturnType<typeof openStage>>;

const context = 'seatform/applied';
const secretOf = (key: number) => `a secret that signs, number ${key}`;
/** The key of somebody who has none of the repository. */
const foreign = 'a secret of somebody else';
/** Reads of a merged pull request before its merge commit shows, for those that lag. */
const lag = 2;

const firstDay = Date.parse('2026-11-22');
const dateOf = (day: number) => new Date(firstDay + (day - 1) * 86_400_000).toISOString().slice(0, 10);

const logins: Partial<Record<Writer, string>> = { app: 'github-actions[bot]', bot: 'helper[bot]' };
const loginOf = (who: Writer) => logins[who] ?? who;
const addressOf = (user: User) => `${user}@acme.com`;
const branchOf = (number: number) => `change-${number}`;

/** So far apart that git merges changes of either side. */
const gap = '\n# .\n# .\n# .\n# .\n# .\n# .\n\n';

/** A configuration as files, one for each thing that can be changed by itself. */
function filesOf({ users, grants, rules }: Config): Readonly<Record<string, string>> {
  const limits = ['creations', 'deactivations', 'reactivations', 'emailChanges', 'membershipRemovals', 'groupShrink', 'adminChanges'];
  const files: Record<string, string> = {
    'seatform/organization.yaml': [
      'version: 1\norganization:\n  minAdmins: 0\n  limits:\n',
      ...limits.map((name) => `    ${name}: 100%\n`),
      `    downgrades: ${rules.downgrades}\n`,
      gap,
      `  separation: { approvals: ${rules.approvals} }\n`,
      gap,
      `  protected: [${rules.protected.map(addressOf).join(', ')}]\n`,
    ].join(''),
  };
  for (const user of USERS) {
    const [value, grant] = [users[user], grants[user]];
    const login = LOGINS[user] === undefined ? '' : `, github: ${LOGINS[user]}`;
    const wish = value === 'off' ? 'active: false' : `active: true, seat: ${value}`;
    const entry = value === undefined ? '' : `users:\n  - { userName: ${addressOf(user)}${login}, ${wish} }\n`;
    const days = grant && `from: ${dateOf(grant.from)}, until: ${dateOf(grant.until)}`;
    files[`seatform/${user}.yaml`] = `version: 1\n# ${user}\n${entry}`;
    files[`seatform/${user}-grant.yaml`] =
      `version: 1\n# ${user}\n${grant ? `grants:\n  - { user: ${addressOf(user)}, seat: ${grant.seat}, ${days} }\n` : ''}`;
  }
  return files;
}

function blobOf(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}

class Player {
  readonly close: () => Promise<void>;
  private readonly stage: Stage;
  private readonly git: Git;
  private readonly world: World;
  /** The commits of the model as they are in git. */
  private readonly shas = new Map<string, string>();
  /** The pull requests of the model by their numbers on GitHub. */
  private readonly numbers = new Map<number, number>();
  /** Every plan as it was posted first, by pull request. */
  private readonly posted = new Map<number, string[]>();
  /** What seatform wrote below each first line. */
  private readonly written = new Map<string, string>();
  /** Descriptions of statuses that seatform set, oldest first, with their commits. */
  private readonly marks: { readonly sha: string; readonly description: string }[] = [];
  /** The digest that was printed last. */
  private digest = '';

  private constructor(stage: Stage, world: World) {
    this.stage = stage;
    this.world = world;
    this.git = new Git(stage.github.gitDir, 'main');
    this.close = stage.close;
  }

  static async open(world: World): Promise<Player> {
    const seats = Object.fromEntries(USERS.map((user) => [user, shown(world.live[user])]));
    const stage = await openStage({ figma: { seed: holding(seats) }, github: { lagMergeCommit: lag } });
    const player = new Player(stage, world);
    const { github } = stage;
    github.setAccess('tri', 'triage');
    player.shas.set(world.main, github.commit('main', filesOf(commitOf(world, world.main).config), 'Start', { author: 'dan' }));
    return player;
  }

  async play(step: Exclude<Step, { do: 'start' }>): Promise<Omit<Difference, 'step'> | 'unplayable' | undefined> {
    this.stage.wait(10);
    const before = structuredClone(this.world);
    if (step.do === 'apply') return this.apply(step, before);
    advance(this.world, step);
    await this.happen(step, before);
    const isByGit = step.do === 'merge' || step.do === 'update' || step.do === 'land';
    return isByGit && !this.isInStep() ? 'unplayable' : undefined;
  }

  private get github(): Stage['github'] {
    return this.stage.github;
  }

  private sha(id: string): string {
    const known = this.shas.get(id);
    if (known === undefined) throw new Error(`${id} is not in git`);
    return known;
  }

  private number(pull: number): number {
    const known = this.numbers.get(pull);
    if (known === undefined) throw new Error(`pull request ${pull} is not on GitHub`);
    return known;
  }

  private filesAt(id: string): Readonly<Record<string, string>> {
    return filesOf(commitOf(this.world, id).config);
  }

  /** Does to GitHub and Figma what the step has done to the model. */
  private async happen(step: Exclude<Step, { do: 'start' | 'apply' }>, before: World): Promise<void> {
    const { world, github } = this;
    const [pull, was] = 'pr' in step ? [world.prs[step.pr], before.prs[step.pr]] : [undefined, undefined];
    const hasMoved = pull !== undefined && was !== undefined && pull.head !== was.head;
    switch (step.do) {
      case 'propose':
        if (pull && !was) this.propose(step, pull);
        break;
      case 'commit':
        if (hasMoved) this.shas.set(pull.head, github.push(this.number(step.pr), this.filesAt(pull.head), 'More', { author: step.by }));
        break;
      case 'update':
        if (hasMoved) this.update(step, pull, was);
        break;
      case 'plan':
        if (pull) await this.plan(step, pull);
        break;
      case 'counterfeit':
        if (pull && JSON.stringify(pull.comments) !== JSON.stringify(was?.comments)) await this.counterfeit(pull);
        break;
      case 'review':
        if (pull && pull.reviews.length > (was?.reviews.length ?? 0))
          github.review(this.number(step.pr), loginOf(step.by), step.state === 'approve' ? 'APPROVED' : 'CHANGES_REQUESTED');
        break;
      case 'dismiss':
        if (pull) this.dismiss(pull, loginOf(step.of));
        break;
      case 'merge':
        if (pull?.state === 'merged' && was?.state !== 'merged') this.merge(step, pull);
        break;
      case 'close':
        if (pull?.state === 'closed' && was?.state !== 'closed') github.closePull(this.number(step.pr));
        break;
      case 'push':
        this.shas.set(world.main, github.commit('main', this.filesAt(world.main), 'Push', { author: step.by }));
        break;
      case 'land':
        if (pull && world.main !== before.main) this.land(step, pull);
        break;
      case 'force':
        github.reset('main', this.sha(world.main));
        break;
      case 'erase':
        if (pull) for (const { id } of this.plansOn(pull)) github.deleteComment(id);
        break;
      case 'tamper':
      case 'restore':
      case 'touch':
        if (pull) this.edit(step, pull);
        break;
      case 'copy':
        this.copy(step);
        break;
      case 'forge':
        this.forge(step);
        break;
      case 'repost':
        this.repost(step);
        break;
      case 'hand':
        await this.hand(step.user, step.value);
        break;
      case 'refuse':
        if (step.on) this.stage.figma.refused.add(addressOf(step.user));
        else this.stage.figma.refused.delete(addressOf(step.user));
        break;
      case 'access':
        github.setAccess(loginOf(step.who), step.write ? 'write' : 'triage');
        break;
      case 'wait':
        this.stage.setDay(dateOf(world.day));
        break;
      case 'name':
        if (world.names.length > before.names.length) this.name(loginOf(step.by));
        break;
      case 'rotate':
        break;
    }
    this.noticeMerges(step.do === 'merge' && (step.lag ?? 0) > 0 ? step.pr : undefined);
  }

  /** GitHub's word on pull requests that are merged by now; all but the one that lags show their merge commit at once. */
  private noticeMerges(lagging: number | undefined): void {
    for (const pull of Object.values(this.world.prs)) {
      if (pull.state !== 'merged') continue;
      const { merged } = this.github.pull(this.number(pull.number));
      if (!merged) throw new Error(`pull request ${pull.number} is not merged on GitHub`);
      if (pull.mergeCommit !== null && !this.shas.has(pull.mergeCommit)) this.shas.set(pull.mergeCommit, merged.sha);
      // A merge that was pushed may be connected with the pull request as well: the worse case for what only became reachable.
      (merged.commits as Set<string>).add(merged.sha);
      if (pull.number !== lagging && pull.lag === 0) for (let look = 1; look <= lag; look++) merged.askedBy.add(-look);
    }
  }

  private propose(step: Extract<Step, { do: 'propose' }>, pull: PullRequest): void {
    const { github } = this;
    const branch = branchOf(step.pr);
    const from = step.set === null ? pull.head : (commitOf(this.world, pull.head).parents[0] ?? '');
    github.reset(branch, this.sha(from));
    if (step.set !== null)
      this.shas.set(pull.head, github.commit(branch, this.filesAt(pull.head), `Change ${step.pr}`, { author: step.by }));
    this.numbers.set(step.pr, github.openPull({ head: branch, author: loginOf(step.by) }));
  }

  private update(step: Extract<Step, { do: 'update' }>, pull: PullRequest, was: PullRequest): void {
    const { github } = this;
    const parents = [this.sha(was.head), this.sha(this.world.main)];
    const made =
      step.set === undefined
        ? github.updateBranch(this.number(step.pr), step.by)
        : github.commitMerge(branchOf(step.pr), parents, this.filesAt(pull.head), { author: step.by });
    this.shas.set(pull.head, made);
  }

  private merge({ how }: Extract<Step, { do: 'merge' }>, pull: PullRequest): void {
    const { github, world } = this;
    const before = github.tip('main');
    const tip = github.mergePull(this.number(pull.number), how, { by: loginOf(pull.author) });
    // A rebase leaves a commit for each of the branch.
    const made = [...this.git.range(before, tip, '--first-parent')];
    for (const [index, { id }] of lineFrom(world, world.main)
      .slice(0, how === 'rebase' ? made.length : 1)
      .entries())
      this.shas.set(id, made[index] ?? tip);
  }

  private land(step: Extract<Step, { do: 'land' }>, pull: PullRequest): void {
    const { github, world } = this;
    const files = step.set === undefined ? {} : this.filesAt(world.main);
    if (step.how === 'merge') {
      this.shas.set(world.main, github.commitMerge('main', ['main', this.sha(pull.head)], files, { author: step.by }));
      return;
    }
    if (step.set !== undefined) {
      github.reset('by-hand', this.sha(pull.head));
      this.shas.set(world.main, github.commit('by-hand', files, 'On top', { author: step.by }));
    }
    github.reset('main', this.sha(world.main), step.by);
  }

  private inputs(): Record<string, string> {
    const { key, verify } = this.world;
    return { 'signing-key': [key, ...verify.filter((one) => one !== key)].map(secretOf).join('\n') };
  }

  private plansOn(pull: PullRequest) {
    const all = this.github.comments(this.number(pull.number));
    return all.filter(({ author, body }) => author === loginOf('app') && body.startsWith('<!-- seatform:plan:'));
  }

  /** Remembers what seatform has written, so that others can copy and restore it. */
  private note(pull: PullRequest, before: readonly string[]): void {
    for (const { body } of this.plansOn(pull)) {
      this.written.set(body.split('\n', 1)[0] ?? '', body);
      const isPlan = (open(body)?.marker.header.tenant ?? '') !== '';
      if (isPlan && !before.includes(body)) this.posted.set(pull.number, [...(this.posted.get(pull.number) ?? []), body]);
    }
  }

  private async plan(step: Extract<Step, { do: 'plan' }>, pull: PullRequest): Promise<void> {
    const before = this.plansOn(pull).map(({ body }) => body);
    if (pull.state === 'merged' && step.race) await this.race(pull);
    else await this.stage.plan(this.number(pull.number), { inputs: this.inputs() });
    this.note(pull, before);
  }

  /** A plan for which GitHub still shows a merged pull request as open, until it writes. */
  private async race(pull: PullRequest): Promise<void> {
    const { github, world } = this;
    const number = this.number(pull.number);
    const stored = github.pull(number) as { state: 'open' | 'closed'; merged?: unknown };
    const { merged } = stored;
    const parent = commitOf(world, pull.mergeCommit ?? world.main).parents[0];
    const point = (id: string) => this.git.run(['update-ref', 'refs/heads/main', this.sha(id)]);
    const end = () => {
      Object.assign(stored, { state: 'closed', merged });
      point(world.main);
    };
    stored.state = 'open';
    delete stored.merged;
    if (parent !== undefined) point(parent);
    let isOver = false;
    for (const method of ['POST', 'PATCH'])
      github.meanwhile({ method, path: /\/comments/ }, () => {
        if (!isOver) end();
        isOver = true;
      });
    await this.stage.plan(number, { inputs: this.inputs() });
    if (!isOver) end();
    isOver = true;
  }

  /** What another workflow with the same token can do: a comment like that of the plan job, with all but a key. */
  private async counterfeit(pull: PullRequest): Promise<void> {
    const { github } = this;
    const number = this.number(pull.number);
    const states = github.reviews(number).map(({ state }) => state);
    const before = new Map(github.comments(number).map((comment) => [comment.id, structuredClone(comment)]));
    const own = this.plansOn(pull).filter(({ edits }) => edits.every(({ editor }) => editor === loginOf('app')));
    const plannedAt = ({ body }: { readonly body: string }) => open(body)?.marker.header.plannedAt ?? '';
    const [sticky] = own.toSorted((a, b) => plannedAt(b).localeCompare(plannedAt(a)));
    await this.stage.plan(number, { inputs: { 'signing-key': foreign } });
    // That workflow dismisses nothing.
    for (const [index, review] of github.reviews(number).entries()) {
      delete review.dismissal;
      review.state = states[index] ?? review.state;
    }
    const key: Key = { ...keyFrom(foreign), id: keyFrom(secretOf(this.world.key)).id };
    const made = this.plansOn(pull)
      .map(({ body }) => open(body))
      .find((opened) => opened?.marker.header.keyId === keyFrom(foreign).id);
    if (!made) throw new Error('nothing was counterfeited');
    // It leaves all other comments as they are.
    for (const comment of github.comments(number)) {
      const old = before.get(comment.id);
      if (old) Object.assign(comment, old);
      else github.deleteComment(comment.id);
    }
    const { counts: _, keyId: __, body: ___, ...said } = made.marker.header;
    const { id, createdAt } = sticky ?? github.comment(number, loginOf('app'), 'A plan');
    github.editComment(id, loginOf('app'), sign({ ...said, since: createdAt }, made.marker.hashes, made.body, key));
  }

  private dismiss({ number }: PullRequest, of: string): void {
    const review = this.github.reviews(this.number(number)).findLast(({ author }) => author === of);
    if (review?.state === 'APPROVED' || review?.state === 'CHANGES_REQUESTED')
      this.github.dismissReview(this.number(number), review.id, 'ann', 'No');
  }

  private edit({ do: how, by }: Extract<Step, { do: 'tamper' | 'restore' | 'touch' }>, pull: PullRequest): void {
    for (const { id, body } of this.plansOn(pull)) {
      const line = body.split('\n', 1)[0] ?? '';
      const whole = this.written.get(line) ?? body;
      const wanted = how === 'tamper' ? `${line}\n### Nothing to see` : how === 'restore' ? whole : body;
      // What GitHub counts as an edit changes something.
      this.github.editComment(id, loginOf(by), wanted === body ? (body.endsWith(' ') ? body.trimEnd() : `${body} `) : wanted);
    }
  }

  private copy({ from, to, by, which }: Extract<Step, { do: 'copy' }>): void {
    const body = this.posted.get(from)?.at(which === 'first' ? 0 : -1);
    if (body !== undefined && this.world.prs[to]) this.github.comment(this.number(to), loginOf(by), body);
  }

  private forge({ back, unknown }: Extract<Step, { do: 'forge' }>): void {
    const { world, github } = this;
    const commit = lineFrom(world, world.main)[back];
    if (!commit) return;
    const sha = this.sha(commit.id);
    const day = dayOf(dateOf(world.day)) ?? never();
    const place = { repository: github.repositoryId, commit: sha, context };
    // The format names no key: whatever has its form may have been signed with one that is not known. What has not is nothing.
    const signed = statusText({ day, sequence: '-', head: '-' }, place, keysFrom(foreign));
    github.setStatus(sha, { context, description: unknown ? signed : `As of ${dateOf(world.day)}: applied`, creator: 'ann' });
  }

  private repost({ on }: Extract<Step, { do: 'repost' }>): void {
    const [old] = this.marks;
    if (old)
      this.github.setStatus(on === 'same' ? old.sha : this.github.tip('main'), { context, description: old.description, creator: 'ann' });
  }

  private async hand(user: User, value: Value): Promise<void> {
    const { figma } = this.stage;
    const isRefused = figma.refused.delete(addressOf(user));
    const id = figma.state().users.find(({ userName }) => userName === addressOf(user))?.id ?? '';
    const wanted = value === 'off' ? { active: false } : { active: true, roles: [{ type: 'seatType', value }] };
    const operations = Object.entries(wanted).map(([path, one]) => ({ op: 'replace', path, value: one }));
    const status = await asked(figma, 'PATCH', `Users/${id}`, { Operations: operations });
    if (status !== 200) throw new Error(`Figma answers ${status}`);
    if (isRefused) figma.refused.add(addressOf(user));
  }

  private name(login: string): void {
    const issue = this.github.issues.find(({ title }) => title === 'Figma drift');
    if (!issue) throw new Error('there is no issue on drift');
    this.github.comment(issue.number, login, `approve ${this.digest}`);
  }

  /** Runs the Action, and the model if it did not refuse the run, and compares. */
  private async apply(event: ApplyEvent, before: World): Promise<Omit<Difference, 'step'> | undefined> {
    const { world, github } = this;
    const outcome = advance(world, event) ?? never();
    const tip = github.tip('main');
    for (const pull of Object.values(before.prs))
      // It is waited for at the tip only; elsewhere the next run sees it.
      if (pull.lag > 0 && this.sha(pull.mergeCommit ?? '') !== tip) this.settle(pull);
    const printed = before.issue !== null && before.verify.includes(before.issue.key) ? before.issue.printed : null;
    const isNamed = event.approve === true && printed !== null;
    const marked = this.validOn(tip);
    const plans = Object.values(world.prs).map((pull) => ({ pull, bodies: this.plansOn(pull).map(({ body }) => body) }));
    const ran = await this.run(event, isNamed);
    for (const { pull } of plans) for (const { body } of this.plansOn(pull)) this.written.set(body.split('\n', 1)[0] ?? '', body);
    const isMarked = this.validOn(tip).length > marked.length;
    // Reading A1: where a digest is refused, the model runs as if none had been given, and the product writes nothing at all.
    const isRefused = isNamed && outcome.digest !== null;
    if (isRefused) Object.assign(world, before, { clock: world.clock });
    const wanted = isRefused ? { green: false, moved: false } : { green: outcome.exit === 0, moved: outcome.statusMoved };
    const found = { green: ran.code === 0, moved: isMarked && marked.length === 0 };
    // What was printed last is what the issue holds: a run that refuses a digest leaves it alone.
    if (!isRefused) this.digest = ran.outputs['plan-digest'] ?? this.digest;
    const [live, model] = [this.live(), this.modelLive()];
    const isLive = live !== model;
    const texts = [
      ...(isLive ? [`Figma holds ${live}, the model ${model}`] : []),
      ...(found.green === wanted.green ? [] : [`the run ends with ${ran.code}, the model with ${outcome.exit}`]),
      ...(found.moved === wanted.moved
        ? []
        : [`the status ${found.moved ? 'moves' : 'does not move'}, in the model it ${wanted.moved ? 'does' : 'does not'}`]),
    ];
    if (texts.length === 0) return undefined;
    return { text: `${texts.join('; ')} (${summaryOf(outcome)})`, isLive, log: ran.log };
  }

  private settle({ number }: PullRequest): void {
    const asking = this.github.pull(this.number(number)).merged?.askedBy;
    for (let look = 1; look <= lag; look++) asking?.add(-look);
  }

  private async run(event: ApplyEvent, isNamed: boolean): Promise<Ran> {
    const by = loginOf(event.by ?? 'dan');
    const given: Given = {
      event: { push: 'push', schedule: 'schedule', dispatch: 'workflow_dispatch' }[event.on],
      inputs: {
        ...this.inputs(),
        ...(event.correct && { drift: 'correct' }),
        ...(isNamed && { approve: this.digest }),
      },
      env: { GITHUB_ACTOR: by, GITHUB_TRIGGERING_ACTOR: by },
    };
    const ran = await this.stage.apply(given);
    const sha = this.github.tip('main');
    for (const description of this.validOn(sha).toReversed())
      if (!this.marks.some((mark) => mark.sha === sha && mark.description === description)) this.marks.push({ sha, description });
    return ran;
  }

  /** The statuses of a commit that verify, newest first. */
  private validOn(sha: string): readonly string[] {
    const ring = keysFrom(this.inputs()['signing-key'] ?? '');
    const place = { repository: this.github.repositoryId, commit: sha, context };
    return this.github
      .statuses(sha)
      .flatMap(({ description, context: of }) =>
        of === context && readStatus(description ?? '', place, ring)?.kind === 'verified' ? [description ?? ''] : [],
      );
  }

  private live(): string {
    const seats = seatsIn(this.stage.figma);
    return USERS.map((user) => `${user} ${seats[user]}`).join(', ');
  }

  private modelLive(): string {
    return USERS.map((user) => `${user} ${shown(this.world.live[user])}`).join(', ');
  }

  /** Whether main and the heads of open pull requests are in git what they are in the model. */
  private isInStep(): boolean {
    const { world, git } = this;
    const ids = [world.main, ...Object.values(world.prs).map(({ head }) => head)];
    return ids.every((id) => {
      const listed = git.run(['ls-tree', '-r', this.sha(id)]);
      return Object.entries(this.filesAt(id)).every(([path, text]) => listed.includes(`${blobOf(text)}\t${path}`));
    });
  }
}

function summaryOf({ writes, exit, held, failed, approvedPrs }: Outcome): string {
  const all = writes.map(({ who, attribute, to, why }) => `${who}.${attribute}=${to} ${why}`);
  return `model: writes [${all.join(', ')}] held [${held.join()}] failed [${failed.join()}] approved [${approvedPrs.join()}] exit ${exit}`;
}

function never(): never {
  throw new Error('this cannot happen');
}
