import type { Live, LiveUser } from '../../model/live.ts';

/** Every user that was read, those who share a name included: each of them holds a seat and may be an admin. */
export function everybody(live: Live): readonly LiveUser[] {
  return [...live.users.values(), ...[...live.ambiguous.users.values()].flat()];
}

/** Whether somebody is an admin who can act. */
export function isActiveAdmin({ attributes }: LiveUser): boolean {
  return attributes.active && attributes.figmaAdmin === true;
}
