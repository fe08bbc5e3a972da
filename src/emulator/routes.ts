import { ScimProblem } from './errors.ts';
import type { FaultPlan } from './faults.ts';
import { createGroup, deleteGroup, groupById, modifyGroup, replaceGroup } from './groups.ts';
import { parseBody, type JsonObject } from './json.ts';
import { listGroups, listUsers } from './lists.ts';
import { serviceProviderConfig } from './provider.ts';
import { groupShape, userShape } from './shapes.ts';
import { createUser, deleteUser, modifyUser, replaceUser, userById } from './users.ts';
import type { Change, World } from './world.ts';

/** What a request comes to. */
export interface Answer {
  readonly status: number;
  readonly body: JsonObject | undefined;
}

/** A request below the base URL of the tenant: its path in parts, decoded. */
export interface Call {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly contentType: string | undefined;
  readonly text: string;
}

interface Kind {
  readonly list: (world: World, query: URLSearchParams, faults: FaultPlan) => JsonObject;
  readonly read: (world: World, id: string) => JsonObject;
  readonly create: (world: World, body: JsonObject) => Change;
  readonly replace: (world: World, id: string, body: JsonObject) => Change;
  readonly modify: (world: World, id: string, body: JsonObject) => Change;
  readonly remove: (world: World, id: string) => Change;
}

const kinds: ReadonlyMap<string, Kind> = new Map([
  [
    'Users',
    {
      list: listUsers,
      read: (world: World, id: string) => userShape(userById(world, id), world),
      create: createUser,
      replace: replaceUser,
      modify: modifyUser,
      remove: deleteUser,
    },
  ],
  [
    'Groups',
    {
      list: listGroups,
      read: (world: World, id: string) => groupShape(groupById(world, id), world),
      create: createGroup,
      replace: replaceGroup,
      modify: modifyGroup,
      remove: deleteGroup,
    },
  ],
]);

/** Answers a call in one go, so that no two calls mix; `refused` are folded names and ids that no write may touch. Throws ScimProblem. */
export function answer(world: World, faults: FaultPlan, refused: ReadonlySet<string>, call: Call): Answer {
  const [first, id, ...more] = call.path;
  if (first === undefined) {
    allow(call, ['GET']);
    return { status: 200, body: {} };
  }
  const kind = kinds.get(first);
  if (first === 'ServiceProviderConfig' && id === undefined) {
    allow(call, ['GET']);
    return { status: 200, body: serviceProviderConfig };
  }
  if (kind === undefined || more.length > 0) {
    throw new ScimProblem(404, undefined, 'There is nothing at this path.');
  }
  return id === undefined ? onCollection(world, faults, refused, call, kind) : onResource(world, faults, refused, call, kind, id);
}

function onCollection(world: World, faults: FaultPlan, refused: ReadonlySet<string>, call: Call, kind: Kind): Answer {
  allow(call, ['GET', 'POST']);
  if (call.method === 'GET') {
    return { status: 200, body: kind.list(world, call.query, faults) };
  }
  return carriedOut(kind.create(world, bodyOf(call)), faults, refused, call);
}

function onResource(world: World, faults: FaultPlan, refused: ReadonlySet<string>, call: Call, kind: Kind, id: string): Answer {
  allow(call, ['GET', 'PUT', 'PATCH', 'DELETE']);
  switch (call.method) {
    case 'GET':
      if (world.quirks['get-by-id'] === 'no') {
        throw new ScimProblem(404, undefined, 'There is nothing at this path.');
      }
      return { status: 200, body: kind.read(world, id) };
    case 'PUT':
      return carriedOut(kind.replace(world, id, bodyOf(call)), faults, refused, call);
    case 'PATCH':
      return carriedOut(kind.modify(world, id, bodyOf(call)), faults, refused, call);
    default:
      return carriedOut(kind.remove(world, id), faults, refused, call);
  }
}

function carriedOut(change: Change, faults: FaultPlan, refused: ReadonlySet<string>, call: Call): Answer {
  const named = change.touches.some((name) => refused.has(name.toLowerCase()));
  // What a seed refuses is refused always, unless a fault says how often.
  if (named && (faults.planned('refuse') === undefined || faults.strikes('refuse', call.method) !== undefined)) {
    throw new ScimProblem(400, 'invalidValue', 'This object cannot be changed.');
  }
  if (faults.strikes('ignored', call.method) === undefined) {
    change.commit();
  }
  return { status: change.status, body: change.body };
}

function bodyOf(call: Call): JsonObject {
  const type = call.contentType?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== 'application/scim+json') {
    throw new ScimProblem(415, undefined, 'Content-Type must be application/json or application/scim+json.');
  }
  return parseBody(call.text);
}

function allow(call: Call, methods: readonly string[]): void {
  if (!methods.includes(call.method)) {
    throw new ScimProblem(405, undefined, 'The method is not allowed here.', { allow: methods.join(', ') });
  }
}
