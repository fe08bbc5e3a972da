import type { FaultPlan } from './faults.ts';

/** Who may come in, and how often: the token with its faults `revoke` and `rate`. */
export class Access {
  private readonly token: string;
  private readonly faults: FaultPlan;
  private readonly clock: () => number;
  private seen = 0;
  /** When the requests of the last second came in, earliest first. */
  private admitted: number[] = [];

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

  /** Whether a request is within the rate: fewer than that many came in within any second. */
  paces(method: string): boolean {
    const rate = this.faults.amount('rate', method);
    if (rate === undefined) {
      return true;
    }
    const at = this.clock();
    this.admitted = this.admitted.filter((before) => at - before < 1000);
    if (this.admitted.length >= rate) {
      return false;
    }
    this.admitted.push(at);
    return true;
  }
}
