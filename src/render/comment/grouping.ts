/** Equal things are shown together from so many on: two lines are shorter than a line and a list. */
export const leastTogether = 3;

/** Things with equal keys together, if there are at least three, else alone; in the order of the first of each. A thing without a key stays alone. */
export function grouped<T>(things: readonly T[], keyOf: (thing: T) => string | undefined): readonly (readonly [T, ...T[]])[] {
  const keyed = things.map((thing) => ({ thing, key: keyOf(thing) }));
  const byKey = new Map<string, [T, ...T[]]>();
  for (const { thing, key } of keyed) {
    if (key === undefined) continue;
    const equal = byKey.get(key);
    if (equal) equal.push(thing);
    else byKey.set(key, [thing]);
  }
  const isShown = new Set<string>();
  return keyed.flatMap(({ thing, key }): readonly (readonly [T, ...T[]])[] => {
    const equal = key === undefined ? undefined : byKey.get(key);
    if (key === undefined || equal === undefined || equal.length < leastTogether) return [[thing]];
    if (isShown.has(key)) return [];
    isShown.add(key);
    return [equal];
  });
}
