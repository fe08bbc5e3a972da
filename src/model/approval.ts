import type { ChangeId } from './change-id.ts';
import type { Declaration } from './declaration.ts';

/** What a signed comment stands for, as hashes of change ids under the key `keyId`. Times are ISO 8601 in UTC. */
export interface SignedPlan {
  readonly keyId: string;
  readonly plannedAt: string;
  /** GitHub's time of the write that first showed all of it: reviews before it do not count. */
  readonly since: string;
  /** Guards that are lifted, each up to a number. */
  readonly allowances: Readonly<Record<string, number>>;
  readonly hashes: SignedHashes;
  /** Merges of the base into the branch after which `since` was kept: nobody becomes a committer by them. */
  readonly updates: readonly string[];
  /** Who had write access when an apply first saw the merge, by login in lower case. */
  readonly access: Readonly<Record<string, boolean>>;
  /** The hashes of those changes that give somebody access back. */
  readonly returns: readonly string[];
  /** Those of them that were in place once: their approval is used up. */
  readonly spent: readonly string[];
}

/** The hashes of a signed plan by what they approve. */
export interface SignedHashes {
  /** Changes of Figma. */
  readonly changes: readonly string[];
  /** Changed rules. */
  readonly rules: readonly string[];
  /** What a pull request takes back, and the values then wanted. */
  readonly takenBack: readonly string[];
  /** Changes that come on a day of their own. */
  readonly dated: readonly string[];
}

/** Why the comment of a pull request, or its reviews, approve nothing. */
export type Refusal =
  | 'none'
  | 'token-rotated'
  | 'forged'
  | 'edited'
  | 'other-head'
  | 'after-merge'
  | 'foreign-author'
  | 'too-large'
  | 'not-separate'
  | 'changes-requested';

/** One review, as far as an approval depends on it. */
export interface Opinion {
  readonly author: string;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
  readonly at: string;
  /** Its author is a person with write access. */
  readonly counts: boolean;
}

/** A commit of a pull request's branch. `people` are the logins of its authors and its committer. */
export interface BranchCommit {
  readonly oid: string;
  readonly people: readonly string[];
}

/** A pull request that was merged, with everything that its approval depends on. */
export interface MergedPlan {
  readonly number: number;
  readonly author: string;
  readonly mergedAt: string;
  readonly signed: { readonly kind: 'signed'; readonly plan: SignedPlan } | { readonly kind: 'refused'; readonly because: Refusal };
  readonly opinions: readonly Opinion[];
  readonly commits: readonly BranchCommit[];
  /** True: it has more commits than GitHub lists, so that not everybody who committed is known. */
  readonly isCut?: boolean;
}

/** One commit of the first-parent line of the default branch. */
export interface LineCommit {
  readonly oid: string;
  /** What it asks for; absent where its configuration is invalid. */
  readonly declaration?: Declaration;
  /** The logins of its authors and its committer. */
  readonly people: readonly string[];
  /** The pull requests that it merged. */
  readonly pulls: readonly MergedPlan[];
}

/** Gives the hash of a change under the key of that id; undefined for a key that is not known. */
export type HashOf = (keyId: string, id: ChangeId) => string | undefined;
