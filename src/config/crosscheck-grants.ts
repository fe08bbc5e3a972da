import type { GrantEntry } from '../model/declaration.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { groupNameOf, isLowerSeat, userNameOf } from '../model/directory.ts';
import { errorAt, quoted, twice } from './report.ts';
import type { Scope } from './scope.ts';

/** What is wrong with grants by themselves: days in the wrong order, and grants that stand twice. */
export function grantFaults({ grants, users, groups, doubts }: Scope): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const known = new Map<string, Span>();
  for (const grant of grants) {
    const { at, user, gives, from, until } = grant;
    if (doubts.about(grant)) continue;
    if (from && from.value > until.value) found.push(backwards(from.at, from.value, until.at, until.value));
    const target = 'seat' in gives ? ['seat', gives.seat] : ['group', groups.keyOf(gives.group.value)];
    const key = JSON.stringify([users.keyOf(user.value), ...target, from?.value, until.value]);
    const first = known.get(key);
    if (!first) known.set(key, at);
    else found.push(twice(at, first, 'E032', `this grant for ${quoted(user.value)} is written twice`, 'written again', 'written first'));
  }
  return found;
}

function backwards(at: Span, from: string, untilAt: Span, until: string): Diagnostic {
  return errorAt(at, 'E037', `the grant begins on ${from}, after its last day ${until}`, {
    label: 'later than `until`',
    help: 'let `from` be no later than `until`',
    also: [{ at: untilAt, message: 'the last day' }],
  });
}

/** Grants that refer to somebody or something that is not declared, or not so that the grant could be given and end. */
export function grantReferenceFaults(scope: Scope): readonly Diagnostic[] {
  return scope.grants.flatMap((grant) => {
    const faults = [granteeFault(grant, scope), 'seat' in grant.gives ? seatGrantFault(grant, scope) : groupGrantFault(grant, scope)];
    return faults.filter((fault) => fault !== undefined);
  });
}

function granteeFault({ user }: GrantEntry, { users, doubts }: Scope): Diagnostic | undefined {
  if (users.find(user.value) || isNearlyDeclared(user.value, doubts.names, userNameOf)) return undefined;
  const guess = users.nearest(user.value);
  return errorAt(user.at, 'E033', `${quoted(user.value)} is granted access and not declared`, {
    label: 'not in `users`',
    help: guess === undefined ? 'declare the user: a grant adds to an entry' : `did you mean ${quoted(guess)}?`,
  });
}

/** Whether a name is written as that of an entry which has other faults. */
function isNearlyDeclared(name: string, sketches: ReadonlySet<string>, comparable: (name: string) => string): boolean {
  return sketches.size > 0 && [...sketches].some((sketch) => comparable(sketch) === comparable(name));
}

function groupGrantFault({ gives }: GrantEntry, { groups, doubts }: Scope): Diagnostic | undefined {
  if (!('group' in gives)) return undefined;
  const { value, at } = gives.group;
  const entry = groups.find(value);
  if (!entry) {
    if (isNearlyDeclared(value, doubts.names, groupNameOf)) return undefined;
    const guess = groups.nearest(value);
    return errorAt(at, 'E034', `the group ${quoted(value)} of this grant is not declared`, {
      label: 'not in `groups`',
      help: guess === undefined ? 'declare the group, with `members: []` if nobody else belongs to it' : `did you mean ${quoted(guess)}?`,
    });
  }
  if (entry.members || entry.membersWhere || doubts.about(entry)) return undefined;
  return errorAt(at, 'E034', `the membership of ${quoted(value)} is not managed, so nobody can be granted it`, {
    label: 'no `members` and no `membersWhere`',
    help: 'write `members` or `membersWhere` in the group: with the grants they are then all of its members',
    also: [{ at: entry.at, message: 'declared here' }],
  });
}

function seatGrantFault(grant: GrantEntry, scope: Scope): Diagnostic | undefined {
  const { user, gives } = grant;
  const index = scope.users.indexOf(user.value);
  const entry = scope.users.find(user.value);
  if (index === undefined || !entry || !('seat' in gives) || scope.doubts.about(grant, 'gives')) return undefined;
  if (!scope.population.hasBaseSeat(index)) {
    return errorAt(user.at, 'E035', `${quoted(user.value)} has no seat to fall back to when this grant ends`, {
      label: 'neither the entry nor a default gives a seat',
      help: 'declare a `seat` in the user’s entry, or by a default',
      also: [{ at: entry.at, message: 'declared here' }],
    });
  }
  const { seat } = entry.attributes;
  if (gives.then && !isLowerSeat(gives.then.value, gives.seat)) {
    return errorAt(gives.then.at, 'E036', `\`then\` must be lower than the granted seat ${gives.seat}`, {
      label: 'a grant ends on a lower seat',
      help: 'write a lower seat, or remove `then`: the seat falls back to the base',
    });
  }
  if (!gives.then || !seat) return undefined;
  return errorAt(gives.then.at, 'E036', `\`then\` cannot stand here: the entry of ${quoted(user.value)} declares the seat ${seat.value}`, {
    label: 'never reached',
    help: 'remove `then`: the declared seat follows the grant',
    also: [{ at: seat.at, message: 'declared here' }],
  });
}
