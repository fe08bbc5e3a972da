/** What came of reading a user's text: the value, or one message that says what would have been right. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** `did you mean "x"? ` for the nearest of `names` if it is near, then all of them. */
export function suggestion(given: string, names: readonly string[]): string {
  const ranked = names.map((name) => ({ name, distance: distance(given, name) })).sort((a, b) => a.distance - b.distance);
  const nearest = ranked[0];
  const hint = nearest !== undefined && nearest.distance <= Math.max(2, given.length / 3) ? `did you mean "${nearest.name}"? ` : '';
  return `${hint}expected one of: ${names.join(', ')}`;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
