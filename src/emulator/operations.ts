import { ScimProblem } from './errors.ts';
import { isObject, textOf, type Json, type JsonObject } from './json.ts';

const message = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const longestPath = 2000;

/** One operation of a PATCH, its verb in lower case. */
export interface Operation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string | undefined;
  readonly value: Json | undefined;
}

/** The operations of a PATCH body; verbs in any case, as Entra capitalises them. What is no PatchOp is a 400. */
export function readOperations(body: JsonObject): Operation[] {
  const { schemas, Operations = body['operations'] } = body;
  if (schemas !== undefined && !(Array.isArray(schemas) && schemas.includes(message))) {
    throw invalidSyntax(`schemas must hold ${message}.`);
  }
  if (!Array.isArray(Operations) || Operations.length === 0) {
    throw invalidSyntax('Operations must be a list of at least one operation.');
  }
  return Operations.map(readOperation);
}

function readOperation(operation: Json): Operation {
  if (!isObject(operation)) {
    throw invalidSyntax('Each operation must be an object.');
  }
  const { path = null, value } = operation;
  const op = (['add', 'remove', 'replace'] as const).find((verb) => verb === textOf(operation['op']).toLowerCase());
  if (op === undefined) {
    throw invalidSyntax('op must be add, remove or replace.');
  }
  if (path !== null && (typeof path !== 'string' || path.length > longestPath || path.includes('__proto__'))) {
    throw new ScimProblem(400, 'invalidPath', 'path is not valid.');
  }
  const target = path === null || path.trim() === '' ? undefined : path.trim();
  if (op === 'remove' && target === undefined) {
    throw new ScimProblem(400, 'noTarget', 'remove needs a path.');
  }
  if (op !== 'remove' && value === undefined) {
    throw invalidSyntax(`${op} needs a value.`);
  }
  if (target === undefined && !isObject(value)) {
    throw invalidSyntax(`${op} without a path needs an object as its value.`);
  }
  return { op, path: target, value };
}

function invalidSyntax(detail: string): ScimProblem {
  return new ScimProblem(400, 'invalidSyntax', detail);
}
