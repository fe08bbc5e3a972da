import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loginOf, namedOf, type Named } from './accounts.ts';
import { writeCommit, type FileChange } from './branches.ts';
import { Faults, type FaultRule, type Matcher } from './faults.ts';
import { Git } from './git.ts';
import { octopusTree, reverting } from './merging.ts';
import { stampOf } from './objects.ts';
import { commitsOf, updateBranch } from './pull-commits.ts';
import {
  branchTip,
  closePull,
  deleteBranch,
  mergePull,
  moveBranch,
  noticeMerges,
  openPull,
  testMerge,
  type MergeMethod,
  type NewPull,
} from './pulls.ts';
import { addReview, dismissReview, reviewsOf, type GivenReview, type Opinion } from './reviews.ts';
import { hubServer, type SeenRequest } from './server.ts';
import { addComment, addIssue, addStatus, editComment, editIssue, statusesOf } from './talk.ts';
import { World, type Access, type Comment, type Issue, type Pull, type Review, type Setup, type Status } from './world.ts';

/** What a hub is started with; without any of it, a public repository `acme/figma` with the token of GitHub Actions. */
export interface HubOptions extends Partial<Setup> {
  readonly token?: string;
}

/** What is said of a status by hand. */
export interface GivenStatus {
  readonly context: string;
  readonly state?: Status['state'];
  readonly description?: string;
  readonly targetUrl?: string;
  readonly createdAt?: Date;
  readonly creator?: string;
}

/** Who makes a commit and when: `octocat` now if it is not said, and the committer is the author. */
export interface GivenCommit {
  readonly author?: string | Named;
  readonly committer?: string | Named;
  readonly date?: Date;
}

/** A hub that listens on 127.0.0.1, with no commit yet; `close` it. */
export async function startHub(options: HubOptions = {}): Promise<FakeHub> {
  const { token = 'ghs_loopback', ...given } = options;
  const setup: Setup = {
    owner: 'acme',
    repo: 'figma',
    repositoryId: 812_345_678,
    private: false,
    viewer: 'github-actions[bot]',
    defaultBranch: 'main',
    hasIssues: true,
    delayMerge: 0,
    lagPulls: 0,
    treeLimit: 100_000,
    lagMergeCommit: 0,
    mayDismiss: true,
    mostStatuses: 1000,
    newestApiVersion: true,
    now: () => new Date(),
    ...given,
  };
  const dir = mkdtempSync(join(tmpdir(), 'seatform-hub-'));
  const world = new World(setup, new Git(join(dir, 'repo.git'), setup.defaultBranch));
  const faults = new Faults();
  const requests: SeenRequest[] = [];
  const server = hubServer(world, token, faults, requests);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  world.apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    rmSync(dir, { recursive: true, force: true });
    if (world.defects.length > 0) {
      throw new Error(world.defects.join('\n'));
    }
  };
  return new FakeHub(world, token, faults, requests, close);
}

/** GitHub on loopback for one repository: what people and git do to it are methods, the Action comes over HTTP. */
export class FakeHub {
  readonly token: string;
  /** Every request, in the order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** Stops the server and removes the repository; rejects if something was asked for that the hub cannot play. */
  readonly close: () => Promise<void>;
  private readonly world: World;
  private readonly faults: Faults;

  constructor(world: World, token: string, faults: Faults, requests: readonly SeenRequest[], close: () => Promise<void>) {
    this.world = world;
    this.token = token;
    this.faults = faults;
    this.requests = requests;
    this.close = close;
  }

  get url(): string {
    return this.world.apiUrl;
  }

  get graphqlUrl(): string {
    return `${this.world.apiUrl}/graphql`;
  }

  /** The page of the repository as answers name it: on github.com. */
  get webUrl(): string {
    return this.world.webUrl;
  }

  get owner(): string {
    return this.world.setup.owner;
  }

  get repo(): string {
    return this.world.setup.repo;
  }

  get repositoryId(): number {
    return this.world.setup.repositoryId;
  }

  get gitDir(): string {
    return this.world.git.dir;
  }

  /** What the token may do, as in a workflow: `issues: write`. Take some away to see it refused. */
  get permissions(): Set<string> {
    return this.world.permissions;
  }

  /** Lets a fault strike, once if no `times` are given. */
  fail(rule: FaultRule): void {
    this.faults.add(rule);
  }

  /** Lets something happen just before the next request that fits is answered: a push, an edit by somebody else. */
  meanwhile(matcher: Matcher, action: () => void): void {
    this.faults.addTurn(matcher, action);
  }

  /** The sha of a commit with these changes on a branch, which is started from the default branch if it is new; with a `count`, so many commits. */
  commit(
    branch: string,
    files: Readonly<Record<string, FileChange>>,
    message = 'Change files',
    { count = 1, ...given }: GivenCommit & { readonly count?: number } = {},
  ): string {
    const { git, setup } = this.world;
    const before = git.tip(branch);
    const parent = before ?? git.tip(setup.defaultBranch);
    if (parent === undefined && branch !== setup.defaultBranch) {
      throw new Error(`${setup.defaultBranch} has no commit yet`);
    }
    const made = writeCommit(git, { branch, parent, files, message, ...this.signatures(given) }, count);
    noticeMerges(this.world, branch, before, nameOf(given));
    return made;
  }

  /** The sha of a merge commit of these parents, branches or commits, that a branch is pointed to; with three or more, an octopus. */
  commitMerge(
    branch: string,
    parents: readonly string[],
    files: Readonly<Record<string, FileChange>> = {},
    given: GivenCommit = {},
  ): string {
    const { git } = this.world;
    const [parent, ...others] = parents.map((name) => git.resolve(name) ?? branchTip(this.world, name));
    const by = this.signatures(given);
    const tree = parent === undefined ? undefined : octopusTree(git, [parent, ...others], by);
    if (tree === undefined) {
      throw new Error(`${parents.join(', ')} cannot be merged`);
    }
    const before = git.tip(branch);
    const message = `Merge ${parents.slice(1).join(', ')} into ${branch}`;
    const made = writeCommit(git, { branch, parent, files, message, ...by, merge: { parents: others, tree } });
    noticeMerges(this.world, branch, before, nameOf(given));
    return made;
  }

  /** The newest commit of a branch. */
  tip(branch = this.world.setup.defaultBranch): string {
    return branchTip(this.world, branch);
  }

  /** The sha of a commit that takes another back, on a branch. */
  revert(sha: string, branch = this.world.setup.defaultBranch): string {
    const { git, setup } = this.world;
    const by = this.world.signature('octocat');
    const made = reverting(git, git.tip(branch) ?? branchTip(this.world, setup.defaultBranch), sha, { author: by, committer: by });
    moveBranch(this.world, branch, made, 'octocat');
    return made;
  }

  /** Points a branch anywhere, as a forced push does. */
  reset(branch: string, sha: string, by = 'octocat'): void {
    moveBranch(this.world, branch, sha, by);
  }

  /** Deletes a branch, which closes or retargets the open pull requests that need it. */
  deleteBranch(branch: string): void {
    deleteBranch(this.world, branch);
  }

  /** The number of a new pull request of a branch that exists. */
  openPull(pull: NewPull): number {
    return openPull(this.world, pull).number;
  }

  /** The pull request as it is stored. */
  pull(number: number): Readonly<Pull> {
    return this.pullOf(number);
  }

  /** A new commit on the branch of a pull request, or on a branch. */
  push(target: number | string, files: Readonly<Record<string, FileChange>>, message?: string, given?: GivenCommit): string {
    return this.commit(typeof target === 'number' ? this.pullOf(target).branch : target, files, message, given);
  }

  /** Merges and returns the new tip of the base. */
  mergePull(number: number, how: MergeMethod = 'squash', { by = 'octocat' }: { by?: string } = {}): string {
    return mergePull(this.world, this.pullOf(number), how, by);
  }

  /** Merges through the merge queue, for somebody who put it there, and returns the new tip of the base. */
  queue(number: number, by: string, how: 'merge' | 'squash' = 'merge'): string {
    return mergePull(this.world, this.pullOf(number), how, by, 'github-merge-queue[bot]');
  }

  /** Merges the base into the branch of a pull request, as the button "Update branch" does, and returns the new head. */
  updateBranch(number: number, by: string): string {
    return updateBranch(this.world, this.pullOf(number), by);
  }

  /** The commits that a pull request shows, oldest first. */
  commitsOf(number: number): readonly string[] {
    return commitsOf(this.world, this.pullOf(number));
  }

  /** Submits a review, now. */
  review(number: number, login: string, state: Opinion, given: GivenReview = {}): Readonly<Review> {
    return addReview(this.world, this.pullOf(number), login, state, given);
  }

  /** Dismisses a review of a pull request. */
  dismissReview(number: number, id: number, by: string, message: string): void {
    const review = this.reviews(number).find((one) => one.id === id);
    if (review === undefined) {
      throw new Error(`pull request ${number} has no review ${id}`);
    }
    dismissReview(this.world, review, by, message);
  }

  /** The reviews of a pull request, oldest first. */
  reviews(number: number): readonly Review[] {
    return reviewsOf(this.world, number);
  }

  /** Sets somebody's access to the repository. People whose access was never set can write. */
  setAccess(login: string, access: Access): void {
    this.world.access.set(login.toLowerCase(), access);
  }

  closePull(number: number): void {
    closePull(this.world, this.pullOf(number));
  }

  editPull(number: number, change: { body?: string; base?: string; title?: string; isDraft?: boolean }, editor = 'octocat'): void {
    const { base, isDraft, ...text } = change;
    const pull = this.pullOf(number);
    editIssue(this.world, pull, text, editor);
    Object.assign(pull, { base: base ?? pull.base, isDraft: isDraft ?? pull.isDraft });
  }

  /** The test merge of the newest base and head, whatever lag the API shows; of a merged pull request, how it came in. Throws on a conflict. */
  mergeCommitOf(number: number): string {
    const pull = this.pullOf(number);
    const sha = pull.state === 'open' ? testMerge(this.world, pull) : (pull.merged?.sha ?? pull.test?.sha ?? null);
    if (sha === null) {
      throw new Error(`pull request ${number} has no merge commit`);
    }
    return sha;
  }

  /** The comments on an issue or a pull request, oldest first. */
  comments(number: number): readonly Readonly<Comment>[] {
    return [...this.world.comments.values()].filter((comment) => comment.number === number);
  }

  /** A comment by anybody. */
  comment(number: number, author: string, body: string): Readonly<Comment> {
    return addComment(this.world, number, author, body);
  }

  editComment(id: number, editor: string, body: string): void {
    editComment(this.world, this.commentOf(id), editor, body);
  }

  deleteComment(id: number): void {
    this.world.comments.delete(this.commentOf(id).id);
  }

  /** The statuses of a commit, newest first. */
  statuses(sha: string): readonly Status[] {
    return statusesOf(this.world, sha);
  }

  setStatus(sha: string, { context, state = 'success', description, targetUrl, createdAt, creator }: GivenStatus): void {
    addStatus(this.world, {
      sha,
      context,
      state,
      description: description ?? null,
      targetUrl: targetUrl ?? null,
      createdAt: stampOf(createdAt ?? this.world.setup.now()),
      creator: creator ?? this.world.setup.viewer,
    });
  }

  /** The issues, without the pull requests, oldest first. */
  get issues(): readonly Readonly<Issue>[] {
    return [...this.world.issues.values()];
  }

  /** The number of an issue by anybody. */
  openIssue(author: string, title: string, body?: string): number {
    return addIssue(this.world, author, title, body).number;
  }

  editIssue(number: number, change: { title?: string; body?: string; state?: 'open' | 'closed' }, editor = 'octocat'): void {
    const issue = this.world.issues.get(number);
    if (issue === undefined) {
      throw new Error(`there is no issue ${number}`);
    }
    editIssue(this.world, issue, change, editor);
  }

  private signatures({ author = 'octocat', committer = author, date = this.world.setup.now() }: GivenCommit) {
    return { author: this.world.signature(author, date), committer: this.world.signature(committer, date) };
  }

  private pullOf(number: number): Pull {
    const pull = this.world.pulls.get(number);
    if (pull === undefined) {
      throw new Error(`there is no pull request ${number}`);
    }
    return pull;
  }

  private commentOf(id: number): Comment {
    const comment = this.world.comments.get(id);
    if (comment === undefined) {
      throw new Error(`there is no comment ${id}`);
    }
    return comment;
  }
}

// Who pushes a commit is not in it; the committer it is, if that is an account.
function nameOf({ author = 'octocat', committer = author }: GivenCommit): string {
  return loginOf(namedOf(committer)) ?? 'octocat';
}
