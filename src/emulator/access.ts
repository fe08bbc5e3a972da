import type { FaultPlan } from './faults.ts';

/** Who may come in, and how often: the token with its faults `revoke` and `rate`. */
export class Access {
  private readonly token: string;
  private readonly faults: FaultPlan;
  private readonly clock: () => number;
  private seen = 0;
  private bucket: { tokens: number; at: number } | undefined;

  /** `clock` gives milliseconds that only grow. */
  constructor(token: string, faults: FaultPlan, clock: () => number) {
    this.token = token;
    this.faults = faults;
    this.clock = clock;
  }

  /** Whether a request may come in by its Authorization header; each that does wears a token out that is to be revoked. */
  admits(authorization: string | undefined, method: string): boolean {
    const [scheme, token] = authorization?.split(/ +/) ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || token !== this.token) {
      return false;
    }
    // Counted are the requests of the fault's method; dead it is for all.
    const { amount = Infinity, method: counted = method } = this.faults.planned('revoke') ?? {};
    const alive = this.seen < amount;
    this.seen += counted === method ? 1 : 0;
    return alive;
  }

  /** Whether a request is within the rate: a bucket of as many tokens as requests a second, filled at that pace. */
  paces(method: string): boolean {
    const rate = this.faults.amount('rate', method);
    if (rate === undefined) {
      return true;
    }
    const at = this.clock();
    const { tokens, at: before } = this.bucket ?? { tokens: rate, at };
    const filled = Math.min(rate, tokens + ((at - before) * rate) / 1000);
    this.bucket = { tokens: filled >= 1 ? filled - 1 : filled, at };
    return filled >= 1;
  }
}
