import type { ApplyEvent } from '../model/event.ts';
import type { Action, Edit, OperationId } from '../model/operation.ts';
import { count } from './count.ts';
import { safe } from './escape.ts';
import { editDocument } from './json-edit.ts';
import { jsonLine } from './json-text.ts';
import { paintLine, piece, type Piece } from './line.ts';
import { nameText, namedBy, valueText } from './name.ts';

const doing: Readonly<Record<Action, string>> = {
  create: 'creating…',
  put: 'changing…',
  patch: 'changing…',
  deactivate: 'deactivating…',
  delete: 'deleting…',
};

/** An event as one line of NDJSON, without a line feed: the form of the journal, by `schemas/event.v1.schema.json`. */
export function renderEvent(event: ApplyEvent): string {
  return jsonLine(eventDocument(event));
}

/** An event as one line for people, without a line feed; nothing for `planned`, and for the summary, which `renderReport` tells. */
export function renderEventText(event: ApplyEvent, { color }: { readonly color: boolean }): string | undefined {
  if (event.type === 'planned' || event.type === 'summary') return undefined;
  const { kind, name, action } = namedBy(event.operation);
  const start = [piece(nameText(kind, name), 'bold'), piece(': ')];
  const work = piece(`${doing[action]} `);
  switch (event.type) {
    case 'started':
      return paintLine([...start, piece(doing[action])], color);
    case 'succeeded':
      return paintLine([...start, work, piece('done', 'green')], color);
    case 'failed':
      return paintLine(
        [...start, work, piece('failed', 'red', 'bold'), ...reason(event.problem.message, event.operation, event.edits)],
        color,
      );
    case 'held':
      return paintLine([...start, piece('held', 'yellow'), piece(`: ${safe(event.because)}`)], color);
    case 'skipped':
      return paintLine([...start, piece('skipped', 'yellow'), piece(`: ${safe(event.because)}`)], color);
  }
}

function eventDocument(event: ApplyEvent) {
  const { type, at } = event;
  if (event.type === 'summary') return { type, at, report: event.report };
  const { operation } = event;
  const edits = event.edits.map(editDocument);
  switch (event.type) {
    case 'failed':
      return { type, at, operation, edits, problem: { code: event.problem.code, message: event.problem.message } };
    case 'held':
    case 'skipped':
      return { type, at, operation, edits, because: event.because };
    case 'planned':
    case 'started':
    case 'succeeded':
      return { type, at, operation, edits };
  }
}

/** Why it failed, and which members of a group are concerned: the others may well be done. */
function reason(message: string, operation: OperationId, edits: readonly Edit[]): readonly Piece[] {
  const members = namedBy(operation).kind === 'group' ? edits.filter(({ attribute }) => attribute === 'member') : [];
  const names = members.slice(0, 3).map(({ before, after }) => valueText('member', after ?? before ?? ''));
  const rest = members.length - names.length;
  const named =
    names.length === 0 ? '' : ` (${count(members.length, 'member')}: ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''})`;
  return [piece(`: ${safe(message)}${named}`)];
}
