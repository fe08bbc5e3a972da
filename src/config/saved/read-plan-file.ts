import { fail, succeed, type Result } from '../../model/diagnostic.ts';
import type { Plan } from '../../model/plan.ts';
import { planOf } from './build.ts';
import { partFaults } from './checks.ts';
import { needFaults } from './needs.ts';
import { schemaChecked } from './schema.ts';
import { quoted } from '../report.ts';

/** A plan as it was saved, and what it says of its making. */
export interface PlanFile {
  readonly plan: Plan;
  /** `createdAt` is an ISO 8601 time in UTC. */
  readonly making: { readonly version: string; readonly createdAt: string };
}

/**
 * The plan that the text of a file holds, or one diagnostic (E207) that says why it holds none. Whatever the text is, nothing is thrown.
 * Digest and seal are carried over, not checked, and the operations stand in the order of the file, whoever wrote it.
 */
export function readPlanFile(text: string): Result<PlanFile> {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refusal('it is not one JSON object, or only a part of one');
  const version = versionFault(value);
  if (version !== undefined) return refusal(version);
  const checked = schemaChecked(value);
  if ('fault' in checked) return refusal(checked.fault);
  const { document } = checked;
  for (const faults of [partFaults(document), needFaults(document.operations)]) {
    const { value: fault } = faults.next();
    if (typeof fault === 'string') return refusal(fault);
  }
  return succeed({ plan: planOf(document), making: { version: document.tool.version, createdAt: document.created_at } });
}

/** The value of JSON text; nothing for what is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The version comes before all else: what another major version has in it, nobody here can judge. */
function versionFault(value: object): string | undefined {
  const version: unknown = 'format_version' in value ? value.format_version : undefined;
  if (typeof version !== 'string') return 'it has no format_version';
  const major = /^(\d+)\.\d+$/.exec(version)?.[1];
  if (major === undefined) return `its format_version is ${quoted(version)}, which is no version`;
  return major === '1' ? undefined : `it has format ${quoted(version)}, and this version of seatform reads format 1.0 and later minor ones`;
}

function refusal(fault: string): Result<never> {
  const help = 'make the plan again with `seatform plan --out FILE`; a plan file is never edited';
  return fail({ severity: 'error', code: 'E207', message: `this is no plan that can be used: ${fault}`, help });
}
