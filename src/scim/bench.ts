import type { Budget } from './budget.ts';
import type { Method } from './client.ts';
import type { Clock } from './clock.ts';
import type { Knowledge } from './knowledge.ts';
import type { Lookup } from './lookup.ts';
import type { Service } from './service.ts';

/** What writing takes: the service, the limits that a run shares, what it has learnt, and one wave's way of finding things. */
export interface Bench {
  readonly service: Service<Method>;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly random: () => number;
  readonly token: string;
  readonly knowledge: Knowledge;
  readonly lookup: Lookup;
}
