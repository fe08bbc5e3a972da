import { userNameOf } from '../model/directory.ts';
import type { Problem } from '../model/event.ts';
import type { Outcome } from '../model/live.ts';
import type { Edit, Operation } from '../model/plan.ts';
import { assess, notThere, unmet, type Attributes } from './assess.ts';
import { attempt } from './attempt.ts';
import type { Bench } from './bench.ts';
import { create } from './create.ts';
import { groupAttributesOf, memberIdsOf } from './decode.ts';
import { groupBody, groupPatch, patchBody } from './encode.ts';
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

function memberIdOf(bench: Bench, edit: Edit): string | undefined {
  return bench.knowledge.userIds.get(userNameOf(String(edit.after ?? edit.before ?? '')));
}

function unknownMember(edit: Edit, group: string): Problem {
  return { code: 'unknown-member', message: `${String(edit.after ?? edit.before)} of group ${group} is no user that Figma lists.` };
}

/** The edits of members that are not in effect in `found`. */
function unmetMembers(bench: Bench, edits: readonly Edit[], found: Resource): readonly Edit[] {
  const present = memberIdsOf(found);
  return edits.filter((edit) => {
    if (edit.attribute !== 'member') return false;
    const id = memberIdOf(bench, edit);
    return id === undefined ? edit.after !== undefined : present.has(id) !== (edit.after !== undefined);
  });
}

/** A refused edit that is in effect all the same, such as the removal of somebody who had gone, has not failed. */
function judgeOf(bench: Bench, operation: Operation, own: readonly Edit[], refused: readonly FailedEdit[], before: ReadonlySet<string>) {
  return (found: Resource | undefined): Judgement => {
    const { name, edits } = operation;
    if (found === undefined) return { settled: false, outcome: outcomeOf([], edits, name) };
    const harm = sideEffect(bench, operation, before, memberIdsOf(found));
    if (harm !== undefined) return { settled: false, outcome: harm };
    const open = unmetMembers(bench, edits, found);
    const failed = refused.filter(({ edit }) => open.includes(edit));
    const missing = [...unmet(own, attributesOf(found)), ...open.filter((edit) => !failed.some((each) => each.edit === edit))];
    if (memberIdsOf(found).size > 0) bench.knowledge.membersShown = true;
    const unshown = missing.filter((edit) => edit.attribute === 'member' && edit.after !== undefined);
    if (unshown.length === 0 || bench.knowledge.membersShown === true) {
      return { settled: missing.length === 0, outcome: outcomeOf(failed, missing, name) };
    }
    const problem: Problem = {
      code: 'members-unreadable',
      message: `Figma does not show the members of group ${name}, so they cannot be checked.`,
    };
    const settled = bench.knowledge.membersShown === false && missing.length === unshown.length;
    return { settled, outcome: { kind: 'not-converged', edits: [...missing, ...failed.map((each) => each.edit)], problem } };
  };
}

/** Members who came or went without an edit: a service may take an addition for a replacement, or a removal of one for a removal of all. */
function sideEffect(bench: Bench, { name, edits }: Operation, before: ReadonlySet<string>, now: ReadonlySet<string>): Outcome | undefined {
  if (now.size === 0 && bench.knowledge.membersShown !== true) return undefined;
  const members = edits.filter(({ attribute }) => attribute === 'member');
  const planned = new Set(members.map((edit) => memberIdOf(bench, edit)));
  const gone = [...before].filter((id) => !now.has(id) && !planned.has(id)).length;
  const come = [...now].filter((id) => !before.has(id) && !planned.has(id)).length;
  if (gone + come === 0) return undefined;
  const message = `The change of group ${name} also changed memberships that were not in the plan: ${gone} gone, ${come} new; plan again to see them.`;
  return { kind: 'failed', problem: { code: 'side-effect', message } };
}

function outcomeOf(failed: readonly FailedEdit[], missing: readonly Edit[], name: string): Outcome {
  if (failed.length === 0 && missing.length === 0) return { kind: 'done' };
  const problem = notThere('group', name, missing);
  if (failed.length === 0) return { kind: 'not-converged', edits: missing, problem };
  return { kind: 'partial', failed: [...failed, ...missing.map((edit) => ({ edit, problem }))] };
}

function attributesOf(resource: Resource): Attributes {
  return { ...groupAttributesOf(resource) };
}
