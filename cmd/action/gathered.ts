import { appliedDay } from '../../src/github/status.ts';
import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import type { Applied } from '../../src/flows/merge.ts';
import { redactDiagnostics } from '../../src/render/redact.ts';
import { connectionOf, tenantIn, type Connection } from '../connection.ts';
import { readWindow, type Window } from '../github/history.ts';
import { readApprovals } from './approvals.ts';
import type { Known } from './chosen.ts';
import { statusContext, type Authorized } from './scene.ts';
import { checkedAt } from './sources.ts';

/** Everything about the tip of the default branch that has to be known before Figma is read. The commit that started the run does not matter. */
export async function gathered(scene: Authorized): Promise<Result<{ readonly known: Known; readonly connection: Connection }>> {
  const { tip: commit, defaultBranch } = scene.repository;
  const tip = await checkedAt(scene, commit);
  if (!tip.ok) return tip;
  const { checked } = tip.value;
  if (!checked.ok) return fail(...redactDiagnostics(checked.diagnostics, scene.redact));
  const connection = await connectionOf(scene.host, {}, tenantIn(checked.value));
  if (!connection.ok) return connection;
  const window = await readWindow(scene.hub, commit, defaultBranch, statusContext(scene));
  if (!window.ok) return window;
  const applied = await appliedIn(scene, window.value);
  if (!applied.ok) return applied;
  const approvals = await readApprovals(scene, window.value.pulls, connection.value.tenantId);
  if (!approvals.ok) return approvals;
  const known = { window: window.value, approvals: approvals.value, tip: tip.value, declaration: checked.value };
  return succeed({ known: { ...known, ...(applied.value && { applied: applied.value }) }, connection: connection.value });
}

/** What was applied last, and as of which day. Configuration that is invalid by today's rules counts as none: then nothing is due, and nothing drift. */
async function appliedIn(scene: Authorized, { applied }: Window): Promise<Result<Applied | undefined>> {
  if (!applied) return succeed(undefined);
  const read = await checkedAt(scene, applied.commit);
  if (!read.ok) return read;
  const { checked } = read.value;
  return succeed(checked.ok ? { declaration: checked.value, day: appliedDay(applied) } : undefined);
}
