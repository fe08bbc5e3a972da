import type { Plan } from '../model/plan.ts';
import { originText } from './cause-text.ts';
import { quoted, safe } from './escape.ts';
import { bare } from './name.ts';

/** The end of one grant as every picture shows it; all of it is safe text. */
export interface Ending {
  readonly day: string;
  readonly user: string;
  /** `Dev → View`, or `leaves group "X"`. */
  readonly what: string;
  readonly origin: string;
}

/** The grants that end soon, in the order of the plan. */
export function endingsOf({ expiries }: Pick<Plan, 'expiries'>): readonly Ending[] {
  return expiries.map(({ until, userName, gives, cause }) => ({
    day: safe(until),
    user: bare(userName),
    what: 'group' in gives ? `leaves group ${quoted(gives.group)}` : `${bare(gives.seat)} → ${bare(gives.to)}`,
    origin: originText(cause),
  }));
}
