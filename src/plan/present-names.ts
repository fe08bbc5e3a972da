import { userNameOf } from '../model/directory.ts';
import type { Edit, Operation } from '../model/operation.ts';

/** Members under the names that they still have, where the rename is not part of what is done. */
export function withPresentNames(operations: readonly Operation[], all: readonly Operation[]): readonly Operation[] {
  const renamed = new Set(operations.filter(({ kind, was }) => kind === 'user' && was !== undefined).map(({ name }) => userNameOf(name)));
  const present = new Map(
    all.flatMap(({ kind, name, was }) =>
      kind === 'user' && was !== undefined && !renamed.has(userNameOf(name)) ? [[userNameOf(name), was] as const] : [],
    ),
  );
  if (present.size === 0) return operations;
  const named = (edit: Edit): Edit => {
    const was = edit.attribute === 'member' ? present.get(userNameOf(String(edit.after ?? edit.before))) : undefined;
    return was === undefined ? edit : { ...edit, ...(edit.after === undefined ? { before: was } : { after: was }) };
  };
  const renaming = (operation: Operation): Operation =>
    operation.kind === 'group' ? { ...operation, edits: operation.edits.map(named) } : operation;
  return operations.map(renaming);
}
