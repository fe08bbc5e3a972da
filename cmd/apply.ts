import { fail, type Diagnostic, type Result } from '../src/model/diagnostic.ts';
import type { Plan } from '../src/model/plan.ts';
import { allow } from '../src/plan/guards/allow.ts';
import { propose } from '../src/flows/plan.ts';
import { applySaved } from './apply-saved.ts';
import { approveAndCarryOut } from './carry-out.ts';
import { connectionOf, tenantIn } from './connection.ts';
import { complain } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import { defaultParallelism, type ApplyFlags } from './options.ts';
import { missingAmong, planFileAmong } from './plan-file.ts';
import { requestOf } from './request.ts';
import { directory } from './service.ts';
import { checkedSources } from './sources.ts';

/** Plans, asks, and carries the plan out; or carries out what was saved. Nothing is sent but GET before somebody has approved. */
export async function apply(host: Host, paths: readonly string[], flags: ApplyFlags): Promise<number> {
  const saved = await planFileAmong(host, paths);
  const missing = await missingAmong(host, paths);
  if (missing !== undefined) {
    complain(host, flags, [{ severity: 'error', code: 'E001', message: `${missing} does not exist` }]);
    return exitCodes.error;
  }
  return saved === undefined ? applyConfiguration(host, paths, flags) : applySaved(host, saved, flags);
}

async function applyConfiguration(host: Host, paths: readonly string[], flags: ApplyFlags): Promise<number> {
  const refuse = (diagnostics: readonly Diagnostic[], files: Parameters<typeof complain>[3] = []) => {
    complain(host, flags, diagnostics, files);
    return exitCodes.error;
  };
  const askable = approvable(host, flags);
  if (!askable.ok) return refuse(askable.diagnostics);
  const requested = requestOf(host, flags);
  if (!requested.ok) return refuse(requested.diagnostics);
  const { files, checked } = await checkedSources(host, paths);
  if (!checked.ok) return refuse(checked.diagnostics, files);
  const connection = await connectionOf(host, flags, tenantIn(checked.value));
  if (!connection.ok) return refuse(connection.diagnostics, files);
  const service = directory(host, connection.value, flags.parallelism ?? defaultParallelism);
  try {
    const planned = await propose(checked.value, service, requested.value.asked);
    if (!planned.ok) return refuse(planned.diagnostics, files);
    const plan: Plan = { ...planned.value, guards: allow(planned.value.guards, requested.value.allowances) };
    complain(host, flags, [...checked.warnings, ...planned.warnings, ...plan.diagnostics], files);
    return await approveAndCarryOut(host, plan, service, flags);
  } finally {
    await service.close();
  }
}

/** Whether there will be somebody to ask, where somebody has to be asked. */
function approvable(host: Host, { autoApprove, tokenFile }: ApplyFlags): Result<void> {
  if (autoApprove === true || (host.ask && tokenFile !== '-')) return { ok: true, value: undefined, warnings: [] };
  const message = 'nobody can be asked to approve here: run it on a terminal, or use --auto-approve';
  return fail({ severity: 'error', code: 'E201', message });
}
