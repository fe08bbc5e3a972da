/*
 * How the attributes of a user come in. One function reads an attribute, whoever asks: POST, PUT, PATCH or a seed. What Figma does not
 * document as an attribute is kept as it came and echoed (seen in a live answer: a PATCH of a top-level `figmaAdmin` was stored with 200
 * and granted nothing). The permissions of the time before seats (figmaPermission …) are of that kind: kept, without effect on the seat.
 */
import { invalidValue } from './errors.ts';
import { isObject, own, textOf, type Json, type JsonObject } from './json.ts';
import { enterprise, figma, isSeat, seatNames, type Email, type Role, type UserAttributes } from './resources.ts';

/** A user on the way to be one: nothing is certain to be there. */
export type Draft = Partial<UserAttributes>;

/** How strictly to read: a seed may hold what no request may bring. */
export interface Reading {
  readonly invalidSeat: 'reject' | 'ignore' | 'keep';
  readonly limits: boolean;
}

const legacy = ['figmaPermission', 'figjamPermission', 'devModePermission'];
const texts = ['userName', 'displayName', 'title', 'externalId'];
const core = [...texts, 'active', 'name', 'emails', 'roles', ...legacy, enterprise, figma];

/** The attributes that consist of others, with the names of these. */
export const complexAttributes: Readonly<Record<string, readonly string[]>> = {
  name: ['givenName', 'familyName', 'formatted'],
  emails: ['value', 'type', 'primary'],
  [enterprise]: ['employeeNumber', 'costCenter', 'organization', 'division', 'department', 'manager'],
  [figma]: ['figmaAdmin', ...legacy],
};

/** The spelling that we hold of a name in `known`, whatever its case; undefined if it is none of them. */
export function spelling(given: string, known: readonly string[]): string | undefined {
  if (known.includes(given)) {
    return given;
  }
  const folded = given.toLowerCase();
  return known.find((name) => name.toLowerCase() === folded);
}

/** The attribute of a user that a name means; `external_id`, as Figma answers it, is `externalId`. */
export function userAttribute(given: string): string | undefined {
  return given.toLowerCase() === 'external_id' ? 'externalId' : spelling(given, core);
}

/** An attribute checked and in the shape we hold; undefined if it says nothing. `seatBefore` stays where a wrong seat is ignored. */
export function readAttribute(name: string, value: Json, reading: Reading, seatBefore: Role | undefined): Json | undefined {
  if (value === null) {
    return undefined;
  }
  switch (name) {
    case 'userName':
    case 'displayName':
      return readText(name, value, reading.limits ? 100 : Infinity);
    case 'externalId':
      return readText(name, value, reading.limits ? 255 : Infinity);
    case 'title':
      return readText(name, value, Infinity);
    case 'active':
      return readBoolean(name, value);
    case 'name':
      return readObject(name, value, (sub, child) => (complexAttributes['name']?.includes(sub) ? readText(sub, child, Infinity) : child));
    case 'emails':
      return readEmail(value);
    case 'roles':
      return readRoles(value, reading, seatBefore);
    case enterprise:
      return readObject(name, value, readEnterprise);
    case figma:
      return readObject(name, value, (sub, child) => (sub === 'figmaAdmin' ? readBoolean(sub, child) : child));
    default:
      return value;
  }
}

function readText(name: string, value: Json, most: number): string {
  // The documents type costCenter as a number in one place and as a string in every example.
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') {
    throw invalidValue(`${name} must be a string.`);
  }
  if (text.length > most) {
    throw invalidValue(`${name} is limited to ${most} characters.`);
  }
  return text;
}

// Entra sends booleans as strings, capitalised.
function readBoolean(name: string, value: Json): boolean {
  const text = textOf(value).toLowerCase();
  if (text !== 'true' && text !== 'false') {
    throw invalidValue(`${name} must be true or false.`);
  }
  return text === 'true';
}

function readObject(name: string, value: Json, readChild: (sub: string, child: Json) => Json): JsonObject | undefined {
  if (!isObject(value)) {
    throw invalidValue(`${name} must be an object.`);
  }
  const entries = Object.entries(value).flatMap(([given, child]): [string, Json][] => {
    const sub = spelling(given, complexAttributes[name] ?? []) ?? given;
    return child === null || child === undefined ? [] : [[sub, readChild(sub, child)]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function readEnterprise(sub: string, value: Json): Json {
  if (sub === 'manager') {
    const manager = typeof value === 'string' ? { value } : value;
    return readObject('manager', manager, (part, child) => readText(`manager.${part}`, child, Infinity)) ?? {};
  }
  return complexAttributes[enterprise]?.includes(sub) ? readText(sub, value, Infinity) : value;
}

function readEmail(value: Json): Email | undefined {
  const all = Array.isArray(value) ? value : [value];
  const email = all.find((entry) => isObject(entry) && textOf(entry['primary']).toLowerCase() === 'true') ?? all[0];
  if (email === undefined) {
    return undefined;
  }
  if (!isObject(email) || typeof email['value'] !== 'string') {
    throw invalidValue('emails must have a value.');
  }
  return { value: email['value'], type: typeof email['type'] === 'string' ? email['type'] : 'work' };
}

function readRoles(value: Json, reading: Reading, seatBefore: Role | undefined): Role[] | undefined {
  const roles = (Array.isArray(value) ? value : [value]).map(readRole);
  const seats = roles.filter(isSeat);
  if (seats.length > 1) {
    throw invalidValue('roles may hold one role of type seatType.');
  }
  const read = roles.flatMap((role) => (isSeat(role) ? readSeat(role, reading, seatBefore) : [role]));
  return read.length === 0 ? undefined : read;
}

function readRole(entry: Json): Role {
  if (!isObject(entry) || typeof own(entry, 'value') !== 'string') {
    throw invalidValue('Each of roles must be an object with a type and a value.');
  }
  return { ...entry, type: textOf(own(entry, 'type')), value: textOf(entry['value']) };
}

function readSeat(role: Role, reading: Reading, seatBefore: Role | undefined): Role[] {
  const seat = spelling(role.value, seatNames);
  if (seat !== undefined) {
    return [{ type: 'seatType', value: seat }];
  }
  if (reading.invalidSeat === 'reject') {
    throw invalidValue(`"${role.value.slice(0, 100)}" is no seat type: expected Full, Dev, Collab or View.`);
  }
  if (reading.invalidSeat === 'keep') {
    return [role];
  }
  return seatBefore === undefined ? [] : [seatBefore];
}
