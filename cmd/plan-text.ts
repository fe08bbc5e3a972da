import type { Plan } from '../src/model/plan.ts';
import { renderPlanJson, type Making } from '../src/render/json.ts';
import { renderPlanMarkdown } from '../src/render/markdown.ts';
import { renderPlan } from '../src/render/terminal.ts';
import { lookOf } from './console.ts';
import type { Host } from './host.ts';
import { formatOf, type LookFlags } from './options.ts';
import { version } from './version.ts';

/** A plan in the picture that the flags ask for. */
export function planText(host: Host, plan: Plan, making: Making, flags: LookFlags): string {
  switch (formatOf(flags)) {
    case 'json':
      return renderPlanJson(plan, making);
    case 'markdown':
      return renderPlanMarkdown(plan);
    case 'text':
      return renderPlan(plan, lookOf(host.out, host, flags));
  }
}

/** What a plan that is made here and now says of its making. */
export function makingOf(host: Host): Making {
  return { version, createdAt: host.now().toISOString() };
}
