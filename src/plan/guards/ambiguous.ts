import type { LiveUser } from '../../model/live.ts';
import type { Operation, OperationId } from '../../model/plan.ts';
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

function rivals({ users, groups }: Situation): Reason[] {
  const contested = [
    ...users.pairs.map(({ desired, rivals }) => ({ id: `create user ${desired.userName}` as const, rivals })),
    ...groups.pairs.map(({ desired, rivals }) => ({ id: `create group ${desired.displayName}` as const, rivals })),
  ];
  return contested
    .filter(({ rivals }) => rivals.length > 0)
    .map(({ id, rivals }) => ({
      operation: id,
      text: `${rivals.join(' and ')} are all live and all previous names of one entry: keep the right one`,
    }));
}

function takeovers({ operations, users, live }: Situation): Reason[] {
  const creates = operations.filter(({ action, kind }) => action === 'create' && kind === 'user');
  if (creates.length === 0) return [];
  const undeclared = [...live.users].filter(([name]) => !users.claimed.has(name)).map(([, user]) => user);
  return (['externalId', 'employeeNumber'] as const).flatMap((attribute) => sharing(attribute, creates, undeclared));
}

function sharing(attribute: 'externalId' | 'employeeNumber', creates: readonly Operation[], undeclared: readonly LiveUser[]): Reason[] {
  const holders = new Map(undeclared.map(({ attributes }) => [attributes[attribute], attributes.userName]));
  return creates.flatMap(({ id, name, edits }) => {
    const value = edits.find((edit) => edit.attribute === attribute)?.after;
    const holder = value === undefined ? undefined : holders.get(String(value));
    if (holder === undefined) return [];
    return [
      {
        operation: id,
        text: `${name} would get the ${attribute} of ${holder}, who is live and not declared: write previously: [${holder}] if it is one person`,
      },
    ];
  });
}
