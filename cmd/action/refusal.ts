import { permalinks, type Snapshot } from '../../src/github/permalink.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { renderFailure, renderUnplanned } from '../../src/render/comment/failure.ts';
import { redactDiagnostics } from '../../src/render/redact.ts';
import { roomOfComment } from './draw.ts';
import { failed, type Outcome } from './outcome.ts';
import { post } from './post.ts';
import type { MergeState, Pull } from '../github/pull.ts';
import type { Authorized } from './scene.ts';

/** A pull request that GitHub has merged with its base for a trial. */
export type Ready = Extract<MergeState, { kind: 'ready' }>;

/** What is known of a pull request before anything is planned. */
export interface Stage {
  readonly scene: Authorized;
  readonly state: Ready;
  readonly plannedAt: string;
}

/** Says in the comment that there is no plan, so that no former one stays standing; a comment is made for it only where it is news to the author. */
export async function tellFailure(
  { scene, state, plannedAt }: Stage,
  diagnostics: readonly Diagnostic[],
  snapshot: Snapshot,
  isNews: boolean,
): Promise<Outcome> {
  const { runUrl, redact, repository } = scene;
  const { head } = state.pull;
  const frame = { head, runUrl, plannedAt, redact, permalink: permalinks(repository.url, snapshot) };
  const body = renderFailure(diagnostics, frame, roomOfComment);
  await scene.runner.summary(body);
  return unapproved(scene, state, plannedAt, body, isNews, failed(redactDiagnostics(diagnostics, redact)));
}

/** The same where there is nothing to plan. */
export async function unplanned(scene: Authorized, why: 'conflict' | 'late', pull: Pull, plannedAt: string): Promise<Outcome> {
  const { runUrl } = scene;
  const body = renderUnplanned(why, { head: pull.head, runUrl, plannedAt });
  return unapproved(scene, { pull, merge: '', base: '' }, plannedAt, body, true, failed([unmerged(why)]));
}

/** Why there is no merge commit to look at. */
export function unmerged(why: 'conflict' | 'late'): Diagnostic {
  return why === 'conflict'
    ? { severity: 'error', code: 'E213', message: 'the branch has conflicts with its base', help: 'solve them and push' }
    : {
        severity: 'error',
        code: 'E210',
        message: 'GitHub did not produce a test merge within a minute',
        help: 'run the job again',
      };
}

/** A signed comment that approves nothing. */
async function unapproved(
  scene: Authorized,
  { pull, merge }: Pick<Ready, 'pull' | 'merge' | 'base'>,
  plannedAt: string,
  body: string,
  isNews: boolean,
  outcome: Outcome,
): Promise<Outcome> {
  const { repository, inputs } = scene;
  const said = {
    repository: repository.id,
    pull: pull.number,
    commentKey: inputs.commentKey,
    tenant: '',
    head: pull.head,
    merge,
    plannedAt,
    since: plannedAt,
    allowances: {},
    digest: '',
    returns: [],
    updates: [],
    access: {},
    spent: [],
    result: 0,
  };
  const posted = await post(scene, { said, ids: nothing, hashes: nothing, bodyOf: () => body, isNews });
  if (!posted.ok) return { ...outcome, diagnostics: [...outcome.diagnostics, ...posted.diagnostics] };
  return 'url' in posted.value ? { ...outcome, outputs: { ...outcome.outputs, 'comment-url': posted.value.url } } : outcome;
}

const nothing = { changes: [], rules: [], takenBack: [], dated: [] } as const;

/** A fork must not see the organization. */
export const forkRefusal: Diagnostic = {
  severity: 'error',
  code: 'E213',
  message: 'the pull request comes from a fork, and a plan would show it who has access to Figma',
  help: 'push the branch to this repository and open the pull request from there',
};
