import { suggestion, type Parsed } from './parsed.ts';

const perRequest = [
  'throttle',
  'throttle-silent',
  'unavailable',
  'bad-gateway',
  'reset',
  'reset-after',
  'truncated',
  'slow',
  'ignored',
  'refuse',
  'short-page',
  'repeat-page',
  'moving-total',
  'empty-list',
] as const;
const amounts = ['rate', 'revoke', 'latency'] as const;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A fault that strikes single requests: so many times, or in so many of a hundred. */
export type RequestFault = (typeof perRequest)[number];

/** A fault that is a quantity: requests a second, requests until the token is dead, milliseconds. */
export type AmountFault = (typeof amounts)[number];

/** The names of all faults. */
export const faultNames: readonly (RequestFault | AmountFault)[] = [...perRequest, ...amounts];

/** One fault to be played: `amount` times (or that quantity), or with the chance `rate` between 0 and 1, for one method or all. */
export interface Fault {
  readonly name: RequestFault | AmountFault;
  readonly amount?: number;
  readonly rate?: number;
  readonly method?: string;
  /** `empty-list=…:zero`: the list says that its total is 0 too. */
  readonly zero?: boolean;
}

/** The faults that `NAME=TIMES`, `NAME=RATE%` and `…@METHOD` texts ask for, or what is wrong with the first that is wrong. */
export function parseFaults(texts: readonly string[]): Parsed<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const text of texts) {
    const parsed = parseFault(text);
    if (!parsed.ok) {
      return parsed;
    }
    faults.push(parsed.value);
  }
  return { ok: true, value: faults };
}

function parseFault(text: string): Parsed<Fault> {
  const [given = '', rest = ''] = text.split(/=(.*)/s);
  const name = faultNames.find((known) => known === given);
  if (name === undefined) {
    return { ok: false, message: `unknown fault "${given}": ${suggestion(given, faultNames)}` };
  }
  const [value = '', method] = rest.split(/@(.*)/s);
  if (method !== undefined && !methods.includes(method.toUpperCase())) {
    return { ok: false, message: `fault "${name}" has no method "${method}": ${suggestion(method.toUpperCase(), methods)}` };
  }
  const zero = name === 'empty-list' && value.endsWith(':zero');
  const [, digits, percent] = /^(\d{1,9})(%?)$/.exec(zero ? value.slice(0, -':zero'.length) : value) ?? [];
  const number = Number(digits);
  const isAmount = amounts.some((amount) => amount === name);
  if (digits === undefined || (percent === '%' && (isAmount || number > 100)) || (name === 'rate' && number === 0)) {
    const form = isAmount ? `a number, as in ${name}=20` : `a number of times or a rate, as in ${name}=2 or ${name}=10%`;
    return { ok: false, message: `fault "${name}" has no value "${value}": expected ${form}, and @METHOD if it is for one method only` };
  }
  return {
    ok: true,
    value: {
      name,
      ...(percent === '%' ? { rate: number / 100 } : { amount: number }),
      ...(method === undefined ? {} : { method: method.toUpperCase() }),
      ...(zero ? { zero } : {}),
    },
  };
}

/** Plays faults: knows how often each has struck, and draws its chances from `random`. */
export class FaultPlan {
  private readonly faults: readonly Fault[];
  private readonly random: () => number;
  private readonly struck = new Map<Fault, number>();

  constructor(faults: readonly Fault[], random: () => number) {
    this.faults = faults;
    this.random = random;
  }

  /** The first fault of this name, whatever its method. */
  planned(name: RequestFault | AmountFault): Fault | undefined {
    return this.faults.find((fault) => fault.name === name);
  }

  /** The fault that strikes this request, used up by one; ask only where it can have an effect. */
  strikes(name: RequestFault, method: string): Fault | undefined {
    return this.faults.find((fault) => {
      if (!concerns(fault, name, method)) {
        return false;
      }
      if (fault.rate !== undefined) {
        return this.random() < fault.rate;
      }
      const before = this.struck.get(fault) ?? 0;
      this.struck.set(fault, before + 1);
      return before < (fault.amount ?? 0);
    });
  }

  /** The quantity of a fault for this method, if there is one. */
  amount(name: AmountFault, method: string): number | undefined {
    return this.faults.find((fault) => concerns(fault, name, method))?.amount;
  }
}

function concerns(fault: Fault, name: Fault['name'], method: string): boolean {
  return fault.name === name && (fault.method === undefined || fault.method === method);
}
