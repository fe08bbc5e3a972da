import type { Stop } from './route.ts';

/** What an entry of a list is called. */
const entryNames: Readonly<Record<string, string>> = {
  users: 'a user',
  groups: 'a group',
  grants: 'a grant',
  'organization/budgets': 'a budget',
  'organization/defaults': 'a default',
};

/** How the value is called in a message: by its key, or as an entry of the list that holds it. */
export function subjectOf(stop: Stop): string {
  const last = stop.path.at(-1);
  if (last === undefined) return 'a file';
  return isItem(stop) ? `an entry of \`${stop.path.at(-2) ?? ''}\`` : `\`${last}\``;
}

/** What the mapping is that has or lacks a key. */
export function holderOf(stop: Stop): string {
  if (stop.path.length === 0) return 'a file';
  return entryNames[stop.path.slice(0, -1).join('/')] ?? subjectOf(stop);
}

/** Whether the value is an entry of a list. */
export function isItem(stop: Stop): boolean {
  return stop.key === undefined && stop.path.length > 0;
}

/** Whether an absent key leaves something in Figma as it is; elsewhere a default or nothing takes its place. */
export function isManaged(stop: Stop): boolean {
  if (stop.path.includes('membersWhere') || stop.path.at(-1) === 'github') return false;
  return stop.path[0] === 'users' || stop.path[0] === 'groups';
}
