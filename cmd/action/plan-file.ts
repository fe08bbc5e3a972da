import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../src/model/plan.ts';
import { savePlan } from '../plan-file.ts';
import type { Scene } from './scene.ts';

/** Saves a plan for the steps that follow in the job, readable by its owner alone; without a place for it there is no such output. */
export async function savedPlan(
  { host, inputs }: Scene,
  output: 'plan-path' | 'selected-path',
  plan: Plan,
): Promise<Readonly<Record<string, string>>> {
  const name = output === 'plan-path' ? `seatform-${inputs.commentKey}.plan` : `seatform-${inputs.commentKey}-selected.plan`;
  const path = join(host.env['RUNNER_TEMP'] || tmpdir(), name);
  const saved = await savePlan(host, path, plan);
  return saved.ok ? { [output]: path } : {};
}
