import { renderFailureJson } from '../src/render/json.ts';
import { complain } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import { formatOf, type LookFlags } from './options.ts';
import { readPlan } from './plan-file.ts';
import { makingOf, planText } from './plan-text.ts';

/** Prints a saved plan as it was made; nothing is read from the service. */
export async function show(host: Host, path: string, flags: LookFlags): Promise<number> {
  const saved = await readPlan(host, path);
  if (!saved.ok) {
    complain(host, flags, saved.diagnostics);
    if (formatOf(flags) === 'json') host.out.write(renderFailureJson(saved.diagnostics, makingOf(host)));
    return exitCodes.error;
  }
  const { plan, making } = saved.value;
  complain(host, flags, plan.diagnostics);
  host.err.write(`Saved at ${making.createdAt} for the tenant ${plan.live.tenant}.\n`);
  host.out.write(planText(host, plan, making, flags));
  return exitCodes.done;
}
