import type { DesiredGroup } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { sameValue, type UserName } from '../model/directory.ts';
import type { LiveGroup } from '../model/live.ts';
import type { Action, Edit, Operation } from '../model/operation.ts';
import type { Person } from './people.ts';
import { leftAlone } from './restraint.ts';

/** What becomes of one group, and the members that could not be planned because nobody can say who they are. */
export interface GroupDiff {
  readonly operation?: Operation;
  readonly unresolved: readonly Unresolved[];
  readonly warnings: readonly Diagnostic[];
}

/** `presentName` gives the name that a live member will have: a renamed user is one person. */
export function diffGroup(
  want: DesiredGroup,
  have: LiveGroup | undefined,
  people: ReadonlyMap<UserName, Person>,
  presentName: (live: UserName) => UserName,
  nearest?: Nearest,
): GroupDiff {
  const notices: Notices = { unresolved: [], warnings: [] };
  const members = new Set([...(have?.members ?? [])].map(presentName));
  const edits = [...attributeEdits(want, have), ...additions(want, members, people, notices), ...removals(want, members, people, notices)];
  const action = have ? 'patch' : 'create';
  return {
    ...(edits.length > 0 && { operation: operationOf(action, want, have, edits) }),
    unresolved: withGuesses(notices.unresolved, edits, nearest),
    warnings: [...notices.warnings, ...(want.members && have && have.strangers > 0 ? [strangersLeft(want, have.strangers)] : [])],
  };
}

/** The text among `names` that somebody who wrote `text` most likely meant. */
export type Nearest = (text: string, names: readonly string[]) => string | undefined;

/** More unknown members than this in one group are no slips of the pen, and comparing them with all who leave takes long. */
const mostSlips = 20;

/** The same, with a guess for a member whom nobody knows while somebody of nearly that name would leave the group: most likely a slip of the pen. */
function withGuesses(faults: readonly Unresolved[], edits: readonly Edit[], nearest: Nearest | undefined): readonly Unresolved[] {
  if (nearest === undefined || faults.length > mostSlips) return faults;
  const leaving = edits.flatMap(({ attribute, before, after }) => (attribute === 'member' && after === undefined ? [String(before)] : []));
  const guessed = (fault: Unresolved): Unresolved => {
    const guess = nearest(fault.member, leaving);
    const help = `did you mean "${guess}", who would leave the group?`;
    return guess === undefined ? fault : { ...fault, diagnostic: { ...fault.diagnostic, help } };
  };
  return faults.map(guessed);
}

/** A member who could not be planned: nobody can say who is meant. */
export interface Unresolved {
  readonly member: string;
  readonly group: string;
  readonly diagnostic: Diagnostic;
}

interface Notices {
  readonly unresolved: Unresolved[];
  readonly warnings: Diagnostic[];
}

function attributeEdits(want: DesiredGroup, have: LiveGroup | undefined): Edit[] {
  const edits: Edit[] = [];
  const live = have?.attributes;
  if (!sameValue('displayName', want.displayName, live?.displayName)) {
    edits.push({ attribute: 'displayName', ...(live && { before: live.displayName }), after: want.displayName, cause: want.cause });
  }
  const externalId = want.wanted.externalId;
  if (externalId && !sameValue('externalId', externalId.value, live?.externalId)) {
    const before = live?.externalId === undefined ? {} : { before: live.externalId };
    edits.push({ attribute: 'externalId', ...before, after: externalId.value, cause: externalId.cause });
  }
  return edits;
}

function additions(
  want: DesiredGroup,
  members: ReadonlySet<UserName>,
  people: ReadonlyMap<UserName, Person>,
  { unresolved, warnings }: Notices,
): Edit[] {
  const edits: Edit[] = [];
  for (const [key, member] of want.members ?? []) {
    const person = people.get(key);
    if (!person) unresolved.push(unknownMember(want, member.userName, member.at));
    else if (person.state === 'unclear') unresolved.push(unclearMember(want, member.userName, member.at));
    else if (person.state === 'active' && !members.has(key)) {
      if (person.isProtected && member.cause.via === 'rule') {
        warnings.push(leftAlone(person.name, member, `a rule would add to the group "${want.displayName}"`));
        continue;
      }
      const needs = person.needs.length > 0 ? { needs: person.needs } : {};
      edits.push({ attribute: 'member', after: person.name, cause: member.cause, ...needs });
    }
  }
  return edits.sort(byMember);
}

/** Who is a member and not asked for. What ends by a grant rests on the grant; what no list but only a rule or a grant ends, spares the protected. */
function removals(
  want: DesiredGroup,
  members: ReadonlySet<UserName>,
  people: ReadonlyMap<UserName, Person>,
  { warnings }: Notices,
): Edit[] {
  if (!want.members) return [];
  const edits: Edit[] = [];
  for (const key of members) {
    const person = people.get(key);
    if (want.members.has(key) || person?.state !== 'active') continue;
    const cause = want.ended.get(key) ?? want.membersCause ?? want.cause;
    if (person.isProtected && cause.via !== 'entry') {
      const reason = cause.via === 'expired' ? 'a grant has ended that gave' : 'a rule would end';
      warnings.push(leftAlone(person.name, { cause }, `${reason} the membership of the group "${want.displayName}"`));
      continue;
    }
    edits.push({ attribute: 'member', before: person.name, cause });
  }
  return edits.sort(byMember);
}

function operationOf(action: Action, want: DesiredGroup, have: LiveGroup | undefined, edits: readonly Edit[]): Operation {
  return {
    id: `${action} group ${want.displayName}`,
    action,
    kind: 'group',
    name: want.displayName,
    ...(have && { ref: have.ref }),
    ...(have && !sameValue('displayName', want.displayName, have.attributes.displayName) && { was: have.attributes.displayName }),
    edits,
    needs: [],
  };
}

function unknownMember(want: DesiredGroup, userName: string, at: Diagnostic['at']): Unresolved {
  const diagnostic: Diagnostic = {
    severity: 'error',
    code: 'E030',
    message: `member "${userName}" of the group "${want.displayName}" is neither declared nor a live user`,
    ...(at && { at }),
    label: 'nobody has this address',
    help: 'declare the user, correct the address, or remove the member; everything else of the group is planned',
  };
  return { member: userName, group: want.displayName, diagnostic };
}

function unclearMember(want: DesiredGroup, userName: string, at: Diagnostic['at']): Unresolved {
  const diagnostic: Diagnostic = {
    severity: 'error',
    code: 'E031',
    message: `several live users are called "${userName}", so nobody can say who is meant as a member of the group "${want.displayName}"`,
    ...(at && { at }),
    help: 'remove all but one of them in Figma; everything else of the group is planned',
  };
  return { member: userName, group: want.displayName, diagnostic };
}

function strangersLeft(want: DesiredGroup, count: number): Diagnostic {
  const [members, match, are] =
    count === 1 ? ['1 member', 'matches', 'is left as it is'] : [`${count} members`, 'match', 'are left as they are'];
  return {
    severity: 'warning',
    code: 'W003',
    message: `${members} of the group "${want.displayName}" ${match} no user that Figma listed, and ${are}`,
  };
}

function byMember(a: Edit, b: Edit): number {
  const [x, y] = [String(a.after ?? a.before), String(b.after ?? b.before)];
  return x < y ? -1 : x > y ? 1 : 0;
}
