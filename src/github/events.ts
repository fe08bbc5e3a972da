import { fail, succeed, type Result } from '../model/diagnostic.ts';
import { commands, inputFault, type Command, type Inputs } from './inputs.ts';

/** What the Action uses of the event that started it. What the payload does not say, or says in another shape, is absent. */
export interface ActionEvent {
  readonly name: string;
  readonly action?: string;
  readonly pull?: EventPull;
  /** The whole reference, such as `refs/heads/main`. */
  readonly ref?: string;
  readonly defaultBranch?: string;
  /** The commit that was pushed, or that a merge queue wants to merge. */
  readonly sha?: string;
}

/** The pull request of an event, as it was when the event happened. */
interface EventPull {
  readonly number: number;
  /** The commit at its head. */
  readonly head: string;
  /** True also where the repository that it comes from is gone. */
  readonly isFork: boolean;
  readonly author: string;
  /** Opened by Dependabot, or caused by it: GitHub hands out no secret then. */
  readonly isDependabot: boolean;
}

/** The facts of an event by its name and payload; E212 outside a workflow. */
export function eventOf(name: string | undefined, payload: unknown): Result<ActionEvent> {
  if (name === undefined || name === '') {
    return fail(inputFault('no event: GITHUB_EVENT_NAME is not set', 'the Action runs as a step of a GitHub workflow'));
  }
  const repository = at(payload, 'repository');
  const known = {
    action: textAt(payload, 'action'),
    pull: pullOf(payload),
    ref: textAt(payload, 'ref'),
    defaultBranch: textAt(repository, 'default_branch'),
    sha: name === 'push' ? commitAt(payload, 'after') : commitAt(at(payload, 'merge_group'), 'head_sha'),
  };
  return succeed({ name, ...present(known) });
}

/** What an event asks for, unless the inputs name a command; E212 where the two do not fit together. */
export function commandFor(event: ActionEvent, { command, approve }: Pick<Inputs, 'command' | 'approve'>): Result<Command> {
  const chosen = command ?? commandByEvent(event);
  if (chosen === undefined) {
    const message = `nothing is set for the event ${event.name}`;
    return fail(inputFault(message, `write under \`with:\` the input command: ${commands.join(', ')}`));
  }
  if (chosen === 'plan' && event.pull === undefined) {
    return fail(inputFault(`the command plan needs a pull request, and the event ${event.name} has none`, planHelp));
  }
  if (approve !== undefined && chosen !== 'apply') {
    return fail(inputFault(`the input approve goes with the command apply, and this is ${chosen}`, 'leave approve out'));
  }
  return succeed(chosen);
}

const planHelp = 'run it on pull_request_target; the command drift shows what is pending on the default branch';

function commandByEvent({ name, ref, defaultBranch }: ActionEvent): Command | undefined {
  switch (name) {
    case 'pull_request_target':
      return 'plan';
    case 'schedule':
    case 'workflow_dispatch':
      return 'apply';
    case 'pull_request':
    case 'merge_group':
      return 'validate';
    case 'push':
      // Without both of them nobody knows whether this is the branch that is applied.
      if (ref === undefined || defaultBranch === undefined) return undefined;
      return ref === `refs/heads/${defaultBranch}` ? 'apply' : 'validate';
    default:
      return undefined;
  }
}

function pullOf(payload: unknown): EventPull | undefined {
  const pull = at(payload, 'pull_request');
  const number = at(pull, 'number');
  const head = commitAt(at(pull, 'head'), 'sha');
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1 || head === undefined) return undefined;
  const from = at(at(pull, 'head'), 'repo');
  const into = at(at(pull, 'base'), 'repo') ?? at(payload, 'repository');
  const author = textAt(at(pull, 'user'), 'login') ?? 'ghost';
  return {
    number,
    head,
    isFork: !isSameRepository(from, into),
    author,
    isDependabot: [author, textAt(at(payload, 'sender'), 'login')].includes('dependabot[bot]'),
  };
}

/** By their ids, which outlive a new name; by their full names, in which case does not matter, where one of them has no id. */
function isSameRepository(one: unknown, other: unknown): boolean {
  const [id, otherId] = [at(one, 'id'), at(other, 'id')];
  if (typeof id === 'number' && typeof otherId === 'number') return id === otherId;
  const [name, otherName] = [textAt(one, 'full_name'), textAt(other, 'full_name')];
  return name !== undefined && name.toLowerCase() === otherName?.toLowerCase();
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function textAt(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A full commit id; the zeros that stand for no commit are none. */
function commitAt(value: unknown, key: string): string | undefined {
  const text = textAt(value, key);
  return text !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) && !/^0+$/.test(text) ? text : undefined;
}

function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
