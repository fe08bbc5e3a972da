import { userAttributes, type UserAttribute } from '../model/directory.ts';
import type { Action, Edit, Operation } from '../model/operation.ts';

/** An operation with only some of its edits: the action is what they need, and an object that they do not rename keeps its present name. */
export function partOf(operation: Operation, edits: readonly Edit[]): Operation {
  if (edits.length === operation.edits.length) return operation;
  const { kind, was, name: declared, ref, needs, seat } = operation;
  const naming = kind === 'user' ? 'userName' : 'displayName';
  const renames = was !== undefined && edits.some(({ attribute }) => attribute === naming);
  const name = was === undefined || renames ? declared : was;
  const action = actionOf(operation, edits);
  return {
    id: `${action} ${kind} ${name}`,
    action,
    kind,
    name,
    ...(renames && { was }),
    ...(ref && { ref }),
    edits,
    needs,
    ...(seat && { seat }),
  };
}

function actionOf({ kind, action }: Operation, edits: readonly Edit[]): Action {
  if (kind === 'group' || action !== 'put') return action;
  return edits.some(({ attribute }) => userAttributes[attribute as UserAttribute] === 'put') ? 'put' : 'patch';
}
