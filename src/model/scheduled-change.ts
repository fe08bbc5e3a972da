import type { Day } from './day.ts';
import type { Cause } from './desired.ts';

/** What a grant changes by itself on a day to come. `seat` sides are absent where nothing is asked for. */
export interface ScheduledChange {
  /** The first day on which it is so. */
  readonly day: Day;
  readonly userName: string;
  readonly what:
    | { readonly seat: { readonly before?: string; readonly after?: string } }
    | { readonly joins: string }
    | { readonly leaves: string };
  readonly cause: Cause;
}
