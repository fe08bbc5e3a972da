import type { Expiry } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Operation } from '../model/operation.ts';
import { isApplyable, isComplete, type Cost, type Plan, type Selection, type Unmanaged, type Verdict } from '../model/plan.ts';
import { basisDocument } from './json-basis.ts';
import { diagnosticDocument } from './json-diagnostic.ts';
import { causeDocument, editDocument } from './json-edit.ts';
import { jsonText } from './json-text.ts';

/** What the document says of its making. `createdAt` is an ISO 8601 time in UTC. */
export interface Making {
  readonly version: string;
  readonly createdAt: string;
}

/** The plan as one JSON document with a final line feed: `planDocument` as text. */
export function renderPlanJson(plan: Plan, making: Making): string {
  return jsonText(planDocument(plan, making));
}

/** The plan as the public document of format 1.0: plain data in the order and with the names of `schemas/plan.v1.schema.json`. */
export function planDocument(plan: Plan, { version, createdAt }: Making) {
  const { asOf, unresolved, selection, config, live, operations, unmanaged, guards, diagnostics, expiries, basis, digest, seal } = plan;
  return {
    format_version: '1.0',
    tool: { name: 'seatform', version },
    created_at: createdAt,
    as_of: asOf,
    applyable: isApplyable(plan),
    complete: isComplete(plan),
    unresolved,
    ...(selection === undefined ? {} : { selection: selectionDocument(selection) }),
    config: { digest: config.digest, files: config.files },
    live: { tenant: live.tenant, digest: live.digest, users: live.users, groups: live.groups, requests: live.requests },
    summary: summaryOf(plan),
    operations: operations.map(operationDocument),
    unmanaged: unmanaged.map(unmanagedDocument),
    guards: guards.map(guardDocument),
    diagnostics: diagnostics.map(diagnosticDocument),
    expiries: expiries.map(expiryDocument),
    basis: basisDocument(basis),
    digest,
    seal,
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

function summaryOf({ operations, unmanaged, seats, cost, budgets }: Plan) {
  const summary = { create: 0, put: 0, patch: 0, deactivate: 0, delete: 0 };
  for (const { action } of operations) summary[action] += 1;
  return {
    ...summary,
    unmanaged: unmanaged.length,
    seats,
    ...(cost === undefined ? {} : { cost: costDocument(cost) }),
    ...(budgets.length === 0 ? {} : { budgets: budgets.map(({ name, seats }) => ({ name, seats })) }),
  };
}

function selectionDocument({ by, others, held }: Selection) {
  return { by, others, ...(held === undefined ? {} : { held: held.map(({ operation, needs }) => ({ operation, needs })) }) };
}

function costDocument({ currency, monthly, term }: Cost) {
  return {
    ...(currency === undefined ? {} : { currency }),
    monthly,
    ...(term === undefined ? {} : { term: { ends: term.ends, total: term.total } }),
  };
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

function guardDocument({ guard, day, outcome, count, limit, message, operations }: Verdict) {
  return { guard, ...(day === undefined ? {} : { day }), outcome, count, ...(limit === undefined ? {} : { limit }), message, operations };
}

function expiryDocument({ until, userName, gives, cause }: Expiry) {
  return {
    until,
    user: userName,
    ...('group' in gives ? { group: gives.group } : { seat: gives.seat, to: gives.to }),
    cause: causeDocument(cause),
  };
}
