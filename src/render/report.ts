import type { OperationResult, Report } from '../model/event.ts';
import { safe } from './escape.ts';
import { paint, piece, wrap, type Line, type Look } from './line.ts';
import { nameText, namedBy } from './name.ts';
import { changesOf } from './totals.ts';

/** How an apply ended, for people: counts, and a row with its reason for each operation that is not done. */
export function renderReport(report: Report, { color, width }: Look): string {
  const rows = report.rows.filter(({ fate }) => fate !== 'succeeded');
  const lines = report.complete ? [completeLine(report)] : [incompleteLine(report), ...rows.map(rowLine), againLine];
  return paint(
    lines.flatMap((line) => wrap(line, width, 4)),
    color,
  );
}

const againLine: Line = [piece('Run it again to finish the rest.')];

function completeLine({ rows }: Report): Line {
  const done = changesOf(rows.filter(({ fate }) => fate === 'succeeded').map(({ operation }) => operation));
  const deleted = done.delete > 0 ? `, ${done.delete} deleted` : '';
  return [
    piece('Apply complete!', 'green', 'bold'),
    piece(` ${done.create} created, ${done.change} changed, ${done.deactivate} deactivated${deleted}.`),
  ];
}

function incompleteLine({ planned, succeeded, failed, held, skipped, interrupted }: Report): Line {
  const untouched = planned - succeeded - failed - held - skipped;
  const parts: readonly (readonly [number, string])[] = [
    [failed, 'failed'],
    [held, 'held'],
    [skipped, 'skipped'],
    [untouched, 'not started'],
  ];
  const rest = parts.filter(([number]) => number > 0).map(([number, fate]) => `, ${number} ${fate}`);
  const end = interrupted ? ' It was interrupted.' : '';
  return [piece('Apply incomplete:', 'red', 'bold'), piece(` ${succeeded} of ${planned} done${rest.join('')}.${end}`)];
}

function rowLine({ operation, fate, reasons }: OperationResult): Line {
  const { action, kind, name } = namedBy(operation);
  const hue = fate === 'failed' ? 'red' : 'yellow';
  const why = reasons.length === 0 ? '' : `: ${[...new Set(reasons)].map(safe).join('; ')}`;
  return [piece('  '), piece(fate, hue), piece(` ${action} ${nameText(kind, name)}${why}`)];
}
