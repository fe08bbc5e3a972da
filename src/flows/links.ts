import type { Applied, JudgedLine } from './judged-line.ts';
import { renameId, type ChangeId } from '../model/change-id.ts';

/** Whether a name was approved as the new name of an object: its rename is to be written, was approved once, or is part of the applied configuration. */
export function linksOf({ applied, isTrusted, standing }: JudgedLine, wanted: ReadonlySet<ChangeId>): (rename: ChangeId) => boolean {
  const known = isTrusted && applied ? renamesIn(applied.declaration) : new Set<ChangeId>();
  return (rename) => wanted.has(rename) || known.has(rename) || standing.approvingLink(rename) !== undefined;
}

function renamesIn({ users, groups }: Applied['declaration']): ReadonlySet<ChangeId> {
  const people = users.flatMap(({ userName, previously }) => previously.map(({ value }) => renameId('user', value, userName.value)));
  const teams = groups.flatMap(({ displayName, previously }) => previously.map(({ value }) => renameId('group', value, displayName.value)));
  return new Set([...people, ...teams]);
}
