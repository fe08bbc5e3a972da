/** What a command tells the shell. */
export const exitCodes = {
  done: 0,
  error: 1,
  changesPending: 2,
  blocked: 3,
  notApproved: 4,
} as const;
