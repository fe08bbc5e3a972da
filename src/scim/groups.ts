import type { Problem } from '../model/event.ts';
import type { Outcome } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import { assess, unmet } from './assess.ts';
import { attempt } from './attempt.ts';
import type { Bench } from './bench.ts';
import { create } from './create.ts';
import { memberIdsOf } from './decode.ts';
import { groupBody, groupPatch, patchBody } from './encode.ts';
import { attributesOf, judgeOf, memberIdOf, outcomeOf, unmetMembers } from './group-proof.ts';
import { pathOf } from './lookup.ts';
import { add, type FailedEdit, type Target, type Task } from './members.ts';
import { remove } from './removal.ts';
import type { Resource } from './resource.ts';
import { known, type Judgement, type Sent } from './verify.ts';

/** Members a group can have. Source: Figma's help, SCIM groups in Okta and Entra. */
const mostMembers = 5000;

/** Sends what one operation on a group asks for: its own attributes in one request, then members in batches. */
export async function sendGroup(bench: Bench, operation: Operation, signal: AbortSignal): Promise<Sent> {
  if (operation.action === 'delete') return deleteGroup(bench, operation, signal);
  const own = operation.edits.filter((edit) => edit.attribute !== 'member');
  const opened =
    operation.action === 'create' ? await createGroup(bench, operation, own, signal) : await changeGroup(bench, operation, own, signal);
  if ('sent' in opened) return opened.sent;
  const target: Target = { bench, id: opened.id, name: opened.name, signal };
  const change = await changeMembers(target, operation.edits, opened.members);
  if (change.kind === 'harm') return known(change.outcome);
  if (!opened.wrote && !change.wrote) return known(outcomeOf(change.failed, [], operation.name));
  const judge = judgeOf(bench, operation, own, change.failed, opened.members);
  const withMembers = opened.members.size > 0 || operation.edits.some((edit) => edit.attribute === 'member' && edit.after !== undefined);
  return { kind: 'sent', proof: { kind: 'group', id: opened.id, name: opened.name, withMembers, judge } };
}

interface Opened {
  readonly id: string;
  readonly name: string;
  readonly members: ReadonlySet<string>;
  readonly wrote: boolean;
}

async function createGroup(
  bench: Bench,
  operation: Operation,
  own: readonly Edit[],
  signal: AbortSignal,
): Promise<Opened | { sent: Sent }> {
  const declared = own.find((edit) => edit.attribute === 'displayName')?.after;
  const name = typeof declared === 'string' ? declared : operation.name;
  const created = await create(bench, operation, name, groupBody(name, own), signal);
  if (created.kind === 'failed') return { sent: known(created.outcome) };
  bench.knowledge.spelling.set(created.id, name);
  if (created.kind === 'made') return { id: created.id, name, members: new Set(), wrote: true };
  const missing = [...unmet(own, attributesOf(created.resource)), ...unmetMembers(bench, operation.edits, created.resource)];
  if (missing.length === 0) return { sent: known({ kind: 'done' }) };
  const message = `group ${name} exists already, with other values; plan again.`;
  return { sent: known({ kind: 'moved', problem: { code: 'moved', message } }) };
}

async function changeGroup(
  bench: Bench,
  operation: Operation,
  own: readonly Edit[],
  signal: AbortSignal,
): Promise<Opened | { sent: Sent }> {
  const { ref, name } = operation;
  if (ref === undefined) throw new Error(`${operation.id} names no object.`);
  const made = await attempt(
    bench,
    {
      operation,
      id: ref.id,
      task: `change group ${name}`,
      assess: (found) => assess('group', name, own, attributesOf(found)),
      send: (_found, edits) => bench.service.call('PATCH', pathOf('group', ref.id), { body: patchBody(groupPatch(edits)), signal }),
    },
    signal,
  );
  if (made.kind === 'failed') return { sent: known(made.outcome) };
  const members = made.before === undefined ? new Set<string>() : memberIdsOf(made.before);
  if (
    !made.sent &&
    members.size > 0 &&
    !bench.knowledge.populated.has(ref.id) &&
    operation.edits.some(({ attribute }) => attribute === 'member')
  ) {
    const message = `group ${name} had no members when this was planned and has ${members.size} now.`;
    return { sent: known({ kind: 'moved', problem: { code: 'moved', message } }) };
  }
  const renamed = own.find((edit) => edit.attribute === 'displayName')?.after;
  if (made.sent && typeof renamed === 'string') bench.knowledge.spelling.set(ref.id, renamed);
  return { id: ref.id, name, members, wrote: made.sent };
}

async function deleteGroup(bench: Bench, operation: Operation, signal: AbortSignal): Promise<Sent> {
  const { ref, name, edits } = operation;
  if (ref === undefined) throw new Error(`${operation.id} names no object.`);
  const own = edits.filter((edit) => edit.attribute === 'displayName');
  const made = await attempt(
    bench,
    {
      operation,
      id: ref.id,
      task: `delete group ${name}`,
      assess: (found) => assess('group', name, own, attributesOf(found)),
      send: () => bench.service.call('DELETE', pathOf('group', ref.id), { signal }),
      absentIsDone: true,
    },
    signal,
  );
  if (made.kind === 'failed') return known(made.outcome);
  if (!made.sent) return known({ kind: 'done' });
  const judge = (found: Resource | undefined): Judgement => {
    if (found === undefined) return { settled: true, outcome: { kind: 'done' } };
    const message = `Figma accepted the deletion of group ${name} and still lists it.`;
    return { settled: false, outcome: { kind: 'not-converged', edits, problem: { code: 'not-converged', message } } };
  };
  return { kind: 'sent', proof: { kind: 'group', id: ref.id, name, withMembers: false, judge } };
}

type Changed =
  | { readonly kind: 'tried'; readonly wrote: boolean; readonly failed: readonly FailedEdit[] }
  | { readonly kind: 'harm'; readonly outcome: Outcome };

/** Adds before removes, so that nobody who stays is ever without the group, unless that would go over the limit of a group. */
async function changeMembers(target: Target, edits: readonly Edit[], present: ReadonlySet<string>): Promise<Changed> {
  const { bench, name } = target;
  const failed: FailedEdit[] = [];
  const adds: Task[] = [];
  const removes: Task[] = [];
  for (const edit of edits.filter((each) => each.attribute === 'member')) {
    const id = memberIdOf(bench, edit);
    if (id === undefined) failed.push({ edit, problem: unknownMember(edit, name) });
    else if (edit.after !== undefined && !present.has(id)) adds.push({ edit, id });
    else if (edit.after === undefined && present.has(id)) removes.push({ edit, id });
  }
  const wrote = adds.length + removes.length > 0;
  const addsFirst = present.size + adds.length <= mostMembers;
  if (addsFirst) failed.push(...(await add(target, adds)));
  const removed = await remove(target, removes, present);
  if (removed.kind === 'harm') return removed;
  failed.push(...removed.failed);
  if (!addsFirst) failed.push(...(await add(target, adds)));
  return { kind: 'tried', wrote, failed };
}

function unknownMember(edit: Edit, group: string): Problem {
  return { code: 'unknown-member', message: `${String(edit.after ?? edit.before)} of group ${group} is no user that Figma lists.` };
}
