import { complexAttributes, readAttribute, type Draft, type Reading } from './attributes.ts';
import { invalidValue, ScimProblem } from './errors.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { Operation } from './operations.ts';
import { unknownPath, userTarget, type Target } from './paths.ts';
import { seatRole } from './profile.ts';
import type { UserAttributes } from './resources.ts';

const notOurs = new Set(['id', 'meta', 'schemas', 'groups']);

/** A user with all operations applied, the one before untouched; `touchesRoles` says whether one of them is about the seat. */
export function patchUser(
  before: UserAttributes,
  operations: readonly Operation[],
  reading: Reading,
  unknown: 'store' | 'reject',
): { draft: Draft; touchesRoles: boolean } {
  let draft: Draft = before;
  let touchesRoles = false;
  for (const { op, path, value } of operations) {
    const parts = path === undefined ? Object.entries(isObject(value) ? value : {}) : [[path, value] as const];
    for (const [name, part] of parts.filter(([name]) => !notOurs.has(name))) {
      const target = userTarget(name);
      if (!target.known && unknown === 'reject') {
        throw unknownPath(name);
      }
      touchesRoles ||= target.attribute === 'roles';
      draft = applied(draft, op, target, part ?? null, reading);
    }
  }
  return { draft, touchesRoles };
}

function applied(draft: Draft, op: Operation['op'], target: Target, value: Json, reading: Reading): Draft {
  const held = draft[target.attribute] ?? null;
  const next = target.matches === undefined ? laid(held, op, target, value) : matched(held, op, target, value);
  if (next === null && (target.attribute === 'userName' || target.attribute === 'active')) {
    throw invalidValue(`${target.attribute} cannot be removed.`);
  }
  const { [target.attribute]: _before, ...rest } = draft;
  const read = readAttribute(target.attribute, next, reading, seatRole(draft));
  return read === undefined ? rest : { ...rest, [target.attribute]: read };
}

// Complex attributes are merged (RFC 7644, section 3.5.2.3: the given sub-attributes replace, the others stay); a list is replaced.
function laid(held: Json, op: Operation['op'], target: Target, value: Json): Json {
  const [head, ...deeper] = target.within;
  if (head !== undefined) {
    const whole = isObject(held) ? held : {};
    const child = laid(whole[head] ?? null, op, { ...target, within: deeper }, value);
    return { ...whole, [head]: child };
  }
  if (op === 'remove') {
    return null;
  }
  return target.attribute in complexAttributes && isObject(held) && isObject(value) ? { ...held, ...value } : value;
}

function matched(held: Json, op: Operation['op'], target: Target, value: Json): Json {
  // Held as one object, asked about as the array of the RFC: then it is the primary one.
  const list: Json[] = Array.isArray(held) ? held : [isObject(held) ? { primary: true, ...held } : held];
  const elements = list.filter(isObject);
  const hits = elements.filter((element) => target.matches?.(element));
  const rest = elements.filter((element) => !hits.includes(element));
  const [name] = target.within;
  if (op === 'remove') {
    return [...rest, ...(name === undefined ? [] : hits.map((element) => ({ ...element, [name]: null })))];
  }
  const edited = (element: JsonObject): JsonObject => ({
    ...element,
    ...(name === undefined ? (isObject(value) ? value : {}) : { [name]: value }),
  });
  if (hits.length === 0 && (op === 'replace' || target.type === undefined)) {
    throw new ScimProblem(400, 'noTarget', 'Nothing matches the filter in the path.');
  }
  const chosen: JsonObject[] = hits.length === 0 ? [{ type: target.type }] : hits;
  return [...rest, ...chosen.map(edited)];
}
