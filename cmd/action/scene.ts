import { keyFrom, type Key } from '../../src/github/key.ts';
import type { ActionEvent } from '../../src/github/events.ts';
import type { Inputs } from '../../src/github/inputs.ts';
import type { Redaction } from '../../src/render/redact.ts';
import type { Host } from '../host.ts';
import type { BlobCache } from '../github/config.ts';
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
  readonly blobs: BlobCache;
}

/** A scene with a token for Figma, and the key that signs with it. */
export interface Authorized extends Scene {
  readonly key: Key;
}

/** The scene of somebody who may read Figma; undefined without a token. */
export function authorized(scene: Scene): Authorized | undefined {
  const { token, signingKey } = scene.inputs;
  return token === undefined ? undefined : { ...scene, key: keyFrom(signingKey ?? token) };
}

/** The context of the commit status that remembers how far configuration was applied; each `comment-key` has its own. */
export function statusContext({ inputs: { commentKey } }: Scene): string {
  return commentKey === 'default' ? 'seatform/applied' : `seatform/applied (${commentKey})`;
}
