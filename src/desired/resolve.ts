import type { Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import type { Desired } from '../model/desired.ts';
import { groupNameOf, userNameOf } from '../model/directory.ts';
import { expiriesOf } from './expiries.ts';
import { grantsOf, presentNames } from './grants.ts';
import { groupOf } from './groups.ts';
import { Roster } from './roster.ts';
import { userOf } from './users.ts';

/** What the declaration asks for on a day, each value with the place that asks. Names are taken as unique: `config/` has checked that. */
export function resolve(declaration: Declaration, day: Day): Desired {
  const { defaults = [], tenantId } = declaration.organization;
  const present = presentNames(declaration);
  const grants = grantsOf(declaration.grants, present);
  const users = new Map(
    declaration.users.map((entry) => {
      const key = userNameOf(entry.userName.value);
      return [key, userOf(entry, defaults, grants.seats.get(key) ?? [], day)] as const;
    }),
  );
  const memberships = { users, roster: new Roster(users), grants, present, day };
  const groups = new Map(declaration.groups.map((entry) => [groupNameOf(entry.displayName.value), groupOf(entry, memberships)]));
  return {
    users,
    groups,
    expiries: expiriesOf(declaration, { users, groups }, grants, day),
    ...(tenantId && { tenantId: tenantId.value }),
  };
}
