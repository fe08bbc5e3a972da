import type { Cause } from '../model/desired.ts';
import type { Edit } from '../model/operation.ts';

/** An edit as plan, journal and events write it; what is absent stays absent. */
export function editDocument({ attribute, before, after, cause, needs = [] }: Edit) {
  return {
    attribute,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    cause: causeDocument(cause),
    ...(needs.length === 0 ? {} : { needs }),
  };
}

/** A cause as plain data, its place flat. */
export function causeDocument({ at, via, until }: Cause) {
  return { ...(at ? { file: at.file, line: at.line, column: at.column } : {}), via, ...(until === undefined ? {} : { until }) };
}
