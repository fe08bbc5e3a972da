import type { DesiredUser } from '../model/desired.ts';
import { sameValue, userAttributeNames, userAttributes, type UserAttribute } from '../model/directory.ts';
import type { LiveUser } from '../model/live.ts';
import type { Action, Edit, Operation, OperationId } from '../model/operation.ts';

/**
 * What becomes of one user. `active` has no default: somebody who is not live is created active, somebody who is live and inactive stays so
 * unless an entry says `active: true`; where the wanted state is inactive, `active` is all that is compared.
 */
export function diffUser(want: DesiredUser, have: LiveUser | undefined): Operation | undefined {
  if (!have) return want.wanted.active?.value === false ? undefined : operationOf('create', want, undefined, createEdits(want));
  if (!staysActive(want, have)) return have.attributes.active ? operationOf('deactivate', want, have, deactivateEdits(want)) : undefined;
  const edits = changeEdits(want, have);
  return edits.length === 0 ? undefined : operationOf(needsPut(edits) ? 'put' : 'patch', want, have, edits);
}

/** Whether the user is active once the plan is carried out. */
export function staysActive(want: DesiredUser, have: LiveUser | undefined): boolean {
  return want.wanted.active?.value ?? have?.attributes.active ?? true;
}

function createEdits(want: DesiredUser): Edit[] {
  const edits: Edit[] = [{ attribute: 'userName', after: want.userName, cause: want.cause }];
  for (const attribute of managed()) {
    const wanted = want.wanted[attribute];
    if (wanted && wanted.value !== '') edits.push({ attribute, after: wanted.value, cause: wanted.cause });
  }
  return edits;
}

function deactivateEdits(want: DesiredUser): Edit[] {
  return [{ attribute: 'active', before: true, after: false, cause: want.wanted.active?.cause ?? want.cause }];
}

function changeEdits(want: DesiredUser, have: LiveUser): Edit[] {
  const edits: Edit[] = [];
  const live = have.attributes;
  const renamed = !sameValue('userName', want.userName, live.userName);
  if (renamed) edits.push({ attribute: 'userName', before: live.userName, after: want.userName, cause: want.cause });
  for (const attribute of managed()) {
    const wanted = want.wanted[attribute];
    if (!wanted || sameValue(attribute, wanted.value, live[attribute])) continue;
    edits.push({ attribute, ...before(live[attribute]), after: wanted.value, cause: wanted.cause });
  }
  // Figma shows the address where nobody chose a name, so an address that moves takes such a name along.
  if (renamed && !want.wanted.displayName && live.displayName === live.userName) {
    edits.push({ attribute: 'displayName', before: live.displayName, after: want.userName, cause: want.cause });
  }
  return edits;
}

function operationOf(action: Action, want: DesiredUser, have: LiveUser | undefined, edits: readonly Edit[]): Operation {
  const id: OperationId = `${action} user ${want.userName}`;
  const seatBefore = have?.attributes.seat;
  // Who comes back may have the former seat again, whatever the entry leaves open: it is counted as taken.
  const seatAfter = action === 'deactivate' ? undefined : (want.wanted.seat?.value ?? seatBefore ?? have?.lastSeat);
  return {
    id,
    action,
    kind: 'user',
    name: want.userName,
    ...(have && { ref: have.ref }),
    ...(have && !sameValue('userName', want.userName, have.attributes.userName) && { was: have.attributes.userName }),
    edits,
    needs: [],
    seat: { ...(seatBefore !== undefined && { before: seatBefore }), ...(seatAfter !== undefined && { after: seatAfter }) },
  };
}

function needsPut(edits: readonly Edit[]): boolean {
  return edits.some((edit) => userAttributes[edit.attribute as UserAttribute] === 'put');
}

function managed(): Exclude<UserAttribute, 'userName'>[] {
  return userAttributeNames.filter((name) => name !== 'userName');
}

function before(value: string | boolean | undefined): { before?: string | boolean } {
  return value === undefined ? {} : { before: value };
}
