import type { Doubt } from '../model/basis.ts';
import type { Live } from '../model/live.ts';
import type { Operation } from '../model/operation.ts';

const identifying = ['externalId', 'employeeNumber'] as const;

/**
 * Creates whose externalId or employeeNumber somebody live has: it may be the same person, who came by another way. Who gives the number up in
 * the same plan is another person.
 */
export function sharedNumbers(creates: readonly Operation[], all: readonly Operation[], live: Live): readonly Doubt[] {
  if (creates.length === 0) return [];
  const users = [...live.users.values(), ...[...live.ambiguous.users.values()].flat()];
  const holders = identifying.map((attribute) => {
    const givingUp = new Set(all.filter(({ edits }) => edits.some((edit) => edit.attribute === attribute)).map(({ ref }) => ref?.id));
    const keeping = users.filter(({ ref }) => !givingUp.has(ref.id));
    return new Map(keeping.map(({ attributes }) => [attributes[attribute], attributes.userName]));
  });
  return creates.flatMap(({ id, name, edits }) => {
    const shared = identifying.flatMap((attribute, index) => {
      const value = edits.find((edit) => edit.attribute === attribute)?.after;
      const holder = value === undefined ? undefined : holders[index]?.get(String(value));
      return holder === undefined ? [] : [{ attribute, holder }];
    });
    const [first] = shared;
    if (!first) return [];
    const what = shared.map(({ attribute }) => attribute).join(' and ');
    return [{ message: `${name} would get the ${what} of ${first.holder}, who is live by now: plan again`, operation: id }];
  });
}
