import type { Day } from '../model/day.ts';
import type { Declaration, DefaultEntry, GrantEntry } from '../model/declaration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { seatRank, userNameOf } from '../model/directory.ts';
import { isMeant } from '../model/where.ts';
import { isInForce, presentNames } from './grants.ts';
import { userOf } from './users.ts';

/** What is written and has no effect on the day: defaults that are for nobody, and grants of a seat that the user has anyway. */
export function noticesOf({ organization, users, grants }: Declaration, day: Day): readonly Diagnostic[] {
  const { defaults = [] } = organization;
  const idle = defaults.filter(({ where }) => where && !users.some(({ attributes }) => isMeant(where, (one) => attributes[one]?.value)));
  return [...idle.map(({ at }) => meansNobody(at)), ...idleGrants(users, grants, defaults, day)];
}

function meansNobody(at: Diagnostic['at']): Diagnostic {
  const help = 'correct the values under `where`: they are compared as they stand, with case';
  return {
    severity: 'warning',
    code: 'W011',
    message: 'this default is for nobody: no declared user has what its `where` names',
    ...(at && { at }),
    help,
  };
}

/** Grants that raise nothing: when they end, nothing ends either. */
function idleGrants(users: Declaration['users'], grants: readonly GrantEntry[], defaults: readonly DefaultEntry[], day: Day): Diagnostic[] {
  const seatGrants = grants.filter((grant) => 'seat' in grant.gives && isInForce(grant, day));
  if (seatGrants.length === 0) return [];
  const present = presentNames({ users, groups: [] }).users;
  const entries = new Map(users.map((entry) => [userNameOf(entry.userName.value), entry]));
  return seatGrants.flatMap((grant) => {
    const entry = entries.get(userNameOf(present.get(userNameOf(grant.user.value)) ?? grant.user.value));
    const base = entry && userOf(entry, defaults, [], day).wanted.seat;
    return base ? idleGrant(grant, base.value, base.cause.via === 'entry' ? 'the entry' : 'a default') : [];
  });
}

function idleGrant({ at, user, gives }: GrantEntry, base: string, by: string): Diagnostic[] {
  if (!('seat' in gives) || seatRank(gives.seat) > seatRank(base)) return [];
  const message = `the grant of ${gives.seat} gives ${user.value} nothing: ${by} says ${base}, now and after it ends`;
  const help = 'if the seat is to end with the grant, write the lower seat in the entry';
  return [{ severity: 'note', code: 'N003', message, at, help }];
}
