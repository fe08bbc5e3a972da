import type { Cause } from '../model/desired.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { isApplyable, type Edit, type Operation, type Plan, type Unmanaged, type Verdict } from '../model/plan.ts';

/** What the document says of its making. `createdAt` is an ISO 8601 time in UTC. */
export interface Making {
  readonly version: string;
  readonly createdAt: string;
}

/** What JSON lets through and a terminal or reader is fooled by: C1, DEL, format characters, separators. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The plan as one JSON document with a final line feed: `planDocument` as text. */
export function renderPlanJson(plan: Plan, making: Making): string {
  return jsonText(planDocument(plan, making));
}

/** The plan as the public document of format 1.0: plain data in the order and with the names of `schemas/plan.v1.schema.json`. */
export function planDocument(plan: Plan, { version, createdAt }: Making) {
  const { asOf, complete, config, live, operations, unmanaged, guards, diagnostics, digest } = plan;
  return {
    format_version: '1.0',
    tool: { name: 'seatform', version },
    created_at: createdAt,
    as_of: asOf,
    applyable: isApplyable(plan),
    complete,
    config: { digest: config.digest, files: config.files },
    live: { tenant: live.tenant, digest: live.digest, users: live.users, groups: live.groups, requests: live.requests },
    summary: summaryOf(plan),
    operations: operations.map(operationDocument),
    unmanaged: unmanaged.map(unmanagedDocument),
    guards: guards.map(guardDocument),
    diagnostics: diagnostics.map(diagnosticDocument),
    digest,
  };
}

/** What stands in the place of a plan's document when there is no plan: why there is none. Ends with a line feed. */
export function renderFailureJson(diagnostics: readonly Diagnostic[], { version, createdAt }: Making): string {
  return jsonText({
    format_version: '1.0',
    tool: { name: 'seatform', version },
    created_at: createdAt,
    applyable: false,
    complete: false,
    diagnostics: diagnostics.map(diagnosticDocument),
  });
}

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

/** A diagnostic as plain data, its place flat as in a cause. */
export function diagnosticDocument({ severity, code, message, at, label, help, also = [] }: Diagnostic) {
  return {
    severity,
    code,
    message,
    ...(at ? spanDocument(at) : {}),
    ...(label === undefined ? {} : { label }),
    ...(help === undefined ? {} : { help }),
    ...(also.length === 0 ? {} : { also: also.map(({ at, message }) => ({ ...spanDocument(at), message })) }),
  };
}

/** `document` as indented JSON with a final line feed; characters that a terminal obeys or nobody sees stand as `\u` escapes. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2).replace(hidden, escaped)}\n`;
}

/** `document` as JSON on one line, without a line feed, and as safe as `jsonText`. */
export function jsonLine(document: unknown): string {
  return JSON.stringify(document).replace(hidden, escaped);
}

function summaryOf({ operations, unmanaged, seats }: Plan) {
  const summary = { create: 0, put: 0, patch: 0, deactivate: 0, delete: 0 };
  for (const { action } of operations) summary[action] += 1;
  return { ...summary, unmanaged: unmanaged.length, seats };
}

function operationDocument({ id, action, kind, name, was, ref, edits, needs, seat }: Operation) {
  return {
    id,
    action,
    kind,
    name,
    ...(was === undefined ? {} : { was }),
    ...(ref ? { remote_id: ref.id } : {}),
    ...(kind === 'user' && seat ? { seat } : {}),
    edits: edits.map(editDocument),
    needs,
  };
}

function unmanagedDocument({ kind, name, seat }: Unmanaged) {
  return { kind, name, ...(seat === undefined ? {} : { seat }) };
}

function guardDocument({ guard, outcome, count, limit, message, operations }: Verdict) {
  return { guard, outcome, count, ...(limit === undefined ? {} : { limit }), message, operations };
}

function causeDocument({ at, via }: Cause) {
  return { ...(at ? { file: at.file, line: at.line, column: at.column } : {}), via };
}

function spanDocument({ file, line, column, length }: Span) {
  return { file, line, column, length };
}

function escaped(character: string): string {
  if (character === '\n') return character;
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}
