import { dayOf } from '../../model/day.ts';
import type { Cause } from '../../model/desired.ts';
import { seats, userAttributes } from '../../model/directory.ts';
import type { Kind } from '../../model/operation.ts';
import type { CauseDocument, EditDocument, OperationDocument, PlanDocument } from './document.ts';
import { quoted } from '../report.ts';

/** Something that a plan cannot be, although its schema lets it pass: one sentence. */
type Fault = string;

/** Everything that is wrong with the parts of a plan, in the order of the document; what they need of each other is checked elsewhere. */
export function* partFaults(plan: PlanDocument): Generator<Fault> {
  yield* dayFaults(plan.created_at.slice(0, 10), 'created_at');
  yield* dayFaults(plan.as_of, 'as_of');
  yield* dayFaults(plan.summary.cost?.term?.ends, 'summary/cost/term/ends');
  for (const [index, { day }] of plan.guards.entries()) yield* dayFaults(day, `guards/${index}/day`);
  for (const [index, operation] of plan.operations.entries()) yield* operationFaults(operation, `operations/${index}`);
  for (const [index, { until, cause }] of plan.expiries.entries()) {
    yield* dayFaults(until, `expiries/${index}/until`);
    yield* causeFaults(cause, `expiries/${index}/cause`);
  }
}

function* operationFaults(operation: OperationDocument, place: string): Generator<Fault> {
  const { id, action, kind, name, remote_id, edits } = operation;
  if (id !== `${action} ${kind} ${name}`) yield `${place} is called ${quoted(id)}, but would ${action} the ${kind} ${quoted(name)}`;
  if (kind === 'user' ? action === 'delete' : action === 'put' || action === 'deactivate') yield `${place} would ${action} a ${kind}`;
  if (action === 'create' && remote_id !== undefined) yield `${place} creates what already has a remote_id`;
  if (action !== 'create' && remote_id === undefined) yield `${place} has no remote_id`;
  // As a segment of a URL these are no object but the collection, or what is above it.
  if (remote_id === '' || remote_id === '.' || remote_id === '..') yield `${place} has a remote_id that names no object`;
  if (edits.length === 0) yield `${place} has no edits`;
  for (const [index, edit] of edits.entries()) yield* editFaults(edit, kind, `${place}/edits/${index}`);
}

function* editFaults({ attribute, before, after, cause }: EditDocument, kind: Kind, place: string): Generator<Fault> {
  const type = typeOf(attribute, kind);
  if (type === undefined) yield `${place} is about ${quoted(attribute)}, which is no attribute of a ${kind}`;
  if (before === undefined && after === undefined) yield `${place} has neither before nor after`;
  if (attribute === 'member' && before !== undefined && after !== undefined) yield `${place} adds and removes a member at once`;
  for (const [side, value] of Object.entries({ before, after })) {
    if (type !== undefined && value !== undefined && typeof value !== type) yield `${place}/${side} is not ${nouns[type]}`;
  }
  if (attribute === 'seat' && after !== undefined && !(seats as readonly unknown[]).includes(after)) {
    yield `${place} names the seat ${quoted(String(after))}, which is none of ${seats.join(', ')}`;
  }
  yield* causeFaults(cause, `${place}/cause`);
}

const nouns = { string: 'a text', boolean: 'true or false' } as const;
const groupAttributes: ReadonlySet<string> = new Set(['displayName', 'externalId', 'member']);
const flags: ReadonlySet<string> = new Set(['active', 'figmaAdmin']);

/** What values of an attribute are; nothing for what is no attribute of the kind. */
function typeOf(attribute: string, kind: Kind): keyof typeof nouns | undefined {
  if (kind === 'group') return groupAttributes.has(attribute) ? 'string' : undefined;
  if (!Object.hasOwn(userAttributes, attribute)) return undefined;
  return flags.has(attribute) ? 'boolean' : 'string';
}

const reasons: Readonly<Record<Cause['via'], true>> = {
  entry: true,
  default: true,
  rule: true,
  grant: true,
  expired: true,
  unmanaged: true,
};

function* causeFaults({ via, until }: CauseDocument, place: string): Generator<Fault> {
  if (!Object.hasOwn(reasons, via)) yield `${place}/via is none of ${Object.keys(reasons).join(', ')}`;
  yield* dayFaults(until, `${place}/until`);
}

function* dayFaults(day: string | undefined, place: string): Generator<Fault> {
  if (day !== undefined && dayOf(day) === undefined) yield `${place} is ${quoted(day)}, a day that does not exist`;
}
