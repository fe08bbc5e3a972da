import { permalinks, type Snapshot } from '../../src/github/permalink.ts';
import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import type { Operation } from '../../src/model/operation.ts';
import type { Plan } from '../../src/model/plan.ts';
import { renderDrift } from '../../src/render/comment/drift.ts';
import { withoutFooter } from '../../src/render/comment/footer.ts';
import type { Ways } from '../../src/render/comment/ways.ts';
import { createIssue, openIssues, updateIssue, type Issue } from '../github/issues.ts';
import type { Scene } from './scene.ts';

/** What differs from the configuration without anybody having asked for it in a pull request. */
export interface Drift {
  readonly operations: readonly Operation[];
  /** The plan of all that differs. */
  readonly whole: Plan;
  readonly snapshot: Snapshot;
  readonly ways: Ways;
}

const roomOfIssue = 60_000;

/** Keeps the one issue on drift true: opened where there is drift, brought up to date, closed where there is none. Gives its address, if it is open. */
export async function tellDrift(scene: Scene, { operations, whole, snapshot, ways }: Drift): Promise<Result<string | undefined>> {
  const { hub, repository, inputs, redact, runUrl, host } = scene;
  const listed = await openIssues(hub, repository.viewer);
  if (!listed.ok) return listed;
  const start = `<!-- seatform:drift:v1 ${inputs.commentKey} -->\n`;
  const known = listed.value.find(({ body }) => body.startsWith(start));
  if (!known && operations.length === 0) return succeed(undefined);
  const body = `${start}${renderDrift(operations, {
    whole,
    runUrl,
    ways,
    at: host.now().toISOString(),
    permalink: permalinks(repository.url, snapshot),
    redact,
    isCorrecting: inputs.drift === 'correct',
    room: roomOfIssue,
  })}`;
  const told = await write(scene, known, body, operations.length === 0);
  if (!told.ok) return fail(...told.diagnostics);
  return succeed(operations.length === 0 ? undefined : told.value.url);
}

async function write({ hub, inputs }: Scene, known: Issue | undefined, body: string, isOver: boolean): Promise<Result<Issue>> {
  const title = inputs.commentKey === 'default' ? 'Figma drift' : `Figma drift (${inputs.commentKey})`;
  if (!known) return createIssue(hub, { title, body });
  if (isOver) return updateIssue(hub, known.number, { body, state: 'closed' });
  return withoutFooter(known.body) === withoutFooter(body) ? succeed(known) : updateIssue(hub, known.number, { body });
}
