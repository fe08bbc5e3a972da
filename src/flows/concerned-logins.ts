import { fieldsAbout } from '../approval/fields.ts';
import { holds } from '../approval/line.ts';
import { scheduledIds } from '../approval/scheduled.ts';
import { wishesOn } from '../approval/wishes.ts';
import { resolve } from '../desired/resolve.ts';
import { scheduleOf } from '../desired/schedule.ts';
import type { HashOf, SignedPlan } from '../model/approval.ts';
import { dayAt, type Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import { userNameOf, type UserName } from '../model/directory.ts';
import { creationOfUser } from '../plan/creations.ts';

/**
 * The logins of the people whose access a signed plan changes. It does not matter which commit of the line asks for the change. A plan
 * holds hashes only, so everything that the configurations want for people with a login is looked up in it.
 */
export function loginsIn(plan: SignedPlan, declarations: readonly Declaration[], asOf: Day, hashOf: HashOf): readonly string[] {
  const planned = dayAt(new Date(plan.plannedAt));
  return declarations.flatMap((declaration) => {
    const logins = declaration.users.flatMap(({ userName, github }) =>
      github ? [[userNameOf(userName.value), github.value] as const] : [],
    );
    if (logins.length === 0) return [];
    const wants = [planned, asOf].map((day) => resolve(declaration, day));
    const schedule = scheduleOf(declaration, planned);
    const isConcerned = (name: UserName) => {
      const now = wants.flatMap((desired) => wishesOn(fieldsAbout(name, desired), desired, (one) => creationOfUser(desired, one)));
      const later = scheduledIds(schedule.filter(({ userName }) => userNameOf(userName) === name));
      const isHeld = (kind: keyof SignedPlan['hashes']) => (id: (typeof now)[number]) => holds(plan, kind, id, hashOf);
      return now.some(isHeld('changes')) || now.some(isHeld('takenBack')) || later.some(isHeld('dated'));
    };
    return logins.flatMap(([name, login]) => (isConcerned(name) ? [login] : []));
  });
}
