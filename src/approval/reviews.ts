import type { BranchCommit, MergedPlan, Opinion, Refusal } from '../model/approval.ts';
import type { NotBy, Separation } from '../model/policy.ts';

/** Who has to do with a pull request, so that `notBy` can leave them out of those who approve it. */
export interface Involved {
  readonly author: string;
  readonly commits: readonly BranchCommit[];
  /** Merges of the base that changed nothing of what was shown. */
  readonly updates: readonly string[];
  /** The logins of those whose access changes. */
  readonly beneficiaries: readonly string[];
}

/** What the reviews of a merged pull request say. */
export type ReviewVerdict =
  | { readonly kind: 'approved'; readonly by: readonly string[] }
  | { readonly kind: 'refused'; readonly because: Extract<Refusal, 'not-separate' | 'changes-requested'> };

/**
 * Whether enough people approved a pull request after they could see all that it does. Of each person the last opinion counts, also one after the
 * merge. A request for changes stops a merge only if it was made before it.
 */
export function judgeReviews(
  { opinions, mergedAt }: Pick<MergedPlan, 'opinions' | 'mergedAt'>,
  since: string,
  { approvals, notBy }: Separation,
  involved: Involved,
): ReviewVerdict {
  const counted = opinions.filter(({ counts }) => counts);
  const last = lastOf(counted);
  const asked = new Set(
    counted.filter(({ state, at }) => state === 'CHANGES_REQUESTED' && isBefore(at, mergedAt)).map(({ author }) => plain(author)),
  );
  if ([...last].some(([login, { state }]) => state === 'CHANGES_REQUESTED' && asked.has(login)))
    return { kind: 'refused', because: 'changes-requested' };
  const excluded = excludedBy(notBy, involved);
  const approving = [...last].filter(([login, { state, at }]) => state === 'APPROVED' && isBefore(since, at) && !excluded.has(login));
  const by = approving.map(([, { author }]) => author);
  return by.length >= approvals ? { kind: 'approved', by } : { kind: 'refused', because: 'not-separate' };
}

/** The logins that `notBy` excludes, in lower case. */
function excludedBy(notBy: readonly NotBy[], { author, commits, updates, beneficiaries }: Involved): ReadonlySet<string> {
  const kept = new Set(updates);
  const people: Readonly<Record<NotBy, readonly string[]>> = {
    author: [author],
    committer: commits.filter(({ oid }) => !kept.has(oid)).flatMap((commit) => commit.people),
    requester: [],
    beneficiary: beneficiaries,
  };
  return new Set(notBy.flatMap((kind) => people[kind].map(plain)));
}

/** Each person's last opinion, by login in lower case; of two of one second, the later in the list. */
function lastOf(opinions: readonly Opinion[]): ReadonlyMap<string, Opinion> {
  const inOrder = opinions.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return new Map(inOrder.map((opinion) => [plain(opinion.author), opinion]));
}

/** Times of GitHub are whole seconds: what happened within one second is in no order. */
function isBefore(one: string, other: string): boolean {
  return Date.parse(one) < Date.parse(other);
}

function plain(login: string): string {
  return login.toLowerCase();
}
