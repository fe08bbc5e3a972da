/*
 * Which form of removing members a service takes is in no Figma document. `members[value eq "ID"]` is the standard's and is tried first. A
 * service that refuses it may take a value array instead; but a service that overlooks the array would remove everybody. So the array form is
 * first tried with a single member, and the group is read: were others taken along, they are put back and the form is never used.
 */
import type { Outcome } from '../model/live.ts';
import { removeMembers } from './encode.ts';
import { add, all, batchSize, membersNow, patchMembers, removeAs, taskOf, type FailedEdit, type Target, type Task } from './members.ts';
import { fateOf, problemOf } from './problem.ts';

/** The edits that failed, or the outcome of the whole operation where others were harmed. */
export type Removed =
  | { readonly kind: 'tried'; readonly failed: readonly FailedEdit[] }
  | { readonly kind: 'harm'; readonly outcome: Outcome };

/** Removes members; `present` is who was in the group before. */
export async function remove(target: Target, tasks: readonly Task[], present: ReadonlySet<string>): Promise<Removed> {
  const { knowledge } = target.bench;
  const [canary, ...others] = tasks;
  if (canary === undefined) return tried([]);
  if (knowledge.removal !== undefined) return tried(await removeAs(target, tasks, knowledge.removal));
  const batch = tasks.slice(0, batchSize);
  const reply = await patchMembers(
    target,
    removeMembers(
      batch.map((task) => task.id),
      'path',
    ),
  );
  if (fateOf(reply) === 'accepted') {
    knowledge.removal = 'path';
    return tried(await removeAs(target, tasks.slice(batchSize), 'path'));
  }
  if (reply.kind !== 'answer' || (reply.status !== 400 && reply.status !== 501)) return tried(await removeAs(target, tasks, 'path'));
  const trial = await patchMembers(target, removeMembers([canary.id], 'values'));
  if (fateOf(trial) !== 'accepted') return tried(await removeAs(target, tasks, 'path'));
  const now = await membersNow(target);
  if (now.kind !== 'members') {
    const problem = now.kind === 'blind' ? now.problem : problemOf(reply, taskOf(target, 'remove', tasks), target.bench.token);
    return tried(all(tasks, problem));
  }
  const bystanders = [...present].filter((id) => id !== canary.id);
  const harmed = bystanders.filter((id) => !now.ids.has(id));
  if (harmed.length > 0) return harm(target, harmed, canary);
  if (now.ids.has(canary.id)) return tried(all(tasks, problemOf(reply, taskOf(target, 'remove', tasks), target.bench.token)));
  if (bystanders.length > 0) knowledge.removal = 'values';
  return tried(await removeAs(target, others, 'values'));
}

async function harm(target: Target, harmed: readonly string[], canary: Task): Promise<Removed> {
  const back = await add(
    target,
    harmed.map((id) => ({ id, edit: canary.edit })),
  );
  const rest = back.length === 0 ? 'they were put back' : `${back.length} of them could not be put back`;
  const message = `Removing one member of group ${target.name} removed ${harmed.length} others too; ${rest}.`;
  return { kind: 'harm', outcome: { kind: 'failed', problem: { code: 'side-effect', message } } };
}

function tried(failed: readonly FailedEdit[]): Removed {
  return { kind: 'tried', failed };
}
