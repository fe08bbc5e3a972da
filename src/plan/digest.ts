import { createHash } from 'node:crypto';
import type { Value } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import type { Plan } from '../model/plan.ts';

/** `sha256:` over what will be done and the live values that it assumes; times, order, places and causes do not count. */
export function planDigest(tenant: string, operations: readonly Operation[]): string {
  return sha256([tenant, ...operations.map(operationText).sort()]);
}

/** `sha256:` over what a plan is judged by and rests on: whoever changes it in a saved plan is found out. */
export function sealOf(plan: Pick<Plan, 'basis' | 'guards' | 'selection' | 'unresolved' | 'operations'>): string {
  const { basis, guards, selection, unresolved, operations } = plan;
  const grants = operations.flatMap(({ id, edits }) =>
    edits.flatMap((edit) => (edit.cause.until === undefined ? [] : [text(id, editText(edit), edit.cause.via, edit.cause.until)])),
  );
  return sha256([canonical(basis), canonical(guards), canonical(selection), canonical(unresolved), ...grants.sort()]);
}

/** JSON with the keys of every object sorted, so that equal values give equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** `sha256:` over all that was read and is compared; the order in which the service listed it does not count. */
export function liveDigest(live: Live): string {
  const users = [...live.users.values(), ...[...live.ambiguous.users.values()].flat()];
  const groups = [...live.groups.values(), ...[...live.ambiguous.groups.values()].flat()];
  return sha256([
    live.tenant,
    ...users.map(({ ref, attributes }) => text('user', ref.id, Object.entries(attributes).sort(byKey))).sort(),
    ...groups
      .map(({ ref, attributes, members, strangers }) =>
        text('group', ref.id, Object.entries(attributes).sort(byKey), [...members].sort(), strangers),
      )
      .sort(),
  ]);
}

function operationText(operation: Operation): string {
  const { id, was, ref, edits, needs, seat } = operation;
  return text(id, was, ref?.id, edits.map(editText).sort(), needs.toSorted(), seat?.before, seat?.after);
}

function editText({ attribute, before, after, needs }: Edit): string {
  return text(attribute, before, after, needs?.toSorted());
}

function text(...parts: readonly unknown[]): string {
  return JSON.stringify(parts.map((part) => part ?? null));
}

function byKey([a]: [string, Value], [b]: [string, Value]): number {
  return a < b ? -1 : 1;
}

function sha256(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${JSON.stringify(line)}\n`);
  return `sha256:${hash.digest('hex')}`;
}
