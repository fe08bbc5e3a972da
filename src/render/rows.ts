import { isLowerSeat, type Value } from '../model/directory.ts';
import type { Action, Edit, Kind, Operation, OperationId } from '../model/operation.ts';
import type { Plan } from '../model/plan.ts';
import { causeText } from './cause-text.ts';
import { count } from './count.ts';
import { quoted } from './escape.ts';
import { bare } from './name.ts';

export type Sign = '+' | '~' | '-';

/** One edit as every picture shows it. The values are raw; `cause` is safe text. */
export interface RowLine {
  readonly sign: Sign;
  readonly attribute: string;
  readonly before?: Value;
  readonly after?: Value;
  readonly cause: string;
}

/** One operation as every picture shows it. The name is raw; `note` and `cause` are safe text. */
export interface Row {
  readonly id: OperationId;
  readonly action: Action;
  readonly kind: Kind;
  readonly name: string;
  readonly sign: Sign;
  /** What the headline says in parentheses. */
  readonly note?: string;
  /** The cause of what the headline itself says. */
  readonly cause?: string;
  /** The edits that the headline does not say, an object's own before its members. */
  readonly lines: readonly RowLine[];
  /** How much it can hurt: 3 ends somebody's access or a group, 2 takes a seat or rights away, 1 changes, 0 creates. */
  readonly risk: 0 | 1 | 2 | 3;
}

const signs: Readonly<Record<Action, Sign>> = { create: '+', put: '~', patch: '~', deactivate: '-', delete: '-' };

/** The rows of a plan, one an operation, in plan order. */
export function planRows(plan: Pick<Plan, 'operations'>): readonly Row[] {
  return plan.operations.map(rowOf);
}

function rowOf(operation: Operation): Row {
  const { id, action, kind, name, edits } = operation;
  const own = edits.find((edit) => isHeadline(operation, edit));
  const rest = edits.filter((edit) => edit !== own);
  const lines = [...rest.filter(({ attribute }) => attribute !== 'member'), ...rest.filter(({ attribute }) => attribute === 'member')];
  const note = noteOf(operation);
  return {
    id,
    action,
    kind,
    name,
    sign: signs[action],
    ...(note === '' ? {} : { note }),
    ...(own ? { cause: causeText(own.cause) } : {}),
    lines: lines.map(lineOf),
    risk: riskOf(operation),
  };
}

/** Whether the headline says this edit in full: the name of what is new or renamed, the end of what is deactivated. */
function isHeadline({ action, kind, name }: Operation, edit: Edit): boolean {
  if (action === 'deactivate') return edit.attribute === 'active';
  if (action === 'delete') return edit.attribute === 'displayName';
  return edit.attribute === (kind === 'user' ? 'userName' : 'displayName') && edit.after === name;
}

function lineOf({ attribute, before, after, cause }: Edit): RowLine {
  const sign = isNothing(before) ? '+' : isNothing(after) ? '-' : '~';
  return {
    sign,
    attribute,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    cause: causeText(cause),
  };
}

function isNothing(value: Value | undefined): boolean {
  return value === undefined || value === '';
}

function noteOf(operation: Operation): string {
  const { action, kind, seat, edits, was } = operation;
  const formerly = was === undefined ? [] : [`was ${kind === 'user' ? bare(was) : quoted(was)}`];
  const isAsked = edits.some(({ attribute }) => attribute === 'seat');
  const becomes =
    seat?.after === undefined ? [] : [isAsked ? `seat becomes ${bare(seat.after)}` : `may have the seat ${bare(seat.after)} again`];
  if (action === 'deactivate')
    return [...formerly, `${seat?.before === undefined ? 'active' : bare(seat.before)} → deactivated`].join('; ');
  if (action === 'delete') return ['deleted', ...membersOf(edits)].join('; ');
  if (action === 'create')
    return [
      kind === 'user' ? 'new, or an existing member that will be bound' : 'new',
      ...(kind === 'user' ? becomes : membersOf(edits)),
    ].join('; ');
  const reactivated = kind === 'user' && edits.some(({ attribute, after }) => attribute === 'active' && after === true);
  return [...formerly, ...(reactivated ? ['deactivated → active again', ...becomes] : []), ...membersOf(edits)].join('; ');
}

function membersOf(edits: readonly Edit[]): readonly string[] {
  const members = edits.filter(({ attribute }) => attribute === 'member');
  const added = members.filter(({ after }) => after !== undefined).length;
  const removed = members.length - added;
  if (added > 0) return [`${count(added, 'member')} added${removed > 0 ? `, ${removed} removed` : ''}`];
  return removed > 0 ? [`${count(removed, 'member')} removed`] : [];
}

function riskOf({ action, seat, edits }: Operation): Row['risk'] {
  if (action === 'deactivate' || action === 'delete') return 3;
  const lowered = isLowerSeat(seat?.after, seat?.before);
  const stripped = edits.some(({ attribute, before, after }) => attribute === 'figmaAdmin' && before === true && after !== true);
  if (lowered || stripped) return 2;
  return action === 'create' ? 0 : 1;
}
