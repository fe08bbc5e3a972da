/** How many names a message gives. */
const mostNamed = 5;

/** Names in a sentence: `a and b`, and of many the first five: `a, b, c, d, e and 3 more`. */
export function listing(names: readonly string[], between = ', ', last = ' and '): string {
  const parts = names.length > mostNamed ? [...names.slice(0, mostNamed), `${names.length - mostNamed} more`] : names;
  return [parts.slice(0, -1).join(between), ...parts.slice(-1)].filter((part) => part !== '').join(last);
}

/** A number with its noun: `no user`, `1 user`, `3 users`. */
export function counted(count: number, noun: string): string {
  return count === 0 ? `no ${noun}` : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How a message of a guard that blocks ends: what lifts the guard for one run. */
export function lifting(guard: string, count: number): string {
  return `; if this is meant, --allow ${guard}=${count} lifts the guard for one run`;
}
