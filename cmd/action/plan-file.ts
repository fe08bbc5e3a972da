import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../src/model/plan.ts';
import { savePlan } from '../plan-file.ts';
import type { Scene } from './scene.ts';

/** Saves a plan for the steps that follow in the job, readable by its owner alone; without a place for it there is no such output. */
export async function savedPlan({ host, inputs }: Scene, plan: Plan): Promise<{ readonly 'plan-path'?: string }> {
  const path = join(host.env['RUNNER_TEMP'] || tmpdir(), `seatform-${inputs.commentKey}.plan`);
  const saved = await savePlan(host, path, plan);
  return saved.ok ? { 'plan-path': path } : {};
}
