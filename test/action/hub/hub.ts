import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCommit, type FileChange } from './branches.ts';
import { Faults, type FaultRule, type Matcher } from './faults.ts';
import { Git } from './git.ts';
import { reverting } from './merging.ts';
import { stampOf } from './objects.ts';
import {
  branchTip,
  closePull,
  deleteBranch,
  mergePull,
  moveBranch,
  noticeMerges,
  openPull,
  shownMerge,
  testMerge,
  type NewPull,
} from './pulls.ts';
import { hubServer, type SeenRequest } from './server.ts';
import { addComment, addIssue, addStatus, editComment, editIssue, statusesOf } from './talk.ts';
import { World, type Comment, type Issue, type Pull, type Setup, type Status } from './world.ts';

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
    { author = 'octocat', date = this.world.setup.now(), count = 1 }: { author?: string; date?: Date; count?: number } = {},
  ): string {
    const { git, setup } = this.world;
    const before = git.tip(branch);
    const parent = before ?? git.tip(setup.defaultBranch);
    if (parent === undefined && branch !== setup.defaultBranch) {
      throw new Error(`${setup.defaultBranch} has no commit yet`);
    }
    const by = this.world.signature(author, date);
    const made = writeCommit(git, { branch, parent, files, message, author: by, committer: by }, count);
    noticeMerges(this.world, branch, before);
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
    moveBranch(this.world, branch, made);
    return made;
  }

  /** Points a branch anywhere, as a forced push does. */
  reset(branch: string, sha: string): void {
    moveBranch(this.world, branch, sha);
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
  push(target: number | string, files: Readonly<Record<string, FileChange>>, message?: string): string {
    return this.commit(typeof target === 'number' ? this.pullOf(target).branch : target, files, message);
  }

  /** Merges and returns the new tip of the base. */
  mergePull(number: number, how: 'merge' | 'squash' | 'rebase' = 'squash', { by = 'octocat' }: { by?: string } = {}): string {
    return mergePull(this.world, this.pullOf(number), how, by);
  }

  closePull(number: number): void {
    closePull(this.world, this.pullOf(number));
  }

  editPull(number: number, change: { body?: string; base?: string; title?: string; isDraft?: boolean }): void {
    Object.assign(this.pullOf(number), change, { updatedAt: this.world.stamp() });
  }

  /** The test merge of the newest base and head, whatever lag the API shows; of a merged pull request, how it came in. Throws on a conflict. */
  mergeCommitOf(number: number): string {
    const pull = this.pullOf(number);
    const sha = pull.state === 'open' ? testMerge(this.world, pull) : shownMerge(this.world, pull).sha;
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

  editIssue(number: number, change: { title?: string; body?: string; state?: 'open' | 'closed' }): void {
    const issue = this.world.issues.get(number);
    if (issue === undefined) {
      throw new Error(`there is no issue ${number}`);
    }
    editIssue(this.world, issue, change);
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
