import type { ChangeId } from '../model/change-id.ts';
import { changeIdsOf, fieldOfRule } from '../model/change-id.ts';
import { datedField, fieldsOf, type Field } from './fields.ts';
import { ruleFields, type Step } from './line.ts';
import type { ChangedRule } from '../model/rule.ts';
import type { Rest } from './rest.ts';
import { isSince } from './returns.ts';

/** Somebody who named a digest in a comment. */
export interface DigestName {
  readonly author: string;
  readonly at: string;
  /** A person with write access, in a comment that nobody ever edited. */
  readonly counts: boolean;
  readonly digest: string;
  /** The guards named with it, as they were written. */
  readonly allowances: readonly string[];
}

/** What a digest has to be named for. */
export interface DigestClaim {
  readonly digest: string;
  readonly allowances: readonly string[];
  /** Since when runs have printed it without a break; absent if none has yet. */
  readonly printedSince?: string;
  /** When somebody lost access who would get it back: absent if there is nobody, or nobody knows. */
  readonly goneSince?: string;
  /** The logins that do not count: who starts the run, and the authors of what it writes. */
  readonly excluded: readonly string[];
}

/** The people whose naming of a digest counts, each once. */
export function namedBy(
  names: readonly DigestName[],
  { digest, allowances, printedSince, goneSince, excluded }: DigestClaim,
): readonly string[] {
  if (printedSince === undefined) return [];
  const left = new Set(excluded.map((login) => login.toLowerCase()));
  const wanted = allowances.toSorted().join(' ');
  const found = names.filter(
    (name) =>
      name.counts &&
      name.digest === digest &&
      name.allowances.toSorted().join(' ') === wanted &&
      Date.parse(name.at) > Date.parse(printedSince) &&
      isSince(name.at, goneSince) &&
      !left.has(name.author.toLowerCase()),
  );
  return [...new Map(found.map(({ author }) => [author.toLowerCase(), author])).values()];
}

/** Every `approve sha256:… GUARD=N` in a comment. */
export function digestsIn(body: string): readonly Pick<DigestName, 'digest' | 'allowances'>[] {
  return [
    ...body.matchAll(
      /^[ \t]*`{0,3}approve[ \t]+(sha256:[0-9a-f]{64})((?:[ \t]+[A-Za-z]+=\d{1,9}(?:@\d{4}-\d\d-\d\d)?)*)[ \t]*`{0,3}[ \t]*$/gim,
    ),
  ].map(([, digest = '', rest = '']) => ({ digest, allowances: rest.split(/[ \t]+/).filter((text) => text !== '') }));
}

/**
 * The people who made what remains to be approved: the authors of commits and pull requests of the line that changed it. What a commit with an invalid
 * configuration brought is seen in the next valid one only, so that both made it. On a first apply nobody knows what the oldest commit changed, so it
 * counts as all of it.
 */
export function authorsOf({ plan, rules, later }: Rest, steps: readonly Step[], isFirstApply: boolean): readonly string[] {
  const ids: readonly ChangeId[] = [...changeIdsOf(plan.operations)];
  const wanted = new Set<Field>([...ids.flatMap(fieldsOf), ...rules.map((rule) => fieldOfRule(rule) as Field), ...later.map(datedField)]);
  const isMaker = (step: Step) => touchedBy(step).some((field) => wanted.has(field)) || (ids.length > 0 && step.rules.some(opensScope));
  const concerned = groupsOf(steps).flatMap((group, position) => ((isFirstApply && position === 0) || group.some(isMaker) ? group : []));
  const merged = concerned.flatMap(({ commit: { pulls } }) => pulls);
  const committed = [...concerned.map(({ commit }) => commit), ...merged.flatMap(({ commits }) => commits)];
  return [...merged.map(({ author }) => author), ...committed.flatMap(({ people }) => people)];
}

function touchedBy({ fields, days, rules }: Step): readonly Field[] {
  return [...fields, ...days, ...rules.flatMap(ruleFields)];
}

/** Somebody who is no longer ignored can be changed by entries that were there before. */
function opensScope({ rule }: ChangedRule): boolean {
  return rule.startsWith('ignore');
}

/** Each valid commit with the invalid ones before it. */
function groupsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  let isOpen = false;
  for (const step of steps) {
    const last = groups.at(-1);
    if (isOpen && last) last.push(step);
    else groups.push([step]);
    isOpen = step.commit.declaration === undefined;
  }
  return groups;
}
