import type { OperationResult, Report } from '../model/event.ts';
import { safe } from './escape.ts';
import { paint, piece, wrap, type Line, type Look } from './line.ts';
import { nameText, namedBy } from './name.ts';
import { changesOf } from './totals.ts';

/** How an apply ended, for people: counts, and a row with its reason for each operation that is not done. */
export function renderReport(report: Report, { color, width }: Look): string {
  const rows = report.rows.filter(({ fate }) => fate !== 'succeeded');
  const lines = report.complete
    ? [completeLine(report)]
    : [
        incompleteLine(report),
        ...rows.map(rowLine),
        ...(report.omitted ? [omittedLine] : []),
        ...(report.harmed ? [harmLine] : rows.length > 0 ? [againLine] : []),
      ];
  return paint(
    lines.flatMap((line) => wrap(line, width, 4)),
    color,
  );
}

const againLine: Line = [piece('What is done stays done: run it again, and only the rest is tried.')];
const omittedLine: Line = [piece('Not all that the configuration asks for was in the plan: the errors above say what.')];
const harmLine: Line = [
  piece('A change did more than it was asked. Restore what is named above before you run it again: it would happen again.', 'red'),
];

function completeLine({ rows }: Report): Line {
  const done = changesOf(rows.filter(({ fate }) => fate === 'succeeded').map(({ operation }) => operation));
  const deleted = done.delete > 0 ? `, ${done.delete} deleted` : '';
  return [
    piece('Apply complete!', 'green', 'bold'),
    piece(` ${done.create} created, ${done.change} changed, ${done.deactivate} deactivated${deleted}.`),
  ];
}

function incompleteLine({ planned, succeeded, failed, held, skipped, interrupted, omitted }: Report): Line {
  const untouched = planned - succeeded - failed - held - skipped;
  const parts: readonly (readonly [number, string])[] = [
    [failed, 'failed'],
    [held, 'held'],
    [skipped, 'skipped'],
    [untouched, 'not started'],
  ];
  const rest = parts.filter(([number]) => number > 0).map(([number, fate]) => `, ${number} ${fate}`);
  if (rest.length === 0 && omitted) rest.push(', the rest was not in the plan');
  const end = interrupted ? ' It was interrupted.' : '';
  return [piece('Apply incomplete:', 'red', 'bold'), piece(` ${succeeded} of ${planned} done${rest.join('')}.${end}`)];
}

function rowLine({ operation, fate, edits, done, reasons }: OperationResult): Line {
  const { action, kind, name } = namedBy(operation);
  const hue = fate === 'failed' ? 'red' : 'yellow';
  const work = action === 'put' || action === 'patch' ? 'change' : action;
  const part = done > 0 && done < edits ? ` (${done} of ${edits} edits are done)` : '';
  const why = reasons.length === 0 ? '' : `: ${[...new Set(reasons)].map(safe).join('; ')}`;
  return [piece('  '), piece(part === '' ? fate : `partly ${fate}`, hue), piece(` ${work} ${nameText(kind, name)}${part}${why}`)];
}
