import { namedOf, type Named } from './accounts.ts';
import type { Git, Signature } from './git.ts';
import { stampOf } from './objects.ts';
import { inaccessible } from './refusal.ts';

/** How the repository is set up. */
export interface Setup {
  readonly owner: string;
  readonly repo: string;
  readonly repositoryId: number;
  readonly private: boolean;
  readonly viewer: string;
  readonly defaultBranch: string;
  readonly hasIssues: boolean;
  /** So many GETs of a pull request pass before a fresh merge commit shows. */
  readonly delayMerge: number;
  /** So many queries of a history pass before a new merge shows in `associatedPullRequests`. */
  readonly lagPulls: number;
  /** More entries than this make a recursive tree `truncated`. */
  readonly treeLimit: number;
  /** So many requests that read a merged pull request pass before its merge commit shows. */
  readonly lagMergeCommit: number;
  /** False: a rule of the repository keeps the token from dismissing reviews. */
  readonly mayDismiss: boolean;
  /** So many statuses can a commit have in one context. */
  readonly mostStatuses: number;
  /** True: a request that names no version of the REST API gets the newest one, which has no `merge_commit_sha`. */
  readonly newestApiVersion: boolean;
  readonly now: () => Date;
}

/** What somebody may do in the repository. */
export type Access = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

/** A change of a text after it was written. */
export interface Edit {
  readonly editor: string;
  readonly at: string;
}

/** An issue, or what a pull request has of one. */
export interface Issue {
  readonly number: number;
  readonly author: string;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  /** Of the body, oldest first; without the writing itself. */
  readonly edits: Edit[];
}

/** A pull request. */
export interface Pull extends Issue {
  readonly branch: string;
  base: string;
  readonly fork: boolean | 'deleted';
  isDraft: boolean;
  /** The head of a pull request that is no longer open. */
  pinned?: string;
  /** What its base was when it was closed or merged. */
  pinnedBase?: string;
  merged?: Merged;
  /** The last test merge that was finished; its sha is null for a conflict. */
  test?: { readonly base: string; readonly head: string; readonly sha: string | null };
  /** GETs since the test merge went stale. */
  waited: number;
}

/** How a pull request came in. */
export interface Merged {
  readonly at: string;
  readonly by: string;
  readonly sha: string;
  readonly commits: ReadonlySet<string>;
  readonly query: number;
  /** The requests that have asked for its merge commit, up to the one that was shown it. */
  readonly askedBy: Set<number>;
}

/** A review of a pull request. */
export interface Review {
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  /** As REST writes it. */
  readonly author: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  readonly body: string;
  /** The head that was reviewed. */
  readonly commit: string;
  readonly submittedAt: string;
  updatedAt: string;
  dismissal?: { readonly by: string; readonly message: string; readonly at: string };
}

/** A comment on an issue or a pull request. */
export interface Comment {
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  /** As REST writes it: `github-actions[bot]`; `ghost` for an account that is gone. */
  readonly author: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  /** Oldest first; without the writing itself. */
  readonly edits: Edit[];
}

/** A status of a commit. */
export interface Status {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly createdAt: string;
  readonly creator: string;
}

/** All that the server knows; it holds data and hands out numbers, times and permissions. */
export class World {
  readonly setup: Setup;
  readonly git: Git;
  readonly permissions = new Set(['contents: read', 'pull-requests: write', 'issues: write', 'statuses: write']);
  readonly pulls = new Map<number, Pull>();
  readonly issues = new Map<number, Issue>();
  readonly comments = new Map<number, Comment>();
  readonly reviews = new Map<number, Review>();
  readonly statuses: Status[] = [];
  /** By login in lower case, where somebody was given or denied access. */
  readonly access = new Map<string, Access>();
  /** Where the server listens. */
  apiUrl = '';
  /** First pages of histories that were asked for. */
  historyQueries = 0;
  /** Requests that were answered or are being answered. */
  requestCount = 0;
  /** What was asked for that GitHub may know and the hub does not. */
  readonly defects: string[] = [];
  private lastNumber = 0;
  // Beyond 32 bits, as on GitHub for years.
  private lastId = 3_100_000_000;

  constructor(setup: Setup, git: Git) {
    this.setup = setup;
    this.git = git;
  }

  /** Owner and name with a slash. */
  get fullName(): string {
    return `${this.setup.owner}/${this.setup.repo}`;
  }

  /** The page of the repository, without a slash at the end. */
  get webUrl(): string {
    return `https://github.com/${this.fullName}`;
  }

  /** The repository in the REST API, without a slash at the end. */
  get repoUrl(): string {
    return `${this.apiUrl}/repos/${this.fullName}`;
  }

  /** The next number for an issue or a pull request, which share them. */
  nextNumber(): number {
    this.lastNumber += 1;
    return this.lastNumber;
  }

  /** The next database id. */
  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  /** Now, as GitHub writes a time. */
  stamp(): string {
    return stampOf(this.setup.now());
  }

  /** An account, or a name that no account has, as the author of a commit at a time. */
  signature(account: string | Named, date: Date = this.setup.now()): Signature {
    return { ...namedOf(account), time: `${Math.floor(date.getTime() / 1000)} +0000` };
  }

  /** Says that the hub cannot play something, which fails the test at its end. */
  unplayed(what: string): Error {
    this.defects.push(`The hub does not play ${what}.`);
    return new Error(this.defects.at(-1));
  }

  /** Refuses, unless the token may do this in one of the scopes; a public repository may be read by all. */
  demand(access: 'read' | 'write', ...scopes: readonly string[]): void {
    const free = access === 'read' && !this.setup.private;
    const may = (scope: string) => this.permissions.has(`${scope}: write`) || (access === 'read' && this.permissions.has(`${scope}: read`));
    if (!free && !scopes.some(may)) {
      throw inaccessible();
    }
  }
}

/** An opaque id of GraphQL. */
export function nodeId(prefix: string, id: number): string {
  return `${prefix}_${Buffer.from(`hub:${id}`).toString('base64url')}`;
}
