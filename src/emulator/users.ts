import type { Draft, Reading } from './attributes.ts';
import { invalidValue, ScimProblem } from './errors.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { readOperations } from './operations.ts';
import { patchUser } from './patch-user.ts';
import { completed, layOver, moved, seatRole, withSeat } from './profile.ts';
import { figma, type UserAttributes, type UserRecord } from './resources.ts';
import { userShape } from './shapes.ts';
import type { Change, World } from './world.ts';

function readingOf(world: World): Reading {
  return { invalidSeat: world.quirks['invalid-seat'], limits: true };
}

/** The user with this id, or a 404. */
export function userById(world: World, id: string): UserRecord {
  const user = world.store.users.get(id);
  if (user === undefined) {
    throw new ScimProblem(404, undefined, 'There is no such user.');
  }
  return user;
}

/** POST /Users: a new SCIM user, also for somebody whom Figma knows already. */
export function createUser(world: World, body: JsonObject): Change {
  const attributes = completed(layOver({}, body, readingOf(world)));
  const existing = world.store.users.named(attributes.userName.toLowerCase())[0];
  const status = world.quirks['post-status'];
  if (existing !== undefined) {
    if (world.quirks['post-existing'] === 'conflict') {
      throw taken(attributes.userName);
    }
    // Applied as a PATCH is: what the request leaves out stays.
    const operation = { op: 'replace', path: undefined, value: body } as const;
    const { draft, touchesRoles } = patchUser(existing.attributes, [operation], readingOf(world), 'store');
    return change(world, existing, reactivated(world, existing.attributes, completed(draft), touchesRoles), status);
  }
  checkDomain(world, attributes.userName);
  const createdMs = world.now();
  const user = { id: world.nextUserId(), attributes, createdMs, modifiedMs: createdMs };
  return {
    status,
    body: userShape(user, world),
    touches: [attributes.userName],
    commit: () => {
      world.accounts.delete(attributes.userName.toLowerCase());
      world.store.putUser(user);
    },
  };
}

/** PUT /Users/:id: overwrites every attribute, except that quirks decide about roles, active and figmaAdmin where they are left out. */
export function replaceUser(world: World, id: string, body: JsonObject): Change {
  const user = userById(world, id);
  const before = user.attributes;
  const { quirks } = world;
  // Laid over the present seat, which a wrong one leaves as it is where that is the quirk; without roles the other quirk decides.
  const { roles, ...unseated } = layOver(withSeat({}, seatRole(before)), body, readingOf(world));
  const namesSeat = Object.keys(body).some((given) => given.toLowerCase() === 'roles');
  const keptRoles = { keep: before.roles, clear: undefined, view: [{ type: 'seatType', value: 'View' }] }[quirks['put-without-roles']];
  const nextRoles = namesSeat ? roles : keptRoles;
  const draft: Draft = { ...unseated, ...(nextRoles === undefined ? {} : { roles: nextRoles }) };
  const active = draft.active ?? (quirks['put-without-active'] === 'keep' ? before.active : true);
  const after = completed({ ...draft, active, ...admin(before, draft[figma], quirks['put-without-admin']) });
  return rename(world, user, reactivated(world, before, after, namesSeat), 200);
}

/** PATCH /Users/:id: all operations or none. */
export function modifyUser(world: World, id: string, body: JsonObject): Change {
  const user = userById(world, id);
  const operations = readOperations(body);
  const { draft, touchesRoles } = patchUser(user.attributes, operations, readingOf(world), world.quirks['unknown-path']);
  const after = reactivated(world, user.attributes, completed(draft), touchesRoles);
  return rename(world, user, after, world.quirks['patch-answer'] === 'empty' ? 204 : 200);
}

/** DELETE /Users/:id: gone for good, memberships too. */
export function deleteUser(world: World, id: string): Change {
  const user = userById(world, id);
  return { status: 204, body: undefined, touches: [id, user.attributes.userName], commit: () => world.store.removeUser(user) };
}

function rename(world: World, user: UserRecord, after: UserAttributes, status: number): Change {
  const { userName } = after;
  if (world.store.users.named(userName.toLowerCase()).some((other) => other.id !== user.id)) {
    throw taken(userName);
  }
  if (userName.toLowerCase() !== user.attributes.userName.toLowerCase()) {
    checkDomain(world, userName);
  }
  return change(world, user, moved(user.attributes, after), status);
}

function change(world: World, user: UserRecord, attributes: UserAttributes, status: number): Change {
  const next = { ...user, attributes, modifiedMs: world.now() };
  const leaves = user.attributes.active && !attributes.active && world.quirks['deactivated-memberships'] === 'remove';
  return {
    status,
    body: status === 204 ? undefined : userShape(next, world),
    touches: [user.id, user.attributes.userName, attributes.userName],
    commit: () => {
      world.store.putUser(next);
      if (leaves) {
        world.store.dropMemberships(user.id);
      }
    },
  };
}

function reactivated(world: World, before: UserAttributes, after: UserAttributes, namesSeat: boolean): UserAttributes {
  const falls = !before.active && after.active && !namesSeat && world.quirks['seat-after-reactivation'] === 'view';
  return falls ? completed(withSeat(after, { type: 'seatType', value: 'View' })) : after;
}

function admin(before: UserAttributes, extension: Json | undefined, without: 'keep' | 'false'): JsonObject {
  const held = before[figma];
  const given = isObject(extension) ? extension : {};
  if ('figmaAdmin' in given) {
    return { [figma]: given };
  }
  const kept = without === 'false' ? false : isObject(held) ? held['figmaAdmin'] : undefined;
  return kept === undefined && !isObject(extension) ? {} : { [figma]: { ...given, ...(kept === undefined ? {} : { figmaAdmin: kept }) } };
}

function checkDomain(world: World, userName: string): void {
  const domain = userName.slice(userName.lastIndexOf('@') + 1).toLowerCase();
  if (world.quirks['foreign-domain'] === 'reject' && world.domains.size > 0 && !world.domains.has(domain)) {
    throw invalidValue('The domain of userName does not belong to the organization.');
  }
}

function taken(userName: string): ScimProblem {
  return new ScimProblem(409, 'uniqueness', `There is a user named ${userName} already.`);
}
