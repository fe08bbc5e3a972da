import type { SourceFile } from '../src/model/declaration.ts';
import type { Result } from '../src/model/diagnostic.ts';
import { isBlocked, isEmpty, type Plan } from '../src/model/plan.ts';
import { propose } from '../src/reconcile.ts';
import { renderFailureJson, renderPlanJson } from '../src/render/json.ts';
import { renderPlanMarkdown } from '../src/render/markdown.ts';
import { renderPlan } from '../src/render/terminal.ts';
import { connectionOf } from './connection.ts';
import { complain, lookOf } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import { formatOf, type ConnectionFlags, type LookFlags } from './options.ts';
import { reader } from './service.ts';
import { checkedSources } from './sources.ts';
import { version } from './version.ts';

export type PlanFlags = ConnectionFlags & LookFlags & { readonly detailedExitcode?: boolean };

/** Reads the live state and prints what would change. */
export async function plan(host: Host, paths: readonly string[], flags: PlanFlags): Promise<number> {
  const { files, planned } = await planOf(host, paths, flags);
  if (!planned.ok) {
    complain(host, flags, planned.diagnostics, files);
    if (formatOf(flags) === 'json') host.out.write(renderFailureJson(planned.diagnostics, makingOf(host)));
    return exitCodes.error;
  }
  const { value, warnings } = planned;
  complain(host, flags, [...warnings, ...value.diagnostics], files);
  host.out.write(planText(host, value, flags));
  return exitCodeOf(value, flags);
}

async function planOf(
  host: Host,
  paths: readonly string[],
  flags: PlanFlags,
): Promise<{ files: readonly SourceFile[]; planned: Result<Plan> }> {
  const { files, checked } = await checkedSources(host, paths);
  if (!checked.ok) return { files, planned: checked };
  const connection = await connectionOf(host, flags, checked.value.declaration.organization);
  if (!connection.ok) return { files, planned: connection };
  const service = reader(host, connection.value);
  try {
    return { files, planned: await propose(checked.value, service, today(host)) };
  } finally {
    await service.close();
  }
}

function planText(host: Host, value: Plan, flags: LookFlags): string {
  switch (formatOf(flags)) {
    case 'json':
      return renderPlanJson(value, makingOf(host));
    case 'markdown':
      return renderPlanMarkdown(value);
    case 'text':
      return renderPlan(value, lookOf(host.out, host, flags));
  }
}

function exitCodeOf(value: Plan, { detailedExitcode }: PlanFlags): number {
  if (isBlocked(value)) return exitCodes.blocked;
  if (!value.complete) return exitCodes.error;
  return detailedExitcode === true && !isEmpty(value) ? exitCodes.changesPending : exitCodes.done;
}

function makingOf(host: Host) {
  return { version, createdAt: host.now().toISOString() };
}

/** The day that a plan is for: today in UTC. */
export function today(host: Host): string {
  return host.now().toISOString().slice(0, 10);
}
