/** Replays a history against the model: the world moves, seatform's jobs run by the rules of rules.ts. */
import { type Disabled, type Outcome, planJob, run, saysTheSame } from './rules.ts';
import {
  type ApplyEvent,
  type Comment,
  type Marker,
  type PullRequest,
  type Step,
  USERS,
  type User,
  type Value,
  type World,
  happen,
  newWorld,
  setLive,
  shown,
} from './world.ts';

/** What an `apply` step must lead to. */
interface Expected {
  /** index of the step in the history */
  readonly step: number;
  readonly live: Readonly<Record<User, Value>>;
  /** exit 0 */
  readonly green: boolean;
  readonly exit: Outcome['exit'];
  /** The status stands on the tip now and did not before. */
  readonly statusMoved: boolean;
  readonly outcome: Outcome;
}
export interface Trace {
  readonly applies: readonly Expected[];
  /** The world at the end: commits with parents and configurations, pull requests, statuses. */
  readonly world: World;
}
/** Looks on: `before` and `after` every step, with the outcome of an apply. `again` runs the same event on an altered world. */
export interface Observer {
  before?(step: Step, world: World, again: (world: World) => Outcome): void;
  after?(step: Step, world: World, outcome: Outcome | undefined): void;
}

const CLOCK = 10;

function post(pr: PullRequest, planned: { comment: Comment; replaces: Comment | undefined }): void {
  const { comment, replaces } = planned;
  if (replaces === undefined) pr.comments.push(comment);
  else pr.comments[pr.comments.indexOf(replaces)] = comment;
  retire(pr, comment);
  if (comment.marker !== null) pr.posted.push({ ...comment });
}

/** "An old plan never stays standing": every other comment of the app loses its plan. */
function retire(pr: PullRequest, current: Comment | undefined): void {
  for (const other of pr.comments)
    if (other !== current && other.author === 'app' && other.marker?.pr === pr.number) Object.assign(other, { marker: null, body: [] });
}

function carryOut(world: World, outcome: Outcome): void {
  for (const user of USERS) {
    const writes = outcome.writes.filter((w) => w.who === user);
    if (writes.length === 0) continue;
    const { active, seat } = world.live[user];
    const to = writes.find((w) => w.attribute === 'seat')?.to;
    const activeTo = writes.find((w) => w.attribute === 'active')?.to;
    setLive(world, user, activeTo === undefined ? active : activeTo === 'true', (to ?? seat) as typeof seat);
  }
  if (outcome.status !== null) world.statuses.push(outcome.status);
  for (const pr of Object.values(world.prs)) {
    // The wait for a null mergeCommit ends with the run.
    if (pr.state === 'merged') pr.lag = 0;
    if (pr.state === 'merged')
      for (const comment of pr.comments)
        for (const review of pr.reviews) {
          const verdict = outcome.access[review.id];
          if (verdict !== undefined && comment.author === 'app') comment.access[review.id] ??= verdict;
        }
  }
  const { digest, rest } = outcome;
  const memory = world.issue !== null && world.verify.includes(world.issue.key) ? world.issue : null;
  const printed = memory?.printed ?? null;
  world.issue = {
    key: world.key,
    applied: outcome.status?.commit ?? memory?.applied ?? null,
    printed: digest === null ? null : { digest, rest: rest, since: printed?.digest === digest ? printed.since : world.clock },
  };
}

/** One step; the outcome of an apply. */
export function advance(world: World, step: Step, disabled?: Disabled): Outcome | undefined {
  world.clock += CLOCK;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (step.do) {
    case 'start':
      Object.assign(world, newWorld(step), { clock: world.clock });
      return undefined;
    case 'plan': {
      const pr = world.prs[step.pr];
      const planned = pr === undefined ? null : planJob(world, pr, step.race === true, disabled);
      if (pr === undefined || planned === null) return undefined;
      if (saysTheSame(world, pr, planned)) retire(pr, planned.replaces);
      else post(pr, planned);
      return undefined;
    }
    case 'counterfeit': {
      const pr = world.prs[step.pr];
      const planned = pr === undefined ? null : planJob(world, pr, false, disabled);
      if (pr === undefined || planned === null || planned.comment.marker === null) return undefined;
      const { comment, replaces } = planned;
      // As early as the checks of the created time allow.
      const since = comment.created;
      const marker = { ...comment.marker, key: -1, since } as Marker;
      const changed = { ...comment, marker };
      if (replaces === undefined) pr.comments.push(changed);
      else pr.comments[pr.comments.indexOf(replaces)] = changed;
      return undefined;
    }
    case 'apply': {
      const outcome = run(world, step, disabled);
      carryOut(world, outcome);
      return outcome;
    }
    default:
      happen(world, step);
      return undefined;
  }
}

export function replay(steps: readonly Step[], disabled?: Disabled, observer?: Observer): Trace {
  const world = newWorld();
  const applies: Expected[] = [];
  for (const [index, step] of steps.entries()) {
    observer?.before?.(step, world, (altered) => {
      return run({ ...altered, clock: altered.clock + CLOCK }, step as ApplyEvent, disabled);
    });
    const outcome = advance(world, step, disabled);
    observer?.after?.(step, world, outcome);
    if (outcome === undefined) continue;
    const live = {} as Record<User, Value>;
    for (const user of USERS) live[user] = shown(world.live[user]);
    const { exit, statusMoved } = outcome;
    applies.push({ step: index, live, green: exit === 0, exit, statusMoved, outcome });
  }
  return { applies, world };
}
