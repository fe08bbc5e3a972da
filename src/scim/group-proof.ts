/*
 * Whether a group is as an operation wants it, and whether anything else happened to its members. Which members a service adds or removes is
 * its own doing: one may take an addition for a replacement, or the removal of one for the removal of all.
 */
import { userNameOf } from '../model/directory.ts';
import type { Problem } from '../model/event.ts';
import type { Outcome } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import { notThere, unmet, type Attributes } from './assess.ts';
import type { Bench } from './bench.ts';
import { groupAttributesOf, memberIdsOf } from './decode.ts';
import type { FailedEdit } from './members.ts';
import type { Resource } from './resource.ts';
import type { Judgement } from './verify.ts';

/** The id of the user whom a membership edit names, where this run knows one. */
export function memberIdOf(bench: Bench, edit: Edit): string | undefined {
  return bench.knowledge.userIds.get(userNameOf(String(edit.after ?? edit.before ?? '')));
}

/** The edits of members that are not in effect in `found`. */
export function unmetMembers(bench: Bench, edits: readonly Edit[], found: Resource): readonly Edit[] {
  const present = memberIdsOf(found);
  return edits.filter((edit) => {
    if (edit.attribute !== 'member') return false;
    const id = memberIdOf(bench, edit);
    return id === undefined ? edit.after !== undefined : present.has(id) !== (edit.after !== undefined);
  });
}

/** A refused edit that is in effect all the same, such as the removal of somebody who had gone, has not failed. */
export function judgeOf(
  bench: Bench,
  operation: Operation,
  own: readonly Edit[],
  refused: readonly FailedEdit[],
  before: ReadonlySet<string>,
) {
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
    if (missing.length === 0 && before.size > 0) for (const way of waysOf(edits)) bench.knowledge.membershipProven.add(way);
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

/** How an operation changes members. */
export function waysOf(edits: readonly Edit[]): ReadonlySet<'add' | 'remove'> {
  const members = edits.filter(({ attribute }) => attribute === 'member');
  return new Set(members.map(({ after }) => (after === undefined ? 'remove' : 'add')));
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

/** What a group's edits came to: those that were refused, and those that were accepted and do not show. */
export function outcomeOf(failed: readonly FailedEdit[], missing: readonly Edit[], name: string): Outcome {
  if (failed.length === 0 && missing.length === 0) return { kind: 'done' };
  const problem = notThere('group', name, missing);
  if (failed.length === 0) return { kind: 'not-converged', edits: missing, problem };
  return { kind: 'partial', failed: [...failed, ...missing.map((edit) => ({ edit, problem }))] };
}

/** A group's own attributes in the shape that is compared. */
export function attributesOf(resource: Resource): Attributes {
  return { ...groupAttributesOf(resource) };
}
