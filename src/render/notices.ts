import { isEmpty, type Kind, type Plan, type Verdict } from '../model/plan.ts';
import { safe } from './escape.ts';
import { piece, type Line } from './line.ts';
import { bare, nameText } from './name.ts';
import { seatTexts, undeclaredGroups, undeclaredUsers } from './totals.ts';

/** How many undeclared objects are named. */
const mostNamed = 10;

/** The seats before and after, or nothing where no seat is counted. */
export function seatLine(plan: Plan): Line | undefined {
  const seats = seatTexts(plan);
  return seats.length === 0 ? undefined : [piece('Seats (seen by SCIM): ', 'bold'), piece(seats.join(', '))];
}

/** The guards that warn, then those that block, and what a block means. */
export function guardLines({ guards }: Plan): readonly Line[] {
  const warnings = guards.filter(({ outcome }) => outcome === 'warn');
  const blocks = guards.filter(({ outcome }) => outcome === 'block');
  return [
    ...warnings.map((verdict): Line => [piece('Warning', 'yellow', 'bold'), piece(` (${guardText(verdict)}): ${safe(verdict.message)}`)]),
    ...blocks.map((verdict): Line => [piece('Blocked', 'red', 'bold'), piece(` (${guardText(verdict)}): ${safe(verdict.message)}`, 'red')]),
    ...(blocks.length > 0 ? [[piece('This plan cannot be applied as it is.', 'red', 'bold')]] : []),
  ];
}

/** `deactivations 45, limit 42`, safe to print. */
export function guardText({ guard, count, limit }: Verdict): string {
  return `${bare(guard)} ${count}${limit === undefined ? '' : `, limit ${limit}`}`;
}

/** That a plan leaves something out, where it does. */
export function incompleteLines(plan: Plan): readonly Line[] {
  if (plan.complete || isEmpty(plan)) return [];
  return [[piece('Incomplete: ', 'yellow', 'bold'), piece('not all that the configuration asks for is in this plan.')]];
}

/** Who is live and not declared: how many, and the first names. */
export function undeclaredLines(plan: Plan): readonly Line[] {
  const users = undeclaredUsers(plan);
  const groups = undeclaredGroups(plan);
  return [
    ...(users === undefined || (isEmpty(plan) && plan.complete) ? [] : [[piece(`${users}:`)]]),
    ...namesOf(plan, 'user'),
    ...(groups === undefined ? [] : [[piece(`${groups}:`)]]),
    ...namesOf(plan, 'group'),
  ];
}

function namesOf({ unmanaged }: Plan, kind: Kind): readonly Line[] {
  const all = unmanaged.filter((object) => object.kind === kind);
  const named = all.slice(0, mostNamed).map(({ name, seat }): Line => {
    return [piece(`  ${nameText(kind, name)}`), piece(seat === undefined ? '' : ` (${bare(seat)})`, 'dim')];
  });
  return all.length > mostNamed ? [...named, [piece(`  and ${all.length - mostNamed} more`)]] : named;
}
