import { isLowerSeat } from '../../model/directory.ts';
import type { Edit, Operation } from '../../model/operation.ts';

/** The kinds of changes in the order in which they are read: what a reviewer must not overlook comes first. */
const kinds = [
  'admin',
  'rename',
  'deactivation',
  'deletion',
  'removedEntry',
  'loweredSeat',
  'raisedSeat',
  'reactivation',
  'creation',
  'membership',
  'other',
] as const;

type ChangeKind = (typeof kinds)[number];

/** The place of a kind of change in the order of reading; the lowest is read first. */
export function rankOf(kind: ChangeKind): number {
  return kinds.indexOf(kind);
}

/** The kind of an operation; one that is of several kinds counts as the first of them. */
export function changeKindOf(operation: Operation): ChangeKind {
  const { action, was, seat, edits } = operation;
  if (edits.some(changesAdmin)) return 'admin';
  if (was !== undefined) return 'rename';
  if (action === 'deactivate') return 'deactivation';
  if (action === 'delete') return 'deletion';
  if (isLowerSeat(seat?.after, seat?.before)) return 'loweredSeat';
  if (action === 'create') return 'creation';
  if (edits.some(({ attribute, after }) => attribute === 'active' && after === true)) return 'reactivation';
  if (edits.some(({ attribute }) => attribute === 'seat')) return 'raisedSeat';
  return edits.every(({ attribute }) => attribute === 'member') ? 'membership' : 'other';
}

function changesAdmin({ attribute, before, after }: Edit): boolean {
  return attribute === 'figmaAdmin' && (before === true || after === true);
}
