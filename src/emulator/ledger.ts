/** A number for each seat, and for any other that a seed has brought. */
export interface SeatCounts {
  readonly Full: number;
  readonly Dev: number;
  readonly Collab: number;
  readonly View: number;
  readonly [seat: string]: number;
}

/** Counts the seats in use and remembers the most that ever were at one moment. */
export class SeatLedger {
  private readonly inUse = new Map<string, number>();
  private highest = new Map<string, number>();

  /** Moves one person from a seat to another; nothing stands between the two, so a swap never counts twice. */
  move(from: string | undefined, to: string | undefined): void {
    if (from === to) {
      return;
    }
    if (from !== undefined) {
      this.inUse.set(from, (this.inUse.get(from) ?? 0) - 1);
    }
    if (to !== undefined) {
      const now = (this.inUse.get(to) ?? 0) + 1;
      this.inUse.set(to, now);
      this.highest.set(to, Math.max(now, this.highest.get(to) ?? 0));
    }
  }

  /** The most of each seat that were in use at one moment since the start or the last restart. */
  peaks(): SeatCounts {
    return { Full: 0, Dev: 0, Collab: 0, View: 0, ...Object.fromEntries(this.highest) };
  }

  /** Forgets the past: the peaks are what is in use now. */
  restart(): void {
    this.highest = new Map(this.inUse);
  }
}
