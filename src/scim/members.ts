import type { Problem } from '../model/event.ts';
import type { Edit } from '../model/operation.ts';
import { mostSendings } from './attempt.ts';
import type { Bench } from './bench.ts';
import { rest } from './clock.ts';
import { memberIdsOf } from './decode.ts';
import { addMembers, patchBody, removeMembers, type PatchOperation } from './encode.ts';
import { pathOf } from './lookup.ts';
import { fateOf, problemOf } from './problem.ts';
import { pauseMs } from './retry.ts';
import type { Reply } from './service.ts';

/** One member to add or remove, with the edit that asks for it. */
export interface Task {
  readonly id: string;
  readonly edit: Edit;
}

export interface FailedEdit {
  readonly edit: Edit;
  readonly problem: Problem;
}

/** The group whose members change. */
export interface Target {
  readonly bench: Bench;
  readonly id: string;
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Members a PATCH takes at most (scim-client rule 7). */
export const batchSize = 100;

export async function add(target: Target, tasks: readonly Task[]): Promise<readonly FailedEdit[]> {
  return inBatches(tasks, (batch) => send(target, batch, 'add', addMembers));
}

/** Removes in the form that is known to work; `path` is the standard's. */
export async function removeAs(target: Target, tasks: readonly Task[], form: 'path' | 'values'): Promise<readonly FailedEdit[]> {
  return inBatches(tasks, (batch) => send(target, batch, 'remove', (ids) => removeMembers(ids, form)));
}

async function inBatches(
  tasks: readonly Task[],
  each: (batch: readonly Task[]) => Promise<readonly FailedEdit[]>,
): Promise<readonly FailedEdit[]> {
  const failed: FailedEdit[] = [];
  for (let start = 0; start < tasks.length; start += batchSize) failed.push(...(await each(tasks.slice(start, start + batchSize))));
  return failed;
}

type Way = 'add' | 'remove';
type Encode = (ids: readonly string[]) => readonly PatchOperation[];

/** Sends one batch. A refused one is halved until the member who is refused stands alone; a doubtful one is looked at first. */
async function send(target: Target, batch: readonly Task[], way: Way, encode: Encode): Promise<readonly FailedEdit[]> {
  const { bench, name, signal } = target;
  let open = batch;
  for (let sendings = 1; open.length > 0; sendings += 1) {
    const reply = await patchMembers(target, encode(open.map((task) => task.id)));
    const fate = fateOf(reply);
    if (fate === 'accepted') return [];
    const problem = problemOf(reply, taskOf(target, way, open), bench.token);
    if (fate === 'refused') return halve(target, open, way, encode, { reply, problem });
    if (sendings >= mostSendings || !bench.budget.spend()) return all(open, problem);
    await rest(bench.clock, pauseMs(reply, sendings, bench.random(), bench.clock.now()), signal);
    const present = await membersNow(target);
    if (present.kind === 'blind') return all(open, { code: 'unknown', message: present.problem.message });
    if (present.kind === 'gone') return all(open, problem);
    open = open.filter((task) => present.ids.has(task.id) !== (way === 'add'));
    if (signal.aborted) return all(open, { code: 'interrupted', message: `Interrupted before members of group ${name} were changed.` });
  }
  return [];
}

async function halve(
  target: Target,
  batch: readonly Task[],
  way: Way,
  encode: Encode,
  refusal: { readonly reply: Reply; readonly problem: Problem },
): Promise<readonly FailedEdit[]> {
  const { reply, problem } = refusal;
  if (batch.length === 1 || !isAboutMembers(reply)) return all(batch, problem);
  if (reply.kind === 'answer' && reply.status === 404 && (await membersNow(target)).kind === 'gone') return all(batch, problem);
  const middle = Math.ceil(batch.length / 2);
  const first = await send(target, batch.slice(0, middle), way, encode);
  return [...first, ...(await send(target, batch.slice(middle), way, encode))];
}

/** A refusal that one of the members can be the reason of; the token or a busy service cannot be halved. */
function isAboutMembers(reply: Reply): boolean {
  return reply.kind === 'answer' && reply.status >= 400 && reply.status <= 499 && ![401, 403, 405, 429].includes(reply.status);
}

/** Sends one PATCH about members. */
export function patchMembers({ bench, id, signal }: Target, operations: readonly PatchOperation[]): Promise<Reply> {
  return bench.service.call('PATCH', pathOf('group', id), { body: patchBody(operations), signal });
}

/** Who is in the group at this moment. */
export async function membersNow({
  bench,
  id,
  name,
  signal,
}: Target): Promise<{ kind: 'members'; ids: ReadonlySet<string> } | { kind: 'gone' } | { kind: 'blind'; problem: Problem }> {
  const sight = await bench.lookup.byId('group', id, name, { signal, afterWrite: true, withMembers: true });
  if (sight.kind === 'blind') return sight;
  return sight.kind === 'absent' ? { kind: 'gone' } : { kind: 'members', ids: memberIdsOf(sight.resource) };
}

/** The same problem for every task. */
export function all(tasks: readonly Task[], problem: Problem): readonly FailedEdit[] {
  return tasks.map(({ edit }) => ({ edit, problem }));
}

/** Completes "could not …". */
export function taskOf({ name }: Target, way: Way, tasks: readonly Task[]): string {
  const [first] = tasks;
  const who = tasks.length === 1 && first !== undefined ? String(first.edit.after ?? first.edit.before) : `${tasks.length} members`;
  return way === 'add' ? `add ${who} to group ${name}` : `remove ${who} from group ${name}`;
}
