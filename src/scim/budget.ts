/** The retries that all requests of a run share, so that a service in trouble is not hit by every request six times. */
export interface Budget {
  /** Said for each first attempt: five of them pay for one retry. */
  earn(): void;
  /** Takes one retry; false when none is left. */
  spend(): boolean;
}

const reserve = 30;
const earned = 0.2;

/** A budget with a reserve of 30 retries that grows by 0.2 with each first attempt. */
export function openBudget(): Budget {
  let left = reserve;
  return {
    earn: () => {
      left += earned;
    },
    spend: () => {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
