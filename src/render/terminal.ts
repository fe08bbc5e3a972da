import { isEmpty, type Plan } from '../model/plan.ts';
import { safe } from './escape.ts';
import { expiryLines, guardLines, incompleteLines, seatLines, selectionLines, undeclaredLines } from './notices.ts';
import { lineColumns, paint, piece, wrap, type Line, type Look } from './line.ts';
import { planRows } from './rows.ts';
import { rowLines } from './row-lines.ts';
import { agrees, changesOf, nothingText, pendingText } from './totals.ts';

/**
 * The plan for people, in Terraform's conventions: every change with its cause, then counts, seats with their cost, guards, the undeclared and what
 * ends soon; the last line of a part of a plan says what that leaves out.
 * Its diagnostics are not in it: whoever has the source lines shows them.
 */
export function renderPlan(plan: Plan, look: Look): string {
  const { color, width } = look;
  const sections = [
    ...(isEmpty(plan) ? [[[piece(nothingText(plan), 'bold')]]] : changeSections(plan, look)),
    ...(agrees(plan) ? [undeclaredLines(plan)] : []),
    guardLines(plan),
    incompleteLines(plan),
    ...(agrees(plan) ? [] : [undeclaredLines(plan)]),
    expiryLines(plan),
    selectionLines(plan),
  ].filter((section) => section.length > 0);
  return sections
    .map((section) =>
      paint(
        section.flatMap((line) => wrap(line, width, hangOf(line))),
        color,
      ),
    )
    .join('\n');
}

function changeSections(plan: Plan, look: Look): readonly (readonly Line[])[] {
  const rows = planRows(plan);
  return [
    [[piece(`Planned changes, as of ${safe(plan.asOf)}:`)]],
    ...rows.map((row) => rowLines(row, look)),
    [[piece('Plan: ', 'bold'), piece(`${pendingText(changesOf(rows.map(({ id }) => id)))}.`)], ...seatLines(plan)],
  ];
}

/** How far the continuations of a broken line are set in: past its own margin. */
function hangOf(line: Line): number {
  const text = line.map((part) => part.text).join('');
  return lineColumns([piece(/^\s*/.exec(text)?.[0] ?? '')]) + 2;
}
