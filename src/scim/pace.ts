/*
 * How fast requests follow one another, once a service has said that they come too fast.
 *
 * The rate that a service allows is stated nowhere; it shows in its 429s. So nothing is paced until the first of them, and then the rate is what
 * was answered in the time before. From there on it is additive increase, multiplicative decrease: a 429 cuts the rate by a seventh, and each
 * answer adds a little. A 429 costs a whole pause while a rate a little below the limit costs little, so the last twentieth before the rate at
 * which the last 429 came takes a minute. Elsewhere growth is quick: below that there is nothing to be feared, and above it the limit has been
 * raised, so there the step grows with the rate.
 */

/** The rate of requests: unlimited until a 429 teaches it. It is told of answers and 429s and knows no clock. */
export interface Pace {
  /** The milliseconds from one request to the next; 0 while nothing is limited. */
  interval(): number;
  /** Said for each answer that was no 429. */
  answered(): void;
  /** Said for the first 429 of each pause, with the time that the answers so far took, from the first request or the last `idled` on. */
  throttled(busyMs: number): void;
  /** Said where nothing was asked for a while: what was answered before says nothing of a rate. */
  idled(): void;
}

/** What fewer answers before the first 429 say of a rate is chance. */
const telling = 10;
/** Services count by the second at least, so what was answered in less time is a second's worth. */
const shortestMs = 1000;
const cut = 0.85;
/** From this share of the rate of the last 429 on, growth is slow. */
const nearby = 0.95;
/** What each second adds near the rate of the last 429, and elsewhere, as a share of that rate or of the present one, if it is higher. */
const nearStep = 1 / 1200;
const step = 1 / 20;

/** A pace that limits nothing yet. */
export function openPace(): Pace {
  let rate = Number.POSITIVE_INFINITY;
  let rateAtLast429 = Number.POSITIVE_INFINITY;
  let answers = 0;

  const isLimited = (): boolean => rate !== Number.POSITIVE_INFINITY;

  function learn(busyMs: number): void {
    if (answers < telling) return;
    rate = (answers * 1000) / Math.max(busyMs, shortestMs);
    rateAtLast429 = rate;
    answers = 0;
  }

  function slowDown(): void {
    // Where nothing was answered since the last cut, this is no word about that cut.
    if (answers === 0) return;
    rateAtLast429 = rate;
    rate *= cut;
    answers = 0;
  }

  return {
    interval: () => 1000 / rate,
    answered: () => {
      answers += 1;
      if (!isLimited()) return;
      const isNear = rate >= rateAtLast429 * nearby && rate <= rateAtLast429;
      const perSecond = Math.max(rate, rateAtLast429) * (isNear ? nearStep : step);
      rate += perSecond / rate;
    },
    throttled: (busyMs) => (isLimited() ? slowDown() : learn(busyMs)),
    idled: () => {
      if (!isLimited()) answers = 0;
    },
  };
}
