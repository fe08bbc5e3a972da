import { isEmpty, type Plan } from '../src/model/plan.ts';
import { fail, type Diagnostic, type Result } from '../src/model/diagnostic.ts';
import { allow } from '../src/plan/guards/allow.ts';
import { revive } from '../src/flows/saved-plan.ts';
import { approveAndCarryOut } from './carry-out.ts';
import { connectionOf } from './connection.ts';
import { complain } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import { defaultParallelism, formatOf, type ApplyFlags } from './options.ts';
import { readPlan } from './plan-file.ts';
import { allowancesOf, today } from './request.ts';
import { directory } from './service.ts';

/** How many of the things that have moved are told. */
const mostTold = 5;

/** Carries out what is left of a saved plan, without asking: it was approved as it is. Nothing is written if any of it fits no more. */
export async function applySaved(host: Host, path: string, flags: ApplyFlags): Promise<number> {
  const refuse = (diagnostics: readonly Diagnostic[], code: number = exitCodes.error) => {
    complain(host, flags, diagnostics);
    return code;
  };
  const allowances = allowancesFor(flags);
  if (!allowances.ok) return refuse(allowances.diagnostics);
  const saved = await readPlan(host, path);
  if (!saved.ok) return refuse(saved.diagnostics);
  const { plan } = saved.value;
  const connection = await connectionOf(host, flags, { value: plan.live.tenant, by: `${path} is for the tenant` });
  if (!connection.ok) return refuse(connection.diagnostics);
  const service = directory(host, connection.value, flags.parallelism ?? defaultParallelism);
  try {
    const revived = await revive(plan, service, today(host));
    if (!revived.ok) return refuse(revived.diagnostics);
    if (revived.value.kind === 'stale') return refuse([staleness(revived.value.reasons)], exitCodes.notApproved);
    const left: Plan = { ...revived.value.plan, guards: allow(revived.value.plan.guards, allowances.value) };
    complain(host, flags, [...(plan.asOf > today(host) ? [early(plan)] : []), ...revived.warnings, ...left.diagnostics]);
    if (isEmpty(left) && !isEmpty(plan)) {
      const stage = formatOf(flags) === 'json' ? host.err : host.out;
      stage.write('Everything in the saved plan is in place already: nothing is left to do.\n');
      if (formatOf(flags) === 'text') return left.unresolved === 0 ? exitCodes.done : exitCodes.error;
      // Guards have nothing to judge; what remains to be told is the summary.
      return await approveAndCarryOut(host, { ...left, guards: [] }, service, { ...flags, autoApprove: true });
    }
    return await approveAndCarryOut(host, left, service, { ...flags, autoApprove: true });
  } finally {
    await service.close();
  }
}

/** A saved plan is what it is: nothing but an allowance can be said about it now. */
function allowancesFor({ target, only, asOf, allow: given }: ApplyFlags): Result<ReadonlyMap<string, number>> {
  const flags = [...(target.length > 0 ? ['--target'] : []), ...(only ? ['--only'] : []), ...(asOf === undefined ? [] : ['--as-of'])];
  if (flags.length === 0) return allowancesOf(given);
  const message = `${flags.join(' and ')} cannot be used with a saved plan: it holds what it was saved with`;
  return fail({ severity: 'error', code: 'E201', message, help: 'use it with seatform plan --out' });
}

function early({ asOf }: Plan): Diagnostic {
  const message = `the saved plan is for ${asOf}, which is still to come: what it gives or takes early, the next plan takes back`;
  return { severity: 'warning', code: 'W012', message };
}

function staleness(reasons: readonly string[]): Diagnostic {
  const told = reasons.slice(0, mostTold).join('; ');
  const rest = reasons.length > mostTold ? `; and ${reasons.length - mostTold} more` : '';
  return { severity: 'error', code: 'E208', message: `Saved plan is stale: ${told}${rest}`, help: 'nothing was written; plan again' };
}
