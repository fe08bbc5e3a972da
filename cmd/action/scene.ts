import { keysFrom, type KeyRing } from '../../src/github/key.ts';
import type { ActionEvent } from '../../src/github/events.ts';
import type { Inputs } from '../../src/github/inputs.ts';
import type { Redaction } from '../../src/render/redact.ts';
import type { Host } from '../host.ts';
import type { Account } from '../github/account.ts';
import type { RepositoryCache } from '../github/config.ts';
import type { Hub } from '../github/octokit.ts';
import type { Runner } from './outside.ts';
import type { Repository } from '../github/repository.ts';

/** What every command of the Action works with. */
export interface Scene {
  readonly host: Host;
  readonly runner: Runner;
  readonly inputs: Inputs;
  readonly event: ActionEvent;
  readonly hub: Hub;
  readonly repository: Repository;
  readonly redact: Redaction;
  /** The page of this run. */
  readonly runUrl: string;
  /** What was read of the repository in this run. */
  readonly cache: RepositoryCache;
}

/** A scene with a token for Figma, and the keys that sign. */
export interface Authorized extends Scene {
  /** The first signs; what any of them signed is believed. */
  readonly keys: KeyRing;
}

/** The scene of somebody who may read Figma; undefined without a token. */
export function authorized(scene: Scene): Authorized | undefined {
  const { token, signingKey } = scene.inputs;
  return token === undefined ? undefined : { ...scene, keys: keysFrom(signingKey ?? token) };
}

/** The context of the commit status that remembers how far configuration was applied; each `comment-key` has its own. */
export function statusContext({ inputs: { commentKey } }: Scene): string {
  return commentKey === 'default' ? 'seatform/applied' : `seatform/applied (${commentKey})`;
}

/** The account whose comments can hold a plan: the one that the input names, else the one that this token writes as. */
export function plannerOf({ inputs, repository }: Scene): Account {
  const { commentAuthor } = inputs;
  if (commentAuthor === undefined) return repository.viewer;
  return { login: commentAuthor, type: commentAuthor.endsWith('[bot]') ? 'Bot' : 'User' };
}
