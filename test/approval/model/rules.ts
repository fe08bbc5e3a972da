/**
 * Section 4 of the specification ("Approval") as a pure reference implementation, written from its text alone.
 *
 * Where a sentence can be read in more than one way, the reading is chosen under which the promises hold:
 *
 * A1  Digest: it covers what a run neither selects nor finds in place (config-caused and drift, with the live values),
 *     unapproved rules and unapproved dated changes. A dispatch whose digest does not match, or that too few people named,
 *     is an ordinary run that ends red.
 * A2  "Without a break": each apply run prints one digest or no digest; the series starts anew when the digest differs.
 * A3  Of a commit all statuses are read; of the valid ones the greatest day counts, at any place in the list.
 * A4  "The strictest of all commits walked": where no status on the line verifies, up to 100 commits are walked for rules,
 *     also beyond a status with an unknown key, which bounds only the window of pull requests.
 * A5  On a rewritten history the other side of the rules is the strictest of all commits walked and of the remembered commit
 *     (otherwise a force push loosens rules), even if the memory is signed with a lost key: it can only restrict. A first parent line that leaves out the remembered commit is rewritten too.
 * A6  The memory of the last applied commit exists from the first run that set a status, also while no drift is reported.
 * A7  A commit that ends what the applied configuration asks for makes it config-caused (red until approved or in place), for
 *     dated changes on their own day; otherwise a push away and back would be forgotten once the status moves.
 * A8  Withdrawals cover dated changes too (with the value then wanted on that day), so that an honest pull request that moves
 *     the end of a grant approves what it leaves in force. A withdrawal never approves a reactivation.
 * A9  Separation at a place on the line: a commit that ends an approved rule change falls back to the stricter of the two. What the
 *     configuration before the merge asks for holds as well where it is stricter, approved or not.
 * A10 A reactivation needs a plan *and* enough reviews after the deactivation: `since` may be older than it, if the
 *     plan after it signs a subset.
 * A11 Access is recorded for each review by the first run that sees the merge and the review.
 * A12 Beneficiary: the person about whose own account anything is signed, or wanted otherwise by the commits that came with the
 *     merge or, since a rebase may have brought them, right before it; such a person does not count for the whole pull request.
 *     Change requests stop from everybody with write access, also from these.
 * A13 An update merge makes nobody a committer if `since` is older than the merge commit.
 * A14 Digest-approved rules are in force in the run that carries the digest out; how many people it needs is judged before that.
 * A15 Limits count the whole selection, corrected drift included; over the limit everything that is counted is held.
 * A16 A seat change of somebody who stays inactive is nothing to write ("only `active` is compared"). An approved one waits for the
 *     return of access: neither written nor in place, it keeps the run red and the status where it is.
 * A17 Exit codes: a failed write is 1, before a block 3, before not approved 4.
 * A18 A comment that somebody else edited is left alone; the next plan posts a new one, and `since` is new.
 * A19 "Nor an author of a pull request or commit whose change it writes": looked for since the verified status; on a first
 *     apply, a rewritten history or an unknown key on the whole line (100 commits). Bounded by a status with an unknown key,
 *     the window would hide the author, and a forged status would lead to a write. The commits of a branch that was squashed
 *     or rebased have authors too. On a first apply the oldest commit brought whatever it asks for.
 * A20 `since` says from when everything was shown; a signed comment that was deleted and posted again (by the same identity)
 *     was not shown in between. A comment that GitHub created after the `since` it signs does not count.
 * A21 "Same head, plan digest and result: no call" (section 3): such a plan leaves the comment as it is, `planned_at` included, unless
 *     somebody in it was deactivated since.
 * A22 A dated change from another value is another row: a pull request that moves the base of a grant shows and signs both its days.
 */
import {
  ATTRIBUTES,
  type ApplyEvent,
  type Attribute,
  type Comment,
  type Commit,
  type Config,
  LEAVES,
  LOGINS,
  type Leaf,
  type LiveUser,
  type Marker,
  PEOPLE,
  type Person,
  type PullRequest,
  type Row,
  type Rules,
  type Status,
  USERS,
  type User,
  type World,
  ancestors,
  branchCommits,
  commitOf,
  lineFrom,
  liveValue,
  mergeBase,
  merged,
  rank,
  wanted,
} from './world.ts';

/** Names of sentences; a name in `disabled` switches its sentence off. */
export const SENTENCES = [
  'own-only',
  'withdrawals-approve',
  'dated-approves-from-its-day',
  'marker-mac',
  'marker-names-pr',
  'comment-author',
  'comment-unedited',
  'body-hash',
  'planned-before-merge',
  'planned-for-merged-head',
  'newest-planned-wins',
  'created-before-since',
  'since-new-when-grown',
  'since-kept-when-subset',
  'merged-not-reachable',
  'head-not-on-line',
  'squash-counts',
  'same-head-counts-each',
  'null-merge-waited',
  'review-after-since',
  'last-opinion',
  'reviewer-is-person',
  'reviewer-has-write',
  'change-requests-stop',
  'not-author',
  'not-committer',
  'not-beneficiary',
  'update-merger-no-committer',
  'separation-at-place',
  'access-first-judged',
  'late-review-heals',
  'line-commit-ends',
  'stricter-in-force',
  'strictest-of-walked',
  'due',
  'due-in-applied',
  'due-not-before',
  'line-commit-ends-due',
  'line-commit-ends-dated',
  'scheduled-exempt',
  'protected-held',
  'limit-held',
  'superseded-is-done',
  'drift-needs-applied',
  'drift-only-scheduled',
  'line-commit-ends-drift',
  'no-reactivation-by-drift',
  'reactivation-planned-after',
  'first-apply-nothing',
  'rewritten-nothing',
  'digest-exact',
  'digest-enough-people',
  'digest-not-starter',
  'digest-not-author',
  'digest-after-print',
  'digest-after-deactivation',
  'status-waits-for-changes',
  'status-waits-for-rules',
  'status-waits-for-dated',
  'status-waits-for-writes',
  'status-mac',
  'status-commit',
  'unknown-key-proves-nothing',
] as const;
export type Sentence = (typeof SENTENCES)[number];
export type Disabled = ReadonlySet<Sentence>;
const NONE: Disabled = new Set();

interface Write {
  readonly who: User;
  readonly attribute: Attribute;
  readonly from: string;
  readonly to: string;
  readonly why: 'approved' | 'due' | 'digest' | 'drift';
}
export interface Outcome {
  readonly writes: readonly Write[];
  readonly failed: readonly User[];
  readonly held: readonly User[];
  readonly exit: 0 | 1 | 3 | 4;
  /** The status now stands on the tip and did not before. */
  readonly statusMoved: boolean;
  readonly status: Status | null;
  readonly rules: Rules;
  /** What the digest covers; empty if nothing is left. */
  readonly rest: readonly Row[];
  readonly digest: string | null;
  readonly approvedPrs: readonly number[];
  /** Access judged in this run, per review id. */
  readonly access: Readonly<Record<number, boolean>>;
  readonly first: boolean;
  readonly rewritten: boolean;
}

function rowId(row: Row): string {
  const day = row.day === undefined ? '' : `@${row.day}`;
  return `${row.kind}${day}:${row.name}.${row.attribute}=${row.value}`;
}

/** What tells a row of one configuration from those of another: of a dated change the value before it as well (A22). */
const shownAs = (row: Row): string => (row.kind === 'dated' ? `${rowId(row)} from ${row.before}` : rowId(row));

type Live = Readonly<Record<User, LiveUser>>;

/** The ordinary planner: desired against live. Where the desired state is inactive only `active` is compared. */
function planRows(config: Config, live: Live, day: number): Row[] {
  const rows: Row[] = [];
  for (const name of USERS)
    for (const attribute of ATTRIBUTES) {
      const value = wanted(config, name, attribute, day);
      const before = liveValue(live, name, attribute);
      if (value === undefined || value === before) continue;
      rows.push({ kind: 'change', name, attribute, before, value });
    }
  return rows;
}

const YEAR = 365;
/** "A dated change is a day on which the wanted value changes, whatever is live." */
function datedRows(config: Config, today: number): Row[] {
  const rows: Row[] = [];
  for (const name of USERS) {
    const grant = config.grants[name];
    if (grant === undefined) continue;
    for (const day of new Set([grant.from, grant.until + 1])) {
      if (day <= today || day > today + YEAR) continue;
      const before = wanted(config, name, 'seat', day - 1);
      const value = wanted(config, name, 'seat', day);
      if (before !== undefined && value !== undefined && before !== value)
        rows.push({ kind: 'dated', name, attribute: 'seat', before, value, day });
    }
  }
  return rows;
}

const leafValue = (rules: Rules, leaf: Leaf): string => JSON.stringify(leaf === 'protected' ? rules.protected.toSorted() : rules[leaf]);

/** own = plan(M) − plan(M^1), with rules, dated changes and withdrawals: "shown, signed and own are one set". */
function ownRows(at: Config, parent: Config, live: Live, day: number, disabled: Disabled = NONE): Row[] {
  const planned = planRows(at, live, day);
  const before = planRows(parent, live, day);
  const dated = datedRows(at, day);
  const datedBefore = datedRows(parent, day);
  const known = new Set(disabled.has('own-only') ? [] : [...before, ...datedBefore].map(shownAs));
  const rows = [...planned, ...dated].filter((row) => !known.has(shownAs(row)));
  // "every object and attribute for which plan(M^1) has a change and plan(M) has none or another,
  //  with the value then wanted, which they approve too"
  const stays = new Set([...planned, ...dated].map(shownAs));
  for (const row of [...before, ...datedBefore]) {
    if (stays.has(shownAs(row)) || row.attribute === 'rule') continue;
    const value = wanted(at, row.name as User, row.attribute, row.day ?? day) ?? 'none';
    rows.push({ ...row, kind: 'withdrawal', before: row.value, value });
  }
  // "A rule is a change like any other."
  for (const name of LEAVES) {
    const [value, old] = [leafValue(at.rules, name), leafValue(parent.rules, name)];
    if (value !== old) rows.push({ kind: 'rule', name, attribute: 'rule', before: old, value });
  }
  return rows;
}

const lowers = (row: Row): boolean => row.attribute === 'seat' && rank(row.value) < rank(row.before);

/** A marker in a comment that verifies: MAC, key, pull request, author, editors, visible body. */
function isValid(world: World, pr: PullRequest, comment: Comment, disabled: Disabled): comment is Comment & { marker: Marker } {
  const { marker } = comment;
  if (marker === null) return false;
  if (!world.verify.includes(marker.key) && !disabled.has('marker-mac')) return false;
  if (marker.pr !== pr.number && !disabled.has('marker-names-pr')) return false;
  // "a comment whose author is the identity of the apply job's own token, never edited by anybody else"
  if (comment.author !== 'app' && !disabled.has('comment-author')) return false;
  if (comment.editors.some((e) => e !== 'app') && !disabled.has('comment-unedited')) return false;
  // A20: a comment that was created after `since` did not show its rows since then.
  if (comment.created > marker.since && !disabled.has('created-before-since')) return false;
  // "Refused: body hash differs"
  const hash = (rows: readonly Row[]): string => rows.map(rowId).join();
  return hash(comment.body) === hash(marker.rows) || disabled.has('body-hash');
}

/** "The valid one with the newest planned_at wins." */
function newestValid(world: World, pr: PullRequest, disabled: Disabled): (Comment & { marker: Marker }) | undefined {
  const valid = pr.comments.filter((c) => isValid(world, pr, c, disabled));
  if (disabled.has('newest-planned-wins')) return valid.at(-1);
  return valid.toSorted((a, b) => a.marker.plannedAt - b.marker.plannedAt).at(-1);
}

/** What a signed row approves: its own id; a dated row from its day on; a withdrawal the value then wanted. */
function isSubset(rows: readonly Row[], signed: readonly Row[], today: number): boolean {
  const ids = new Set(signed.map(rowId));
  // "a dated change whose day came counting as shown"
  for (const row of signed)
    if (row.day !== undefined && row.day <= today) {
      const { day: _, ...rest } = row;
      ids.add(rowId(row.kind === 'dated' ? { ...rest, kind: 'change' } : rest));
    }
  return rows.every((row) => ids.has(rowId(row)));
}

/** The plan job: what it would post, or null if it posts nothing. `time` is when the write happens. */
export function planJob(
  world: World,
  pr: PullRequest,
  race: boolean,
  disabled: Disabled = NONE,
): { comment: Comment; replaces: Comment | undefined } | null {
  // "A run whose PR is closed never writes"; the race is the moment between that look and the write.
  if (pr.state !== 'open' && !(race && pr.state === 'merged')) return null;
  const main = commitOf(world, world.main);
  let at: Config | undefined;
  let parent = main.config;
  if (pr.state === 'open') {
    const base = mergeBase(world, main.id, pr.head);
    at = merged(base.config, main.config, commitOf(world, pr.head).config);
  } else {
    const commit = commitOf(world, pr.mergeCommit ?? main.id);
    at = commit.config;
    parent = commitOf(world, commit.parents[0] ?? commit.id).config;
  }
  // "Sticky, one per PR": of several the one that was planned last, of copies the first.
  const own = pr.comments.filter((c) => c.author === 'app' && c.editors.every((e) => e === 'app'));
  const sticky = own.toSorted((a, b) => (b.marker?.plannedAt ?? 0) - (a.marker?.plannedAt ?? 0))[0];
  const created = sticky?.created ?? world.clock + 1;
  // "a conflict fails with a comment; an old plan never stays standing"
  if (at === undefined) return { comment: { author: 'app', created, editors: [], marker: null, body: [], access: {} }, replaces: sticky };
  const rows = ownRows(at, parent, world.live, world.day, disabled);
  if (rows.length === 0 && sticky === undefined) return null;
  const previous = newestValid(world, pr, disabled)?.marker;
  // "keeps `since` if what it signs is a subset of what the newest valid comment signed; else `since` is new"
  // A20: a comment that was posted again cannot keep an older `since`.
  const kept =
    previous !== undefined &&
    (created <= previous.since || disabled.has('created-before-since')) &&
    (disabled.has('since-new-when-grown') || (!disabled.has('since-kept-when-subset') && isSubset(rows, previous.rows, world.day)));
  const since = kept ? previous.since : world.clock + 1;
  // "Scheduled changes are judged when they are planned."
  const dated = datedRows(at, world.day).filter(lowers);
  const days = [...new Set(dated.map((r) => r.day ?? 0))];
  const judgedDays = days.filter((d) => dated.filter((r) => r.day === d).length <= main.config.rules.downgrades);
  const marker: Marker = { pr: pr.number, key: world.key, head: pr.head, plannedAt: world.clock, since, rows, judgedDays };
  return { comment: { author: 'app', created, editors: [], marker, body: rows, access: {} }, replaces: sticky };
}

/** Whether a plan says nothing that the newest valid comment of the pull request does not say already: then it is not posted. */
export function saysTheSame(
  world: World,
  pr: PullRequest,
  { comment, replaces }: { comment: Comment; replaces: Comment | undefined },
): boolean {
  const [before, now] = [replaces?.marker ?? null, comment.marker];
  if (replaces === undefined || before === null || now === null || newestValid(world, pr, NONE) !== replaces) return false;
  const said = (marker: Marker): string => JSON.stringify([marker.head, marker.key, marker.rows.map(rowId).toSorted(), marker.judgedDays]);
  const isGone = now.rows.some(
    (r) => r.attribute === 'active' && r.value === 'true' && world.deactivatedAt[r.name as User] > before.plannedAt,
  );
  return said(before) === said(now) && !isGone;
}

interface Candidate {
  readonly pr: PullRequest;
  readonly place: number;
  readonly comment: Comment & { marker: Marker };
  /** reviews that count, by person, with their time */
  readonly counted: readonly number[];
  readonly needed: number;
}

const strictest = (all: readonly Rules[]): Rules => ({
  protected: USERS.filter((u) => all.some((r) => r.protected.includes(u))),
  downgrades: Math.min(...all.map((r) => r.downgrades)),
  approvals: Math.max(...all.map((r) => r.approvals)) as 0 | 1 | 2,
});

/** The apply job. It changes nothing: `replay` does. */
export function run(world: World, event: ApplyEvent, disabled: Disabled = NONE): Outcome {
  const off = (sentence: Sentence): boolean => disabled.has(sentence);
  const today = world.day;
  const { live } = world;
  const line = lineFrom(world, world.main);
  const tipCommit = commitOf(world, world.main);
  const tip = tipCommit.config;
  const onLine = new Set(line.map((c) => c.id));

  // Status. "of the valid ones the greatest day counts"
  const isValidStatus = (s: Status): boolean =>
    (world.verify.includes(s.key) || off('status-mac')) && (s.of === s.commit || off('status-commit'));
  const bestOf = (commit: Commit, ok: (s: Status) => boolean): Status | undefined =>
    world.statuses
      .filter((s) => s.commit === commit.id && ok(s))
      .toSorted((a, b) => a.day - b.day)
      .at(-1);
  const newest = (ok: (s: Status) => boolean): Status | undefined => {
    for (const commit of line) {
      const status = bestOf(commit, ok);
      if (status !== undefined) return status;
    }
    return undefined;
  };
  const unknown = (s: Status): boolean => s.key !== -1 && !world.verify.includes(s.key) && s.of === s.commit;
  let applied = newest(isValidStatus);
  // "One signed with an unknown key bounds the window only where none on the line verifies, and proves nothing else."
  const bound = applied ?? newest(unknown);
  if (off('unknown-key-proves-nothing')) applied = bound;

  // The memory in the drift issue, signed.
  const memory = world.issue !== null && world.verify.includes(world.issue.key) ? world.issue : null;
  const remembered = memory?.applied ?? null;
  // "if that commit is not on the line (history was rewritten) ... nothing is due, drift or corrected"
  const rewritten = remembered !== null && !onLine.has(remembered) && !off('rewritten-nothing');
  const first = applied === undefined;
  const trusted = applied !== undefined && !rewritten;
  const appliedConfig = applied === undefined ? undefined : commitOf(world, applied.commit).config;

  // The window, oldest first: "from the tip along first parents to the newest commit with a valid status".
  const boundAt = bound === undefined ? -1 : line.findIndex((c) => c.id === bound.commit);
  const window = (boundAt < 0 ? line : line.slice(0, boundAt)).toReversed();

  const wants = (commit: Commit, user: User, attribute: Attribute, day: number): string | undefined =>
    wanted(commit.config, user, attribute, day);
  // "A commit of the first-parent line that wants another value than its first parent for an object and attribute on the day
  //  in question ends every earlier approval, due change and drift correction for it."
  const ended = (place: number, user: User, attribute: Attribute, day: number): boolean =>
    window.some((commit, i) => {
      const parent = commit.parents[0];
      if (i <= place || parent === undefined) return false;
      return wants(commit, user, attribute, day) !== wants(commitOf(world, parent), user, attribute, day);
    });
  const changesWish = (commit: Commit, user: User): boolean => {
    const parent = commit.parents[0];
    if (parent === undefined) return false;
    const of = ({ config }: Commit): string =>
      JSON.stringify([
        ATTRIBUTES.map((attribute) => wanted(config, user, attribute, today)),
        datedRows(config, 0).flatMap((r) => (r.name === user ? [rowId(r)] : [])),
      ]);
    return of(commit) !== of(commitOf(world, parent));
  };
  const ruleChangedAt = (commit: Commit, leaf: Leaf): boolean => {
    const parent = commit.parents[0];
    return parent !== undefined && leafValue(commit.config.rules, leaf) !== leafValue(commitOf(world, parent).config.rules, leaf);
  };
  const ruleEnded = (place: number, leaf: Leaf): boolean => window.some((commit, i) => i > place && ruleChangedAt(commit, leaf));

  // Which pull requests were merged.
  const reachable = ancestors(world, world.main);
  const countsAsMerged = (pr: PullRequest, commit: Commit): boolean => {
    if (pr.state !== 'merged' || pr.mergeCommit !== commit.id) return false;
    // "A null mergeCommit of a merged pull request at the tip is waited for, five times."
    if (pr.lag > 0 && (off('null-merge-waited') || pr.lag > 4)) return false;
    if (off('merged-not-reachable')) return reachable.has(pr.head) || commit.parents.length === 1;
    if (commit.parents.length === 2) {
      // "exactly two parents and the second is its head"; "several whose head is C's second parent count each for itself"
      if (commit.parents[1] !== pr.head) return false;
      const same = Object.values(world.prs).filter((p) => p.mergeCommit === commit.id && p.head === pr.head);
      return !(off('same-head-counts-each') && same.length > 1);
    }
    // "or C has one parent, is not its head, and the head is not on the line"
    if (commit.parents.length !== 1 || off('squash-counts')) return false;
    return off('head-not-on-line') ? true : commit.id !== pr.head && !onLine.has(pr.head);
  };

  // Reviews.
  const judged: Record<number, boolean> = {};
  const candidateOf = (pr: PullRequest, place: number, needed: number, touched: readonly User[]): Candidate | undefined => {
    const comment = newestValid(world, pr, disabled);
    if (comment === undefined) return undefined;
    const { marker } = comment;
    if (marker.head !== pr.head && !off('planned-for-merged-head')) return undefined;
    if (marker.plannedAt > pr.mergedAt && !off('planned-before-merge')) return undefined;
    // "Access is judged by the first apply that sees the merge and written into the signed result."
    const hasWrite = (by: Person, id: number): boolean => {
      const before = off('access-first-judged') ? undefined : comment.access[id];
      const verdict = before ?? world.access[by];
      judged[id] = verdict;
      return verdict || off('reviewer-has-write');
    };
    // "that person's last opinion among all reviews, also after the merge"
    const lastOf = (by: Person): PullRequest['reviews'][number] | undefined => {
      const all = pr.reviews.filter((r) => r.by === by);
      return off('last-opinion') ? (all.findLast((r) => r.state === 'approve') ?? all.at(-1)) : all.at(-1);
    };
    // "a merge of the default branch after which the plan kept `since` makes nobody a committer"
    const from = pr.mergeCommit === null ? undefined : commitOf(world, pr.mergeCommit).parents[0];
    const committers = new Set(
      branchCommits(world, from ?? world.main, pr.head)
        .filter((c) => !(c.update && marker.since < c.at) || off('update-merger-no-committer'))
        .map((c) => c.author),
    );
    const beneficiaries = new Set(
      [...marker.rows.flatMap((r) => (r.attribute === 'rule' ? [] : [r.name as User])), ...touched].flatMap((user) => LOGINS[user] ?? []),
    );
    const counted: number[] = [];
    for (const by of PEOPLE) {
      const review = lastOf(by);
      if (review === undefined) continue;
      const write = hasWrite(by, review.id);
      const person = by !== 'bot' || off('reviewer-is-person');
      // "Change requests of such people stop, if submitted before the merge."
      if (review.state === 'changes' && write && person && review.at < pr.mergedAt && !off('change-requests-stop')) return undefined;
      if (review.state !== 'approve' || !write || !person) continue;
      if (review.at <= marker.since && !off('review-after-since')) continue;
      // "A late review heals"
      if (review.at > pr.mergedAt && off('late-review-heals')) continue;
      if (by === pr.author && !off('not-author')) continue;
      if (committers.has(by) && !off('not-committer')) continue;
      if (beneficiaries.has(by) && !off('not-beneficiary')) continue;
      counted.push(review.at);
    }
    return { pr, place, comment, counted, needed };
  };
  // Rules: what a looser value is compared with.
  // "On a first apply, and where no status on the line verifies, the other side is the strictest of all commits walked."
  const walked = line.map((c) => c.config.rules);
  // A5: also the commit that a memory names which no longer verifies: it can only make rules stricter.
  const named = world.issue?.applied ?? null;
  if (named !== null && !onLine.has(named)) walked.push(commitOf(world, named).config.rules);
  const reference: Rules =
    trusted && appliedConfig !== undefined ? appliedConfig.rules : off('strictest-of-walked') ? tip.rules : strictest(walked);

  // "A pull request is judged by the separation in force at its place on the line: the applied configuration's, changed only
  //  by approved rule changes before it."
  const approved: Candidate[] = [];
  let separation = reference.approvals;
  // A12: of a rebase GitHub names the last commit only.
  let touched: User[] = [];
  for (const [place, commit] of window.entries()) {
    touched.push(...USERS.filter((user) => changesWish(commit, user)));
    const here = Object.values(world.prs).filter((pr) => countsAsMerged(pr, commit));
    // A9: the stricter of what is approved and what the configuration before asks for.
    const before = commit.parents[0] === undefined ? 0 : commitOf(world, commit.parents[0]).config.rules.approvals;
    const needed = off('separation-at-place') ? tip.rules.approvals : (Math.max(separation, before) as 0 | 1 | 2);
    const people = touched;
    const ok = here.flatMap((pr) => candidateOf(pr, place, needed, people) ?? []).filter((candidate) => candidate.counted.length >= needed);
    approved.push(...ok);
    if (here.length > 0) touched = [];
    if (!ruleChangedAt(commit, 'approvals')) continue;
    const value = leafValue(commit.config.rules, 'approvals');
    const byPr = ok.some((c) => c.comment.marker.rows.some((r) => r.name === 'approvals' && r.value === value));
    separation = byPr ? commit.config.rules.approvals : (Math.max(separation, reference.approvals) as 0 | 1 | 2);
  }

  const endedAfter = (place: number, user: User, attribute: Attribute, day: number): boolean =>
    !off('line-commit-ends') && ended(place, user, attribute, day);
  /** Which approved pull request covers this value on this day. */
  const approvalFor = (row: Row, day: number): Candidate | undefined =>
    approved.find((candidate) => {
      const user = row.name as User;
      const attribute = row.attribute as Attribute;
      const { rows, plannedAt } = candidate.comment.marker;
      const covers = rows.some((r) => {
        if (r.name !== row.name || r.attribute !== row.attribute || r.value !== row.value) return false;
        if (r.kind === 'withdrawal' && off('withdrawals-approve')) return false;
        // A dated change of the tip is approved as such; a change of today by all that is signed for today or before.
        if (row.day !== undefined) return r.day === row.day;
        return r.day === undefined || r.day <= day || off('dated-approves-from-its-day');
      });
      if (!covers || endedAfter(candidate.place, user, attribute, day)) return false;
      if (attribute !== 'active' || row.value !== 'true' || off('reactivation-planned-after')) return true;
      // "approved only by what showed the person as inactive (`reactivate`, planned after the deactivation)"
      const at = world.deactivatedAt[user];
      const showed = rows.some((r) => r.kind === 'change' && r.name === user && r.attribute === 'active' && r.value === 'true');
      return showed && plannedAt > at && candidate.counted.filter((t) => t > at).length >= candidate.needed;
    });
  const ruleApproved = (leaf: Leaf): boolean =>
    approved.some(
      (c) =>
        c.comment.marker.rows.some((r) => r.kind === 'rule' && r.name === leaf && r.value === leafValue(tip.rules, leaf)) &&
        (off('line-commit-ends') || !ruleEnded(c.place, leaf)),
    );

  // Rules in force: "Until a changed rule is approved, the stricter of the applied configuration's and the tip's."
  const inForceWith = (digest: boolean): Rules => {
    const both = strictest([reference, tip.rules]);
    const pick = (leaf: Leaf): Rules => (digest || ruleApproved(leaf) || off('stricter-in-force') ? tip.rules : both);
    return {
      protected: pick('protected').protected,
      downgrades: pick('downgrades').downgrades,
      approvals: pick('approvals').approvals,
    };
  };
  const ruleRows: Row[] = LEAVES.filter((leaf) => leafValue(tip.rules, leaf) !== leafValue(reference, leaf) && !ruleApproved(leaf)).map(
    (name) => ({
      kind: 'rule',
      name,
      attribute: 'rule',
      before: leafValue(reference, name),
      value: leafValue(tip.rules, name),
    }),
  );

  // Dated changes that the applied configuration lacks.
  const appliedDated = new Set(trusted && appliedConfig !== undefined ? datedRows(appliedConfig, today).map(shownAs) : []);
  const dated = datedRows(tip, today).filter((row) => {
    const user = row.name as User;
    const attribute = row.attribute as Attribute;
    const day = row.day ?? 0;
    const vouched = appliedDated.has(shownAs(row)) && (off('line-commit-ends-dated') || !ended(-1, user, attribute, day));
    return !vouched && approvalFor(row, day) === undefined;
  });

  // Changes. Due = "in plan(tip, today) and in plan(applied, today), but not in plan(applied, day of the applied status)".
  const has = (config: Config | undefined, row: Row, day: number): boolean =>
    config !== undefined && planRows(config, live, day).some((r) => rowId(r) === rowId(row));
  const skipped = (row: Row, rules: Rules): boolean => {
    // "protected never *causes* an operation: ... expiries ... skip it with a warning"
    const grant = tip.grants[row.name as User];
    const expired = grant !== undefined && grant.until < today && grant.seat === row.before;
    return rules.protected.includes(row.name as User) && lowers(row) && expired;
  };
  const rulesNow = inForceWith(false);
  const all = planRows(tip, live, today).filter((row) => !skipped(row, rulesNow));
  type Kind = 'approved' | 'due' | 'drift' | 'config';
  const kindOf = (row: Row): Kind => {
    const user = row.name as User;
    const attribute = row.attribute as Attribute;
    if (approvalFor(row, today) !== undefined) return 'approved';
    const reactivates = attribute === 'active' && row.value === 'true';
    if (!trusted && !(first && off('first-apply-nothing'))) return 'config';
    const config = trusted ? appliedConfig : tip;
    const inApplied = has(config, row, today);
    const took = ended(-1, user, attribute, today);
    if (
      !off('due') &&
      (inApplied || off('due-in-applied')) &&
      (!has(config, row, applied?.day ?? today) || off('due-not-before')) &&
      (!took || off('line-commit-ends-due')) &&
      (!reactivates || off('due-not-before'))
    )
      return 'due';
    if (off('drift-needs-applied')) return 'drift';
    if (!inApplied || (took && !off('line-commit-ends-drift'))) return 'config';
    return 'drift';
  };
  const kinds = new Map(all.map((row) => [row, kindOf(row)]));
  const corrects = event.correct === true && (event.on === 'schedule' || off('drift-only-scheduled'));
  const selects = (row: Row): boolean => {
    const kind = kinds.get(row);
    if (kind === 'approved' || kind === 'due') return true;
    const reactivates = row.attribute === 'active' && row.value === 'true';
    // "With drift: correct the scheduled run also applies it, but reactivating somebody is never corrected drift"
    return kind === 'drift' && corrects && (!reactivates || off('no-reactivation-by-drift'));
  };

  // Approval by digest.
  const rest: Row[] = [...all.filter((row) => !selects(row)), ...ruleRows, ...dated];
  const digest = rest.length === 0 ? null : JSON.stringify(rest);
  const printed = memory?.printed ?? null;
  const touches = (commit: Commit): boolean => {
    const parent = commit.parents[0];
    if (parent === undefined) return false;
    return rest.some((row) =>
      row.attribute === 'rule'
        ? ruleChangedAt(commit, row.name as Leaf)
        : wants(commit, row.name as User, row.attribute, row.day ?? today) !==
          wants(commitOf(world, parent), row.name as User, row.attribute, row.day ?? today),
    );
  };
  const authors = new Set<Person>();
  // A19: a status that does not verify must not hide an author, nor must a squash.
  for (const commit of trusted ? window : line) {
    const [parent, second] = commit.parents;
    if (parent === undefined) {
      if (first && rest.length > 0) authors.add(commit.author);
      continue;
    }
    const prs = Object.values(world.prs).filter((p) => countsAsMerged(p, commit));
    const heads = [...prs.map((p) => p.head), ...(second === undefined ? [] : [second])];
    const commits = heads.flatMap((head) => branchCommits(world, parent, head));
    if (![commit, ...commits].some(touches)) continue;
    for (const author of [commit, ...commits, ...prs].map((c) => c.author)) authors.add(author);
  }
  const reactivated = rest.filter((r) => r.attribute === 'active' && r.value === 'true').map((r) => r.name as User);
  const lastGone = off('digest-after-deactivation') ? 0 : Math.max(0, ...reactivated.map((u) => world.deactivatedAt[u]));
  const asked = event.approve === true ? printed?.digest : undefined;
  const namers = new Set(
    world.names
      .filter((n) => n.digest === asked || off('digest-exact'))
      .filter((n) => world.access[n.by] && n.by !== 'bot')
      .filter((n) => n.by !== event.by || off('digest-not-starter'))
      .filter((n) => !authors.has(n.by) || off('digest-not-author'))
      .filter((n) => (printed !== null && n.at > printed.since) || off('digest-after-print'))
      .filter((n) => n.at > lastGone)
      .map((n) => n.by),
  );
  const byDigest =
    asked !== undefined &&
    digest !== null &&
    (asked === digest || off('digest-exact')) &&
    (namers.size >= rulesNow.approvals || off('digest-enough-people'));

  // Guards on the selection.
  const rules = inForceWith(byDigest);
  const chosen = all.filter((row) => byDigest || selects(row));
  const activeAfter = (user: User): boolean => {
    const row = chosen.find((r) => r.name === user && r.attribute === 'active');
    return row === undefined ? live[user].active : row.value === 'true';
  };
  // "overlay approved and due changes on the live state, then plan that": a seat of somebody inactive is nothing to write.
  const selection = chosen.filter((row) => row.attribute === 'active' || activeAfter(row.name as User));
  const shields = (row: Row): boolean =>
    rules.protected.includes(row.name as User) && (lowers(row) || (row.attribute === 'active' && row.value === 'false'));
  // "When the day comes, what was judged and approved is exempt from the count limits."
  const exempt = (row: Row): boolean => {
    if (off('scheduled-exempt')) return false;
    if (kinds.get(row) === 'due') return true;
    const marker = approvalFor(row, today)?.comment.marker;
    return (
      marker !== undefined &&
      marker.rows.some((r) => r.kind === 'dated' && r.name === row.name && r.value === row.value && marker.judgedDays.includes(r.day ?? 0))
    );
  };
  const byProtection = selection.filter((row) => shields(row) && !off('protected-held'));
  const countedLower = selection.filter((row) => lowers(row) && !byProtection.includes(row) && !exempt(row));
  const byLimit = countedLower.length > rules.downgrades && !off('limit-held') ? countedLower : [];
  const heldRows = [...byProtection, ...byLimit];
  // A16: neither written nor in place.
  const waiting = chosen.filter((row) => !selection.includes(row) && kinds.get(row) === 'approved');
  const toWrite = selection.filter((row) => !heldRows.includes(row));
  const failing = toWrite.filter((row) => world.refusing.includes(row.name as User));
  const writes: Write[] = toWrite
    .filter((row) => !failing.includes(row))
    .map((row) => {
      const kind = kinds.get(row);
      const why = selects(row) ? (kind === 'config' || kind === undefined ? 'approved' : kind) : 'digest';
      return { who: row.name as User, attribute: row.attribute as Attribute, from: row.before, to: row.value, why };
    });

  // The rest, the exit code and the status.
  const unapprovedChanges = byDigest ? [] : all.filter((row) => kinds.get(row) === 'config');
  const unapprovedRules = byDigest ? [] : ruleRows;
  const unapprovedDated = byDigest ? [] : dated;
  const unapproved = unapprovedChanges.length + unapprovedRules.length + unapprovedDated.length > 0;
  const refused = event.approve === true && asked !== undefined && digest !== null && !byDigest;
  const exit = failing.length > 0 ? 1 : heldRows.length > 0 ? 3 : waiting.length > 0 || unapproved || refused ? 4 : 0;
  // An approved change that the tip asks otherwise is superseded and no obstacle.
  const superseded = approved.some((c) =>
    c.comment.marker.rows.some(
      (r) =>
        r.kind === 'change' &&
        wanted(tip, r.name as User, r.attribute as Attribute, today) !== r.value &&
        liveValue(live, r.name as User, r.attribute as Attribute) !== r.value,
    ),
  );
  const failingMatters = failing.some((row) => kinds.get(row) !== 'drift' || byDigest);
  // "It never moves onto a commit while a change, rule or dated change that the applied configuration lacks is neither approved,
  //  in place nor taken back; a block does not move it either."
  const moves =
    (unapprovedChanges.length === 0 || off('status-waits-for-changes')) &&
    (unapprovedRules.length === 0 || off('status-waits-for-rules')) &&
    (unapprovedDated.length === 0 || off('status-waits-for-dated')) &&
    ((!failingMatters && heldRows.length + waiting.length === 0) || off('status-waits-for-writes')) &&
    !(superseded && off('superseded-is-done'));
  const fresh = moves && (applied?.commit !== tipCommit.id || applied.day !== today || !trusted);
  const status: Status | null = fresh ? { commit: tipCommit.id, day: today, key: world.key, of: tipCommit.id, forged: false } : null;
  return {
    writes,
    failed: [...new Set(failing.map((r) => r.name as User))],
    held: [...new Set([...heldRows, ...waiting].map((r) => r.name as User))],
    exit: superseded && off('superseded-is-done') && exit === 0 ? 4 : exit,
    statusMoved: status !== null && applied?.commit !== tipCommit.id,
    status,
    rules,
    rest: byDigest ? [] : rest,
    digest: byDigest ? null : digest,
    approvedPrs: approved.map((c) => c.pr.number),
    access: judged,
    first,
    rewritten,
  };
}
