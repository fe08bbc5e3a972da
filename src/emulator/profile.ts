import { readAttribute, userAttribute, type Draft, type Reading } from './attributes.ts';
import { invalidValue } from './errors.ts';
import type { JsonObject } from './json.ts';
import { isSeat, type Role, type UserAttributes } from './resources.ts';

const notOurs = new Set(['id', 'meta', 'schemas', 'groups']);

/** Lays the attributes of a request's body over a draft; what the service alone decides (id, meta, schemas, groups) is passed over. */
export function layOver(draft: Draft, body: JsonObject, reading: Reading): Draft {
  const seatBefore = seatRole(draft);
  const next: Draft = { ...draft };
  for (const [given, value = null] of Object.entries(body)) {
    if (!notOurs.has(given)) {
      const name = userAttribute(given) ?? given;
      const read = readAttribute(name, value, reading, seatBefore);
      if (read === undefined) {
        delete next[name];
      } else {
        next[name] = read;
      }
    }
  }
  return next;
}

/** The role that is the seat in a draft. */
export function seatRole(draft: Draft): Role | undefined {
  return draft.roles?.find(isSeat);
}

/** A draft with another seat, or with none. */
export function withSeat(draft: Draft, seat: Role | undefined): Draft {
  const { roles = [], ...rest } = draft;
  const next = [...(seat === undefined ? [] : [seat]), ...roles.filter((role) => !isSeat(role))];
  return next.length === 0 ? rest : { ...rest, roles: next };
}

/** A whole user from a draft: active unless it says otherwise, displayName and e-mail from userName if it has none. */
export function completed(draft: Draft): UserAttributes {
  const { userName, active = true, displayName, emails } = draft;
  if (userName === undefined || userName === '') {
    throw invalidValue('userName is required.');
  }
  return {
    ...draft,
    userName,
    active,
    displayName: displayName === undefined || displayName === '' ? userName : displayName,
    emails: emails ?? { value: userName, type: 'work' },
  };
}

/** The user after a change; a new userName is the account's new e-mail. */
export function moved(before: UserAttributes, after: UserAttributes): UserAttributes {
  return before.userName === after.userName ? after : { ...after, emails: { ...after.emails, value: after.userName } };
}
