import type { Desired, DesiredGroup, DesiredUser } from '../model/desired.ts';
import type { GroupName, UserName } from '../model/directory.ts';
import type { Live, LiveGroup, LiveUser } from '../model/live.ts';

/**
 * Who is who. An entry is matched to the live object of its name; where the name is not live and exactly one former name is, to that one:
 * a rename. Two live objects of one name are matched to nobody: choosing one would be a guess about somebody's account.
 */
interface Matching<D, N, L> {
  readonly pairs: readonly Pair<D, N, L>[];
  /** Entries whose name is held by several live objects. */
  readonly ambiguous: readonly Pair<D, N, L>[];
  /** The comparable live names that belong to an entry, each with the entry's own. */
  readonly claimed: ReadonlyMap<N, N>;
  /** The live names of which several are former names of one entry: one of them is meant, and nobody can say which. */
  readonly contested: ReadonlySet<N>;
  readonly live: ReadonlyMap<N, L>;
}

interface Pair<D, N, L> {
  readonly key: N;
  readonly desired: D;
  /** Absent: nothing live is known by this name or a former one. */
  readonly live?: L;
  /** The former names that are live, where there are several, so that none of them can be chosen. */
  readonly rivals: readonly N[];
}

export type UserMatching = Matching<DesiredUser, UserName, LiveUser>;
export type GroupMatching = Matching<DesiredGroup, GroupName, LiveGroup>;

export function matchUsers(desired: Desired, live: Live): UserMatching {
  return match(desired.users, live.users, live.ambiguous.users);
}

export function matchGroups(desired: Desired, live: Live): GroupMatching {
  return match(desired.groups, live.groups, live.ambiguous.groups);
}

function match<N, D extends { readonly previously: readonly N[] }, L>(
  desired: ReadonlyMap<N, D>,
  live: ReadonlyMap<N, L>,
  doubles: ReadonlyMap<N, unknown>,
): Matching<D, N, L> {
  const pairs: Pair<D, N, L>[] = [];
  const ambiguous: Pair<D, N, L>[] = [];
  const claimed = new Map<N, N>();
  const contested = new Set<N>();
  for (const [key, entry] of desired) {
    const former = live.has(key) ? [] : entry.previously.filter((name) => live.has(name) || doubles.has(name));
    const found = live.has(key) ? key : former.length === 1 ? former[0] : undefined;
    const have = found === undefined ? undefined : live.get(found);
    if (found !== undefined && have !== undefined) claimed.set(found, key);
    if (former.length > 1) for (const rival of former) contested.add(rival);
    const pair = { key, desired: entry, ...(have && { live: have }), rivals: former.length > 1 ? former : [] };
    if (doubles.has(key) || (found !== undefined && doubles.has(found))) ambiguous.push(pair);
    else pairs.push(pair);
  }
  return { pairs, ambiguous, claimed, contested, live };
}
