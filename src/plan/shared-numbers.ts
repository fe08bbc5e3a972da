import type { LiveUser } from '../model/live.ts';
import type { Operation, OperationId } from '../model/operation.ts';

/** The attributes that tell people apart whatever their address is. */
export type Identifying = 'externalId' | 'employeeNumber';

const identifying: readonly Identifying[] = ['externalId', 'employeeNumber'];

/** A create that would give somebody the number of others: it may be the same person, live under another address. */
export interface SharedNumber {
  readonly operation: OperationId;
  readonly name: string;
  readonly attributes: readonly Identifying[];
  readonly holders: readonly LiveUser[];
}

/** The creates among the operations whose externalId or employeeNumber one of `usersFor` the attribute has. */
export function sharedNumbers(
  operations: readonly Operation[],
  usersFor: (attribute: Identifying) => readonly LiveUser[],
): readonly SharedNumber[] {
  const creates = operations.filter(({ action, kind }) => action === 'create' && kind === 'user');
  if (creates.length === 0) return [];
  const holders = identifying.map((attribute) => ({ attribute, by: holdersOf(attribute, usersFor(attribute)) }));
  return creates.flatMap(({ id, name, edits }) => {
    const shared = holders.flatMap(({ attribute, by }) => {
      const value = edits.find((edit) => edit.attribute === attribute)?.after;
      return (value === undefined ? [] : (by.get(String(value)) ?? [])).map((holder) => ({ attribute, holder }));
    });
    if (shared.length === 0) return [];
    return [
      {
        operation: id,
        name,
        attributes: [...new Set(shared.map(({ attribute }) => attribute))],
        holders: [...new Set(shared.map(({ holder }) => holder))],
      },
    ];
  });
}

function holdersOf(attribute: Identifying, users: readonly LiveUser[]): ReadonlyMap<string, readonly LiveUser[]> {
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
