import { userNameOf } from '../model/directory.ts';
import { matchesAny } from '../model/glob.ts';
import type { Live, LiveGroup, LiveUser } from '../model/live.ts';
import { mostMembers, textUnfitness } from './fitness.ts';
import { comment, scalar } from './scalar.ts';
import { isNameable, repeated } from './user-entry.ts';

const longestText = 255;

/**
 * A group as lines of the list under `groups:`; `ignored` are the patterns of users who are left alone. `members` is written only where it names everybody whom a plan could remove, and never empty:
 * `[]` would ask for an empty group.
 */
export function groupEntry(
  { attributes, members, strangers }: LiveGroup,
  users: Live['users'],
  ignored: readonly string[],
): readonly string[] {
  const { displayName, externalId } = attributes;
  const reason = displayName === '' ? 'empty' : textUnfitness(displayName, longestText);
  if (reason !== undefined) return [comment(`not listed: group ${repeated(displayName)} (${reason})`, 2)];
  const lines = [`  - displayName: ${scalar(displayName)}`];
  const unfit = externalId === undefined ? undefined : textUnfitness(externalId, longestText);
  if (externalId !== undefined && unfit === undefined) lines.push(`    externalId: ${scalar(externalId)}`);
  if (externalId !== undefined && unfit !== undefined) lines.push(comment(`externalId ${repeated(externalId)} is left out (${unfit})`, 4));
  const active = [...members].flatMap((key) => users.get(key) ?? []).filter((user) => user.attributes.active);
  const listed = active.filter((user) => !matchesAny(ignored, userNameOf(user.attributes.userName)));
  return [...lines, ...memberLines(listed, members.size + strangers - listed.length)];
}

function memberLines(active: readonly LiveUser[], rest: number): readonly string[] {
  const unnameable = active.filter((user) => !isNameable(user)).length;
  if (unnameable > 0) return [comment(`members is left out: ${unnameable} of ${active.length} have a userName that cannot be written`, 4)];
  if (active.length > mostMembers)
    return [comment(`members is left out: the group has ${active.length}, a list may have ${mostMembers}`, 4)];
  if (active.length === 0 && rest === 0) return [comment('it has no members; "members: []" would keep it so', 4)];
  const others = `${rest} ${rest === 1 ? 'member is' : 'members are'}`;
  if (active.length === 0)
    return [comment(`members is left out: ${others} inactive, ignored or unknown to SCIM, and there is no other`, 4)];
  const names = active.map(({ attributes }) => attributes.userName).sort(byComparable);
  return [
    ...(rest > 0 ? [comment(`${others} not listed: inactive, ignored or unknown to SCIM; a plan leaves them where they are`, 4)] : []),
    '    members:',
    ...names.map((name) => `      - ${scalar(name)}`),
  ];
}

function byComparable(one: string, other: string): number {
  return one.toLowerCase() < other.toLowerCase() ? -1 : 1;
}
