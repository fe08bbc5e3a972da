import type { Day } from '../model/day.ts';
import type { GroupEntry, Written } from '../model/declaration.ts';
import type { Cause, DesiredGroup, DesiredMember, DesiredUser } from '../model/desired.ts';
import { groupNameOf, userNameOf, type UserName } from '../model/directory.ts';
import { isInForce, hasEnded, type Grants, type PresentNames } from './grants.ts';
import { declared, entryAt, grantCause, positionOf } from './causes.ts';
import type { Roster } from './roster.ts';
import type { Where } from '../model/where.ts';

/** All that says who is a member of what. */
export interface Memberships {
  readonly users: ReadonlyMap<UserName, DesiredUser>;
  readonly roster: Roster;
  readonly grants: Grants;
  readonly present: PresentNames;
  readonly day: Day;
}

/** What is asked for of one group on the day. The list, the rule and the grants together are the whole membership, wherever list or rule is written. */
export function groupOf(entry: GroupEntry, memberships: Memberships): DesiredGroup {
  const { displayName, externalId, members, membersWhere, previously } = entry;
  const managedBy = members ? entryAt(members.at) : membersWhere && ruleAt(membersWhere);
  return {
    displayName: displayName.value,
    cause: entryAt(displayName.at),
    previously: previously.map((name) => groupNameOf(name.value)),
    wanted: externalId ? { externalId: declared(externalId) } : {},
    ...(managedBy && { members: membersOf(entry, memberships), membersCause: managedBy }),
    ended: managedBy ? endedOf(entry, memberships) : new Map(),
  };
}

function membersOf({ displayName, members, membersWhere }: GroupEntry, memberships: Memberships): ReadonlyMap<UserName, DesiredMember> {
  const { users, roster, grants, present, day } = memberships;
  const found = new Map<UserName, DesiredMember>();
  for (const { value, at } of members?.list ?? []) {
    const userName = present.users.get(userNameOf(value)) ?? value;
    found.set(userNameOf(userName), { userName, cause: entryAt(at), at });
  }
  for (const [key, user] of membersWhere ? roster.meant(membersWhere.value) : []) {
    if (found.has(key) || user.wanted.active?.value === false) continue;
    found.set(key, { userName: user.userName, cause: ruleCause(membersWhere as Written<Where>, user) });
  }
  for (const { user, grant } of grants.groups.get(groupNameOf(displayName.value)) ?? []) {
    const userName = users.get(user)?.userName;
    if (userName === undefined || !isInForce(grant, day)) continue;
    const known = found.get(user)?.cause;
    const lasts = known?.via === 'grant' && (known.until ?? '') < grant.until.value;
    if (!known || lasts) found.set(user, { userName, cause: grantCause(grant, 'grant') });
  }
  return found;
}

/** A rule that looks at a seat which a grant gives lasts as long as the grant. */
function ruleCause(rule: Written<Where>, { wanted }: DesiredUser): Cause {
  const seat = wanted.seat?.cause;
  const until = rule.value.has('seat') && seat?.via === 'grant' ? seat.until : undefined;
  return { ...ruleAt(rule), ...(until !== undefined && { until }) };
}

function ruleAt({ at }: Written<Where>): Cause {
  return { at: positionOf(at), via: 'rule' };
}

/** Whose membership by a grant is over; of several grants the one that ended last. */
function endedOf({ displayName }: GroupEntry, { grants, day }: Memberships): ReadonlyMap<UserName, Cause> {
  const ended = new Map<UserName, Cause>();
  for (const { user, grant } of grants.groups.get(groupNameOf(displayName.value)) ?? []) {
    if (hasEnded(grant, day) && (ended.get(user)?.until ?? '') <= grant.until.value) ended.set(user, grantCause(grant, 'expired'));
  }
  return ended;
}
