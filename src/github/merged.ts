/** A commit on the first-parent line of a branch. */
interface Commit {
  readonly oid: string;
  readonly parents: readonly string[];
}

/** A pull request that was merged into that branch, with the commit that GitHub names for it. */
interface Merged {
  readonly head: string;
  readonly mergeCommit: string | null;
}

/**
 * Whether a commit of the line is the one by which somebody merged a pull request, so that the pull request approves what it changed: GitHub names
 * this commit, and either it is a merge of two parents whose second is the head, or it has one parent and is new (a squash, or the last commit of a
 * rebase), so that the head is not on the line. A head that merely became reachable, by a push or with another pull request, was not merged by anybody.
 */
export function mergedBy({ oid, parents }: Commit, { head, mergeCommit }: Merged, isOnLine: (oid: string) => boolean): boolean {
  if (mergeCommit !== oid) return false;
  if (parents.length === 2) return parents[1] === head;
  return parents.length === 1 && oid !== head && !isOnLine(head);
}
