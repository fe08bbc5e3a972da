import type { Guard } from './guard.ts';
import { counted, lifting } from './wording.ts';

/** Blocks where the read shows less than half of the declared users: that is rather a wrong tenant than so many to create. */
export const shrunkLive: Guard = ({ operations, basis: { declared } }) => {
  const count = declared.missing;
  const limit = Math.floor(declared.users / 2);
  const blocked = count > limit;
  const fact = `${count} of ${counted(declared.users, 'declared user')} ${count === 1 ? 'is' : 'are'} not among the live ones`;
  const remedy = ', more than half: check the tenant and the token before anything is created';
  return {
    guard: 'shrunkLive',
    outcome: blocked ? 'block' : 'allow',
    count,
    limit,
    message: blocked ? `${fact}${remedy}${lifting('shrunkLive', count)}` : fact,
    operations: operations.filter(({ kind, action }) => kind === 'user' && action === 'create').map(({ id }) => id),
  };
};
