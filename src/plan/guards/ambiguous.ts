import type { LiveUser } from '../../model/live.ts';
import type { OperationId } from '../../model/plan.ts';
import type { Guard, Situation } from './guard.ts';

/**
 * Blocks where seatform would have to guess whom an entry means: two live objects of its name, several of its former names live,
 * or a create whose externalId or employeeNumber a live undeclared user has already. Doubles that nobody declares are only reported.
 */
export const ambiguous: Guard = (situation) => {
  const reasons = [...doubles(situation), ...rivals(situation), ...takeovers(situation)];
  if (reasons.length > 0) {
    const operations = reasons.map(({ operation }) => operation).filter((id) => id !== undefined);
    return { guard: 'ambiguous', outcome: 'block', count: reasons.length, message: reasons.map(({ text }) => text).join('; '), operations };
  }
  const { users, groups } = situation.live.ambiguous;
  const names = [...users.values()].map(([first]) => first?.attributes.userName).concat([...groups.keys()]);
  if (names.length === 0)
    return { guard: 'ambiguous', outcome: 'allow', count: 0, message: 'every live name is held once', operations: [] };
  const message = `several live objects share a name and are left alone: ${names.join(', ')}`;
  return { guard: 'ambiguous', outcome: 'warn', count: names.length, message, operations: [] };
};

/** One object that cannot be told apart, and the operation that would act on it, where there is one. */
interface Reason {
  readonly text: string;
  readonly operation?: OperationId;
}

function doubles({ users, groups }: Situation): Reason[] {
  return [
    ...users.ambiguous.map(({ desired }) => ({ text: `several live users are called ${desired.userName}: remove all but one in Figma` })),
    ...groups.ambiguous.map(({ desired }) => ({
      text: `several live groups are called ${desired.displayName}: remove all but one in Figma`,
    })),
  ];
}

function rivals({ users, groups, operations }: Situation): Reason[] {
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
      const text = `${rivals.join(' and ')} are live, and each is a previous name of ${name}: leave only the right one under previously`;
      return planned.has(id) ? { text, operation: id } : { text };
    });
}

const identifying = ['externalId', 'employeeNumber'] as const;

/** Creates for somebody who seems to be live under another address: the number says so. */
function takeovers({ operations, users, live }: Situation): Reason[] {
  const creates = operations.filter(({ action, kind }) => action === 'create' && kind === 'user');
  if (creates.length === 0) return [];
  const undeclared = [...live.users].filter(([name]) => !users.claimed.has(name)).map(([, user]) => user);
  const holders = identifying.map((attribute) => holdersOf(attribute, undeclared));
  return creates.flatMap(({ id, name, edits }) => {
    const shared = identifying.flatMap((attribute, index) => {
      const value = edits.find((edit) => edit.attribute === attribute)?.after;
      return (holders[index]?.get(String(value)) ?? []).map((holder) => ({ attribute, holder }));
    });
    if (shared.length === 0) return [];
    const who = [...new Set(shared.map(({ holder }) => holder.attributes.userName))];
    const what = [...new Set(shared.map(({ attribute }) => attribute))].join(' and ');
    const active = shared.some(({ holder }) => holder.attributes.active);
    const remedy = `if it is one person, write previously: [${who.join(', ')}]${active ? '' : ' and active: true'}`;
    const state = active ? 'live' : 'deactivated';
    return [{ operation: id, text: `${name} would get the ${what} of ${who.join(' and ')}, who is ${state} and not declared: ${remedy}` }];
  });
}

function holdersOf(attribute: (typeof identifying)[number], users: readonly LiveUser[]): ReadonlyMap<string, readonly LiveUser[]> {
  const holders = new Map<string, LiveUser[]>();
  for (const user of users) {
    const number = user.attributes[attribute];
    if (number === undefined) continue;
    const known = holders.get(number);
    if (known) known.push(user);
    else holders.set(number, [user]);
  }
  return holders;
}
