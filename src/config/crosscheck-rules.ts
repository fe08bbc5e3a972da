import type { GroupEntry, Written } from '../model/declaration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Where, WhereAttribute } from '../model/where.ts';
import type { Population } from './population.ts';
import { errorAt, quoted } from './report.ts';
import type { Scope } from './scope.ts';
import { Suggestions } from './suggest.ts';

const mostMembers = 5000;

/** Rules that no declared user can ever match. */
export function emptyRuleFaults({ groupEntries, population }: Scope): readonly Diagnostic[] {
  return groupEntries.flatMap(({ membersWhere, displayName }) =>
    membersWhere && !population.canMatch(membersWhere.value) ? [emptyRule(membersWhere, displayName.value, population)] : [],
  );
}

function emptyRule({ value: where, at }: Written<Where>, group: string, population: Population): Diagnostic {
  const alone = [...where].find(([attribute, values]) => !population.canMatch(new Map([[attribute, values]])));
  const message = `\`membersWhere\` of ${quoted(group)} matches no declared user`;
  if (!alone) return errorAt(at, 'E040', message, { label: 'nobody has all of this', help: 'remove one of the conditions, or correct it' });
  const [attribute, values] = alone;
  const guess = values.length === 1 ? nearestValue(attribute, values[0] ?? '', population) : undefined;
  const shown = values.slice(0, 3).map((value) => quoted(value));
  return errorAt(at, 'E040', message, {
    label: `nobody has the ${attribute} ${shown.join(' or ')}${values.length > shown.length ? ' or another that is listed' : ''}`,
    help: guess === undefined ? `correct \`${attribute}\`; defaults count, \`active: false\` does not` : `did you mean ${quoted(guess)}?`,
  });
}

function nearestValue(attribute: WhereAttribute, value: string, population: Population): string | undefined {
  if (attribute === 'seat') return undefined;
  const values = population.values(attribute);
  return values.length > 200 ? undefined : new Suggestions(values).of(value);
}

/** Groups whose list, rule and grants together are more than Figma allows. */
export function largeGroupFaults(scope: Scope): readonly Diagnostic[] {
  const granted = grantedMembers(scope);
  return scope.groupEntries.flatMap((group) => {
    const count = memberCount(group, granted.get(group) ?? [], scope);
    if (count <= mostMembers) return [];
    const at = group.membersWhere?.at ?? group.members?.at ?? group.at;
    const message = `the group ${quoted(group.displayName.value)} can have ${count.toLocaleString('en')} members, but Figma allows 5,000`;
    return [errorAt(at, 'E042', message, { label: 'counted with list, rule and grants', help: 'split the group, or narrow the rule' })];
  });
}

function grantedMembers({ grants, groups }: Scope): ReadonlyMap<GroupEntry, readonly string[]> {
  const granted = new Map<GroupEntry, string[]>();
  for (const { user, gives } of grants) {
    const group = 'group' in gives ? groups.find(gives.group.value) : undefined;
    if (!group) continue;
    const known = granted.get(group);
    if (known) known.push(user.value);
    else granted.set(group, [user.value]);
  }
  return granted;
}

/** How many different users a group can have; exact where it matters. */
function memberCount({ members, membersWhere }: GroupEntry, granted: readonly string[], { users, population }: Scope): number {
  const matching = membersWhere ? population.matching(membersWhere.value) : [];
  const names = [...(members?.list ?? []).map(({ value }) => value), ...granted];
  const most = matching.length + names.length;
  if (most <= mostMembers || names.length === 0) return most;
  const isMatching = new Uint8Array(users.count);
  for (const user of matching) isMatching[user] = 1;
  const others = new Set<number | string>();
  for (const name of names) {
    const user = users.indexOf(name);
    if (user === undefined || isMatching[user] === 0) others.add(user ?? users.keyOf(name));
  }
  return matching.length + others.size;
}
