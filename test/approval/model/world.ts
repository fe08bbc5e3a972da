/**
 * A tiny world for the approval scheme: three Figma users, one repository, one Figma organization.
 * This file holds the language of histories (`Step`), the state (`World`) and what git, GitHub and Figma do.
 * What seatform itself decides is in rules.ts.
 */

export const USERS = ['ada', 'bob', 'eve'] as const;
export type User = (typeof USERS)[number];
const SEATS = ['View', 'Dev', 'Full'] as const;
export type Seat = (typeof SEATS)[number];
/** `off` is `active: false`; a seat means `active: true` with that seat. */
export type Value = Seat | 'off';

/** ann, ben, cat and dan may write; tri may only triage; bot is an account of type Bot that may write. */
export const PEOPLE = ['ann', 'ben', 'cat', 'dan', 'tri', 'bot'] as const;
export type Person = (typeof PEOPLE)[number];
/** `app` is the identity of the workflows' own token. */
export type Writer = Person | 'app';
/** `users[].github`: the beneficiary of a change to eve is cat. */
export const LOGINS: Partial<Record<User, Person>> = { eve: 'cat' };

export interface Grant {
  readonly seat: Seat;
  readonly from: number;
  readonly until: number;
}
export interface Rules {
  readonly protected: readonly User[];
  readonly downgrades: number;
  readonly approvals: 0 | 1 | 2;
}
export type Leaf = keyof Rules;
export const LEAVES: readonly Leaf[] = ['protected', 'downgrades', 'approvals'];
export interface Config {
  /** An absent entry is not managed. */
  readonly users: Readonly<Partial<Record<User, Value>>>;
  readonly grants: Readonly<Partial<Record<User, Grant>>>;
  readonly rules: Rules;
}
/** What a commit changes; `null` removes the entry or the grant. */
export interface Edit {
  readonly users?: Readonly<Partial<Record<User, Value | null>>>;
  readonly grants?: Readonly<Partial<Record<User, Grant | null>>>;
  readonly rules?: Partial<Rules>;
}

/** One step of a history. Steps that GitHub would refuse (merging a closed pull request) do nothing. */
export type Step =
  /** First step only: the root commit's configuration (pushed by dan) and Figma's live values. */
  | { do: 'start'; config: Config; live: Readonly<Record<User, Value>> }
  /** A person opens a pull request `pr` with one commit, from main or on top of the head of another (`on`). An edit of `null` opens it for the other's very head. */
  | { do: 'propose'; pr: number; by: Person; set: Edit | null; on?: number }
  /** A person pushes one more commit to the branch. */
  | { do: 'commit'; pr: number; by: Person; set: Edit }
  /** A person merges main into the branch (*Update branch*); with `set`, the merge commit smuggles an edit in. */
  | { do: 'update'; pr: number; by: Person; set?: Edit }
  /** The plan job runs for the branch's head. `race`: it saw the pull request open and posts although it was merged meanwhile. */
  | { do: 'plan'; pr: number; race?: true }
  /** A person submits a review. */
  | { do: 'review'; pr: number; by: Person; state: 'approve' | 'changes' }
  /** The newest review of `of` is dismissed. */
  | { do: 'dismiss'; pr: number; of: Person }
  /** Somebody merges. `lag`: the merged pull request has no mergeCommit for the next `lag` reads (fewer than five). */
  | { do: 'merge'; pr: number; how: 'merge' | 'squash' | 'rebase'; lag?: number }
  /** The pull request is closed without a merge. */
  | { do: 'close'; pr: number }
  /** A person commits to main directly. */
  | { do: 'push'; by: Person; set: Edit }
  /** A person pushes the branch to main: main becomes its head (`ff`), its head and one commit more (`ff` with `set`), or a merge commit made by hand (`merge`, with `set` an edit inside it). */
  | { do: 'land'; pr: number; by: Person; how: 'ff' | 'merge'; set?: Edit }
  /** Main is forced back by that many commits of its first-parent line. */
  | { do: 'force'; back: number }
  /** The comments of the app on the pull request are deleted. */
  | { do: 'erase'; pr: number }
  /** Somebody edits the visible part of the app's comments: the rows are gone, the marker stays. */
  | { do: 'tamper'; pr: number; by: Writer }
  /** Somebody edits them again so that the rows of the marker are visible once more. */
  | { do: 'restore'; pr: number; by: Writer }
  /** Another workflow edits or posts the app's comment as the plan job would, but with `since` = the time that the comment was created, and a MAC that does not verify. */
  | { do: 'counterfeit'; pr: number }
  /** Somebody edits the app's comments, nothing changes but the editor's name. */
  | { do: 'touch'; pr: number; by: Writer }
  /** Somebody copies the first (or newest) signed comment of `from` into a new comment on `to`. */
  | { do: 'copy'; from: number; to: number; by: Writer; which: 'first' | 'last' }
  /** A status that seatform never signed, on the commit `back` commits behind the tip; `unknown` names a key that nobody has. */
  | { do: 'forge'; back: number; unknown?: true }
  /** An old signed description is posted again: on its own commit (`same`) or on the tip (`tip`). The oldest one is taken. */
  | { do: 'repost'; on: 'same' | 'tip' }
  /** The signing key changes; `keep` leaves the old one for verification. */
  | { do: 'rotate'; keep: boolean }
  /** Somebody changes the live value in Figma by hand. */
  | { do: 'hand'; user: User; value: Value }
  /** Figma refuses writes to this user, or accepts them again. */
  | { do: 'refuse'; user: User; on: boolean }
  /** A person gains or loses write access. */
  | { do: 'access'; who: Person; write: boolean }
  /** Days pass. */
  | { do: 'wait'; days: number }
  /** A person names the digest that was printed last, in a comment of their own on the drift issue. */
  | { do: 'name'; by: Person }
  /** The apply job runs. `approve`: a dispatch with the digest that was printed last; `by` started the run. `correct`: `drift: correct`. */
  | { do: 'apply'; on: 'push' | 'schedule' | 'dispatch'; correct?: true; approve?: true; by?: Person };

export type ApplyEvent = Extract<Step, { do: 'apply' }>;
export type Attribute = 'seat' | 'active';

/** A line of a plan: a change, a dated change, a withdrawal or a rule. The reader sees all of it. */
export interface Row {
  readonly kind: 'change' | 'dated' | 'withdrawal' | 'rule';
  /** A user, or the leaf of the rule. */
  readonly name: User | Leaf;
  readonly attribute: Attribute | 'rule';
  readonly before: string;
  readonly value: string;
  /** dated, and withdrawals of dated changes */
  readonly day?: number;
}
export interface Marker {
  readonly pr: number;
  readonly key: number;
  readonly head: string;
  readonly plannedAt: number;
  readonly since: number;
  readonly rows: readonly Row[];
  /** Days whose lowered seats were within the limit when they were planned. */
  readonly judgedDays: readonly number[];
}
export interface Comment {
  author: Writer;
  /** when GitHub says that it was created; an edit keeps it */
  readonly created: number;
  editors: Writer[];
  marker: Marker | null;
  /** what a reader sees */
  body: readonly Row[];
  /** Access of each review's author as the first apply saw it, signed into the result. */
  access: Record<number, boolean>;
}
interface Review {
  readonly id: number;
  readonly by: Person;
  readonly at: number;
  state: 'approve' | 'changes' | 'dismissed';
}
export interface PullRequest {
  readonly number: number;
  readonly author: Person;
  readonly fork: string;
  head: string;
  state: 'open' | 'merged' | 'closed';
  mergeCommit: string | null;
  mergedAt: number;
  lag: number;
  comments: Comment[];
  /** every signed comment as it was first posted */
  posted: Comment[];
  reviews: Review[];
}
export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly config: Config;
  readonly author: Person;
  readonly at: number;
  /** a merge of the default branch into the branch */
  readonly update: boolean;
}
export interface Status {
  readonly commit: string;
  readonly day: number;
  /** the key of the MAC; -1 is a MAC that does not verify, -2 a key that nobody has */
  readonly key: number;
  /** the commit that the MAC covers */
  readonly of: string;
  /** known to the oracles only */
  readonly forged: boolean;
}
export interface LiveUser {
  active: boolean;
  seat: Seat;
}
interface Issue {
  readonly key: number;
  readonly applied: string | null;
  readonly printed: { readonly digest: string; readonly since: number; readonly rest: readonly Row[] } | null;
}
export interface World {
  day: number;
  clock: number;
  nextId: number;
  commits: Record<string, Commit>;
  main: string;
  prs: Record<number, PullRequest>;
  statuses: Status[];
  key: number;
  verify: number[];
  issue: Issue | null;
  names: { readonly by: Person; readonly at: number; readonly digest: string }[];
  live: Record<User, LiveUser>;
  /** when each inactive user became inactive */
  deactivatedAt: Record<User, number>;
  refusing: User[];
  access: Record<Person, boolean>;
}

export const rank = (seat: string): number => SEATS.findIndex((s) => s === seat);

/** The value that a configuration wants on a day; undefined where it manages nothing. */
export function wanted(config: Config, user: User, attribute: Attribute, day: number): string | undefined {
  const base = config.users[user];
  if (base === undefined) return undefined;
  if (attribute === 'active') return base === 'off' ? 'false' : 'true';
  if (base === 'off') return undefined;
  const grant = config.grants[user];
  const granted = grant !== undefined && grant.from <= day && day <= grant.until && rank(grant.seat) > rank(base);
  return granted ? grant.seat : base;
}

export const liveValue = (live: Readonly<Record<User, LiveUser>>, user: User, attribute: Attribute): string =>
  attribute === 'active' ? String(live[user].active) : live[user].seat;

export const shown = (live: LiveUser): Value => (live.active ? live.seat : 'off');

export const ATTRIBUTES: readonly Attribute[] = ['active', 'seat'];

function edited(config: Config, edit: Edit): Config {
  const users: Partial<Record<User, Value>> = { ...config.users };
  const grants: Partial<Record<User, Grant>> = { ...config.grants };
  for (const user of USERS) {
    const value = edit.users?.[user];
    if (value === null) delete users[user];
    else if (value !== undefined) users[user] = value;
    const grant = edit.grants?.[user];
    if (grant === null) delete grants[user];
    else if (grant !== undefined) grants[user] = grant;
  }
  return normal({ users, grants, rules: { ...config.rules, ...edit.rules } });
}

/** A grant needs a declared user with a base seat; a configuration that declares no user is an error, so nobody empties it. */
function normal(config: Config): Config {
  const grants: Partial<Record<User, Grant>> = {};
  for (const user of USERS) {
    const grant = config.grants[user];
    const base = config.users[user];
    if (grant !== undefined && base !== undefined && base !== 'off') grants[user] = grant;
  }
  return { users: config.users, grants, rules: config.rules };
}

/** A three-way merge, unit by unit; undefined where it conflicts. */
export function merged(base: Config, ours: Config, theirs: Config): Config | undefined {
  let conflict = false;
  const pick = <T>(b: T, o: T, t: T): T => {
    const [jb, jo, jt] = [JSON.stringify(b), JSON.stringify(o), JSON.stringify(t)];
    if (jo === jt || jb === jt) return o;
    if (jb !== jo) conflict = true;
    return t;
  };
  const users: Partial<Record<User, Value>> = {};
  const grants: Partial<Record<User, Grant>> = {};
  for (const user of USERS) {
    const value = pick(base.users[user], ours.users[user], theirs.users[user]);
    if (value !== undefined) users[user] = value;
    const grant = pick(base.grants[user], ours.grants[user], theirs.grants[user]);
    if (grant !== undefined) grants[user] = grant;
  }
  const rules: Rules = {
    protected: pick(base.rules.protected, ours.rules.protected, theirs.rules.protected),
    downgrades: pick(base.rules.downgrades, ours.rules.downgrades, theirs.rules.downgrades),
    approvals: pick(base.rules.approvals, ours.rules.approvals, theirs.rules.approvals),
  };
  return conflict ? undefined : normal({ users, grants, rules });
}

export function commitOf(world: World, id: string): Commit {
  const commit = world.commits[id];
  if (commit === undefined) throw new Error(`no commit ${id}`);
  return commit;
}

/** The first-parent line, newest first. */
export function lineFrom(world: World, tip: string, limit = 100): Commit[] {
  const line: Commit[] = [];
  for (let id: string | undefined = tip; id !== undefined && line.length < limit;) {
    const commit: Commit = commitOf(world, id);
    line.push(commit);
    id = commit.parents[0];
  }
  return line;
}

export function ancestors(world: World, tip: string): Set<string> {
  const seen = new Set<string>();
  const todo = [tip];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    todo.push(...commitOf(world, id).parents);
  }
  return seen;
}

export function mergeBase(world: World, a: string, b: string): Commit {
  const inB = ancestors(world, b);
  const common = [...ancestors(world, a)].filter((id) => inB.has(id)).map((id) => commitOf(world, id));
  const best = common.filter((c) => !common.some((d) => d !== c && ancestors(world, d.id).has(c.id)));
  best.sort((x, y) => y.at - x.at);
  const base = best[0];
  if (base === undefined) throw new Error('no common ancestor');
  return base;
}

/** The commits of a branch that main does not have. */
export function branchCommits(world: World, main: string, head: string): Commit[] {
  const inMain = ancestors(world, main);
  return [...ancestors(world, head)]
    .filter((id) => !inMain.has(id))
    .map((id) => commitOf(world, id))
    .toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}

const START: Extract<Step, { do: 'start' }> = {
  do: 'start',
  config: {
    users: { ada: 'Full', bob: 'Dev', eve: 'View' },
    grants: {},
    rules: { protected: [], downgrades: 3, approvals: 1 },
  },
  live: { ada: 'Full', bob: 'Dev', eve: 'View' },
};

export function newWorld(start = START): World {
  const live = {} as Record<User, LiveUser>;
  for (const user of USERS) {
    const value = start.live[user];
    live[user] = value === 'off' ? { active: false, seat: 'View' } : { active: true, seat: value };
  }
  const root: Commit = { id: 'c0', parents: [], config: normal(start.config), author: 'dan', at: 0, update: false };
  return {
    day: 1,
    clock: 1,
    nextId: 1,
    commits: { c0: root },
    main: 'c0',
    prs: {},
    statuses: [],
    key: 1,
    verify: [1],
    issue: null,
    names: [],
    live,
    deactivatedAt: { ada: 0, bob: 0, eve: 0 },
    refusing: [],
    access: { ann: true, ben: true, cat: true, dan: true, tri: false, bot: true },
  };
}

function addCommit(world: World, parents: readonly string[], config: Config, author: Person, update = false): string {
  const id = `c${world.nextId++}`;
  world.commits[id] = { id, parents, config, author, at: world.clock, update };
  return id;
}

/** Main moves; GitHub marks open pull requests whose head became reachable as merged. */
function moveMain(world: World, to: string): void {
  world.main = to;
  const reachable = ancestors(world, to);
  for (const pr of Object.values(world.prs)) if (pr.state === 'open' && reachable.has(pr.head)) close(world, pr, to);
}

function close(world: World, pr: PullRequest, mergeCommit: string, lag = 0): void {
  pr.state = 'merged';
  pr.mergeCommit = mergeCommit;
  pr.mergedAt = world.clock;
  pr.lag = lag;
}

function mergePr(world: World, pr: PullRequest, how: 'merge' | 'squash' | 'rebase', lag: number): void {
  const main = world.main;
  if (pr.state !== 'open' || ancestors(world, main).has(pr.head)) return;
  if (how === 'rebase') {
    let tip = main;
    for (const commit of branchCommits(world, main, pr.head)) {
      const parent = commit.parents[0];
      if (commit.parents.length !== 1 || parent === undefined) continue;
      const config = merged(commitOf(world, parent).config, commitOf(world, tip).config, commit.config);
      if (config === undefined) return;
      tip = addCommit(world, [tip], config, commit.author);
    }
    if (tip === main) return;
    close(world, pr, tip, lag);
    moveMain(world, tip);
    return;
  }
  const base = mergeBase(world, main, pr.head);
  const config = merged(base.config, commitOf(world, main).config, commitOf(world, pr.head).config);
  if (config === undefined) return;
  const id = addCommit(world, how === 'merge' ? [main, pr.head] : [main], config, pr.author);
  close(world, pr, id, lag);
  moveMain(world, id);
}

function appComments(pr: PullRequest): Comment[] {
  return pr.comments.filter((c) => c.author === 'app');
}

export function setLive(world: World, user: User, active: boolean, seat: Seat): void {
  if (world.live[user].active && !active) world.deactivatedAt[user] = world.clock;
  world.live[user] = { active, seat };
}

/** Everything but `plan` and `apply`: what people, git, GitHub and Figma do. */
export function happen(world: World, step: Exclude<Step, { do: 'plan' | 'counterfeit' | 'apply' | 'start' }>): void {
  const pr = 'pr' in step ? world.prs[step.pr] : undefined;
  switch (step.do) {
    case 'propose': {
      const on = step.on === undefined ? undefined : world.prs[step.on];
      if (world.prs[step.pr] !== undefined || (step.on !== undefined && on === undefined)) return;
      const from = on?.head ?? world.main;
      if (step.set === null && on === undefined) return;
      const head = step.set === null ? from : addCommit(world, [from], edited(commitOf(world, from).config, step.set), step.by);
      if (ancestors(world, world.main).has(head)) return;
      world.prs[step.pr] = {
        number: step.pr,
        author: step.by,
        fork: world.main,
        head,
        state: 'open',
        mergeCommit: null,
        mergedAt: 0,
        lag: 0,
        comments: [],
        posted: [],
        reviews: [],
      };
      return;
    }
    case 'commit':
      if (pr?.state === 'open') pr.head = addCommit(world, [pr.head], edited(commitOf(world, pr.head).config, step.set), step.by);
      return;
    case 'update': {
      if (pr?.state !== 'open' || ancestors(world, pr.head).has(world.main)) return;
      const base = mergeBase(world, pr.head, world.main);
      const config = merged(base.config, commitOf(world, pr.head).config, commitOf(world, world.main).config);
      if (config !== undefined) pr.head = addCommit(world, [pr.head, world.main], edited(config, step.set ?? {}), step.by, true);
      return;
    }
    case 'review':
      // GitHub lets nobody review their own pull request.
      if (pr === undefined || pr.author === step.by || pr.state === 'closed') return;
      pr.reviews.push({ id: world.nextId++, by: step.by, at: world.clock, state: step.state });
      return;
    case 'dismiss': {
      const review = pr?.reviews.findLast((r) => r.by === step.of);
      if (review !== undefined) review.state = 'dismissed';
      return;
    }
    case 'merge':
      if (pr !== undefined) mergePr(world, pr, step.how, step.lag ?? 0);
      return;
    case 'close':
      if (pr?.state === 'open') pr.state = 'closed';
      return;
    case 'push':
      moveMain(world, addCommit(world, [world.main], edited(commitOf(world, world.main).config, step.set), step.by));
      return;
    case 'land': {
      if (pr === undefined || ancestors(world, world.main).has(pr.head)) return;
      const head = commitOf(world, pr.head);
      if (step.how === 'ff') {
        if (!ancestors(world, pr.head).has(world.main)) return;
        moveMain(world, step.set === undefined ? pr.head : addCommit(world, [pr.head], edited(head.config, step.set), step.by));
        return;
      }
      const base = mergeBase(world, world.main, pr.head);
      const config = merged(base.config, commitOf(world, world.main).config, head.config);
      if (config !== undefined) moveMain(world, addCommit(world, [world.main, pr.head], edited(config, step.set ?? {}), step.by));
      return;
    }
    case 'force': {
      const line = lineFrom(world, world.main);
      const to = line[Math.min(step.back, line.length - 1)];
      if (to !== undefined) world.main = to.id;
      return;
    }
    case 'erase':
      if (pr !== undefined) pr.comments = pr.comments.filter((c) => c.author !== 'app');
      return;
    case 'tamper':
    case 'restore':
    case 'touch':
      for (const comment of pr === undefined ? [] : appComments(pr)) {
        comment.editors.push(step.by);
        if (step.do === 'tamper') comment.body = [];
        if (step.do === 'restore') comment.body = comment.marker?.rows ?? [];
      }
      return;
    case 'copy': {
      const source = world.prs[step.from]?.posted.at(step.which === 'first' ? 0 : -1);
      if (source !== undefined)
        world.prs[step.to]?.comments.push({ ...source, author: step.by, created: world.clock, editors: [], access: {} });
      return;
    }
    case 'forge': {
      const commit = lineFrom(world, world.main)[step.back];
      if (commit !== undefined)
        world.statuses.push({ commit: commit.id, day: world.day, key: step.unknown ? -2 : -1, of: commit.id, forged: true });
      return;
    }
    case 'repost': {
      const old = world.statuses.find((s) => !s.forged);
      if (old !== undefined) world.statuses.push({ ...old, commit: step.on === 'same' ? old.commit : world.main, forged: true });
      return;
    }
    case 'rotate':
      world.key++;
      world.verify = step.keep ? [...world.verify, world.key] : [world.key];
      return;
    case 'hand': {
      const { seat } = world.live[step.user];
      if (step.value === 'off') setLive(world, step.user, false, seat);
      else setLive(world, step.user, true, step.value);
      return;
    }
    case 'refuse':
      world.refusing = world.refusing.filter((u) => u !== step.user);
      if (step.on) world.refusing.push(step.user);
      return;
    case 'access':
      world.access[step.who] = step.write;
      return;
    case 'wait':
      world.day += step.days;
      return;
    case 'name':
      if (world.issue?.printed) world.names.push({ by: step.by, at: world.clock, digest: world.issue.printed.digest });
      return;
  }
}
