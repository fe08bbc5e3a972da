import type { Kind } from '../model/operation.ts';
import { isEmpty, type Cost, type Plan, type Verdict } from '../model/plan.ts';
import { budgetedSeats, budgetText } from './budgets.ts';
import { safe } from './escape.ts';
import { endingsOf } from './expiries.ts';
import { piece, type Line } from './line.ts';
import { costTexts } from './money.ts';
import { bare, nameText } from './name.ts';
import { agrees, isWhole, notShownText, seatTexts, undeclaredGroups, undeclaredUsers } from './totals.ts';
import { columns } from './width.ts';

/** How many undeclared objects are named. */
const mostNamed = 10;

/** What ends soon stands in columns, unless a text is wider than this. */
const widestAligned = 40;

/** The seats before and after, what the change costs, and how budgets are used; a line each, and none for what is not known. */
export function seatLines(plan: Plan): readonly Line[] {
  const seats = seatTexts(plan);
  return [
    ...(seats.length === 0 ? [] : [[piece('Seats (seen by SCIM): ', 'bold'), piece(seats.join(', '))]]),
    ...(plan.cost === undefined ? [] : [[piece('Cost: ', 'bold'), piece(`${costTexts(plan.cost).join(', ')}${caveat(plan.cost)}.`)]]),
    ...plan.budgets.map((budget): Line => {
      const uses = budgetedSeats([budget]).map((seat) => `${seat} ${budgetText(budget, seat) ?? ''}`);
      return [piece(`Budget ${bare(budget.name)}: `, 'bold'), piece(uses.join(', '))];
    }),
  ];
}

/** What is saved by prices is saved in truth once the seats can be given back. */
function caveat({ monthly }: Cost): string {
  return monthly < 0 ? ', as far as Figma takes seats back before the term ends' : '';
}

/** The guards that warn, then those that block, and what a block means. */
export function guardLines({ guards }: Plan): readonly Line[] {
  const warnings = guards.filter(({ outcome }) => outcome === 'warn');
  const blocks = guards.filter(({ outcome }) => outcome === 'block');
  return [
    ...warnings.map((verdict): Line => [piece(`Warning${dayText(verdict)}`, 'yellow', 'bold'), piece(factText(verdict))]),
    ...blocks.map((verdict): Line => [piece(`Blocked${dayText(verdict)}`, 'red', 'bold'), piece(factText(verdict), 'red')]),
    ...(blocks.length > 0 ? [[piece('This plan cannot be applied as it is.', 'red', 'bold')]] : []),
  ];
}

function factText(verdict: Verdict): string {
  return ` (${guardText(verdict)}): ${safe(verdict.message)}`;
}

/** ` on 2026-12-01` where a verdict is about a day to come, safe to print. */
function dayText({ day }: Verdict): string {
  return day === undefined ? '' : ` on ${safe(day)}`;
}

/** `deactivations 45, limit 42`, safe to print. */
export function guardText({ guard, count, limit }: Verdict): string {
  return `${bare(guard)} ${count}${limit === undefined ? '' : `, limit ${limit}`}`;
}

/** That a plan leaves out something that could not be planned, where it does. */
export function incompleteLines(plan: Plan): readonly Line[] {
  if (plan.unresolved === 0 || isEmpty(plan)) return [];
  return [[piece('Incomplete: ', 'yellow', 'bold'), piece('not all that the configuration asks for is in this plan.')]];
}

/** The grants that end soon, each with what follows and where it is written. */
export function expiryLines(plan: Plan): readonly Line[] {
  const endings = endingsOf(plan);
  if (endings.length === 0) return [];
  const [users, changes] = [widest(endings.map(({ user }) => user)), widest(endings.map(({ what }) => what))];
  return [
    [piece('Ending within 7 days:')],
    ...endings.map(({ day, user, what, origin }): Line => {
      return [piece(`  ${day}  ${padded(user, users)}  ${padded(what, changes)}`), piece(`  # ${origin}`, 'dim')];
    }),
  ];
}

/** Who is live and not declared: how many, and the first names. */
export function undeclaredLines(plan: Plan): readonly Line[] {
  const users = undeclaredUsers(plan);
  const groups = undeclaredGroups(plan);
  return [
    ...(users === undefined || agrees(plan) ? [] : [[piece(`${users}:`)]]),
    ...namesOf(plan, 'user'),
    ...(groups === undefined ? [] : [[piece(`${groups}:`)]]),
    ...namesOf(plan, 'group'),
  ];
}

/** That only a part was asked for, and how much that leaves out. */
export function selectionLines({ selection }: Plan): readonly Line[] {
  if (selection === undefined || isWhole(selection)) return [];
  return [[piece(`${notShownText(selection).title}: `, 'yellow', 'bold'), piece(notShownText(selection).text)]];
}

function namesOf({ unmanaged }: Plan, kind: Kind): readonly Line[] {
  const all = unmanaged.filter((object) => object.kind === kind);
  const named = all.slice(0, mostNamed).map(({ name, seat }): Line => {
    return [piece(`  ${nameText(kind, name)}`), piece(seat === undefined ? '' : ` (${bare(seat)})`, 'dim')];
  });
  return all.length > mostNamed ? [...named, [piece(`  and ${all.length - mostNamed} more`)]] : named;
}

function widest(texts: readonly string[]): number {
  return texts.map(columns).reduce((most, size) => (size <= widestAligned ? Math.max(most, size) : most), 0);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - columns(text), 0));
}
