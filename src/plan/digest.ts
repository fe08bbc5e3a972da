import { createHash } from 'node:crypto';
import type { Value } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Edit, Operation } from '../model/plan.ts';

/** `sha256:` over what will be done and the live values that it assumes; times, order, places and causes do not count. */
export function planDigest(tenant: string, operations: readonly Operation[]): string {
  return sha256([tenant, ...operations.map(operationText).sort()]);
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
  const { id, ref, edits, needs, seat } = operation;
  return text(id, ref?.id, edits.map(editText).sort(), needs.toSorted(), seat?.before, seat?.after);
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
