import type { SourceFile } from '../src/model/declaration.ts';
import type { Result } from '../src/model/diagnostic.ts';
import { isBlocked, isEmpty, type Plan } from '../src/model/plan.ts';
import { allow } from '../src/plan/guards/allow.ts';
import { propose } from '../src/flows/plan.ts';
import { renderFailureJson } from '../src/render/json.ts';
import { bare as quotable } from '../src/render/name.ts';
import { connectionOf, tenantIn } from './connection.ts';
import { complain } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import { formatOf, type ConnectionFlags, type LookFlags, type RequestFlags } from './options.ts';
import { planNameFault, savePlan } from './plan-file.ts';
import { makingOf, planText } from './plan-text.ts';
import { requestOf, type Requested } from './request.ts';
import { reader } from './service.ts';
import { checkedSources } from './sources.ts';

export type PlanFlags = ConnectionFlags & LookFlags & RequestFlags & { readonly detailedExitcode?: boolean; readonly out?: string };

/** Reads the live state and prints what would change; with --out it is saved too, so that exactly that can be applied. */
export async function plan(host: Host, paths: readonly string[], flags: PlanFlags): Promise<number> {
  const { files, planned } = await planOf(host, paths, flags);
  if (!planned.ok) {
    complain(host, flags, planned.diagnostics, files);
    if (formatOf(flags) === 'json') host.out.write(renderFailureJson(planned.diagnostics, makingOf(host)));
    return exitCodes.error;
  }
  const { value, warnings } = planned;
  const { bare, allowed } = value;
  complain(host, flags, [...warnings, ...allowed.diagnostics], files);
  host.out.write(planText(host, allowed, makingOf(host), flags));
  // An allowance is for one run: what is saved knows nothing of it.
  const saved = flags.out === undefined ? undefined : await savePlan(host, flags.out, bare);
  if (saved?.ok === true) host.err.write(savedText(flags.out ?? '', bare));
  if (saved?.ok === false) complain(host, flags, saved.diagnostics);
  return saved?.ok === false ? exitCodes.error : exitCodeOf(allowed, flags);
}

/** A plan as the guards see it, and with what is allowed for this run. */
interface Planned {
  readonly bare: Plan;
  readonly allowed: Plan;
}

async function planOf(
  host: Host,
  paths: readonly string[],
  flags: PlanFlags,
): Promise<{ files: readonly SourceFile[]; planned: Result<Planned> }> {
  const requested = requestOf(host, flags);
  if (!requested.ok) return { files: [], planned: requested };
  const misnamed = flags.out === undefined ? undefined : planNameFault(flags.out);
  if (misnamed) return { files: [], planned: misnamed };
  const { files, checked } = await checkedSources(host, paths);
  if (!checked.ok) return { files, planned: checked };
  const connection = await connectionOf(host, flags, tenantIn(checked.value));
  if (!connection.ok) return { files, planned: connection };
  const service = reader(host, connection.value);
  try {
    const planned = await propose(checked.value, service, requested.value.asked);
    if (!planned.ok) return { files, planned };
    const warnings = [...checked.warnings, ...planned.warnings];
    return { files, planned: { ok: true, value: withAllowances(planned.value, requested.value), warnings } };
  } finally {
    await service.close();
  }
}

function withAllowances(bare: Plan, { allowances }: Requested): Planned {
  return { bare, allowed: { ...bare, guards: allow(bare.guards, allowances) } };
}

function savedText(out: string, bare: Plan): string {
  const path = quotable(out);
  if (isEmpty(bare)) return `Saved to ${path}.\n`;
  return `Saved to ${path}: seatform apply ${path} carries out exactly this${isBlocked(bare) ? ', once its guards are allowed' : ''}.\n`;
}

function exitCodeOf(value: Plan, { detailedExitcode }: PlanFlags): number {
  if (isBlocked(value)) return exitCodes.blocked;
  if (value.unresolved > 0) return exitCodes.error;
  return detailedExitcode === true && !isEmpty(value) ? exitCodes.changesPending : exitCodes.done;
}
