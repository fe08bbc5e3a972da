import { userNameOf } from '../../model/directory.ts';
import type { Live, LiveUser } from '../../model/live.ts';
import type { Doubt } from '../../model/basis.ts';
import type { Operation } from '../../model/operation.ts';
import type { GroupMatching, UserMatching } from '../match.ts';
import { sharedNumbers } from '../shared-numbers.ts';

/** Who was matched to whom, what came of it, and everything that was read, the ignored and the inactive included. */
export interface Findings {
  readonly users: UserMatching;
  readonly groups: GroupMatching;
  readonly operations: readonly Operation[];
  readonly live: Live;
}

/**
 * Where seatform would have to guess whom an entry means: two live objects of its name, several of its former names live, or a create whose
 * externalId or employeeNumber a live undeclared user has already. One doubt for each object.
 */
export function doubtsOf(findings: Findings): readonly Doubt[] {
  return [...doubles(findings), ...rivals(findings), ...takeovers(findings)];
}

function doubles({ users, groups }: Findings): Doubt[] {
  return [
    ...users.ambiguous.map(({ desired }) => ({
      message: `several live users are called ${desired.userName}: remove all but one in Figma`,
    })),
    ...groups.ambiguous.map(({ desired }) => ({
      message: `several live groups are called ${desired.displayName}: remove all but one in Figma`,
    })),
  ];
}

function rivals({ users, groups, operations }: Findings): Doubt[] {
  const planned = new Set(operations.map(({ id }) => id));
  const contested = [
    ...users.pairs.map(({ desired, rivals }) => ({ name: desired.userName, id: `create user ${desired.userName}` as const, rivals })),
    ...groups.pairs.map(({ desired, rivals }) => ({
      name: desired.displayName,
      id: `create group ${desired.displayName}` as const,
      rivals,
    })),
  ];
  return contested
    .filter(({ rivals }) => rivals.length > 0)
    .map(({ name, id, rivals }) => {
      const message = `${rivals.join(' and ')} are live, and each is a previous name of ${name}: leave only the right one under previously`;
      return planned.has(id) ? { message, operation: id } : { message };
    });
}

/** Creates for somebody who seems to be live under another address: the number says so. */
function takeovers({ operations, users, live }: Findings): Doubt[] {
  const undeclared = undeclaredOf(users, live);
  return sharedNumbers(operations, () => undeclared).map(({ operation, name, attributes, holders }) => {
    const who = [...new Set(holders.map((holder) => holder.attributes.userName))];
    const whose = `${who.join(' and ')}, ${claim(holders, who, users.live, live.users)}`;
    return { operation, message: `${name} would get the ${attributes.join(' and ')} of ${whose}` };
  });
}

/** In what state the holders are, and what to write if they are the person who would be created. */
function claim(holders: readonly LiveUser[], who: readonly string[], scope: Live['users'], all: Live['users']): string {
  const active = holders.some(({ attributes }) => attributes.active);
  const ignored = holders.some(({ attributes }) => {
    const key = userNameOf(attributes.userName);
    return all.has(key) && !scope.has(key);
  });
  const state = ignored ? 'ignored' : active ? 'live' : 'deactivated';
  const first = ignored ? 'take the address out of ignore and ' : '';
  return `who is ${state} and not declared: if it is one person, ${first}write previously: [${who.join(', ')}]${active ? '' : ' and active: true'}`;
}

/** The live users whom no entry claims, those who share a name included unless an entry asks for that name. */
function undeclaredOf({ claimed, ambiguous }: UserMatching, live: Live): readonly LiveUser[] {
  const contested = new Set(ambiguous.flatMap(({ key, desired }) => [key, ...desired.previously]));
  return [
    ...[...live.users].filter(([name]) => !claimed.has(name)).map(([, user]) => user),
    ...[...live.ambiguous.users].filter(([name]) => !contested.has(name)).flatMap(([, users]) => users),
  ];
}
