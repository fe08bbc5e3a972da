import { styleText } from 'node:util';
import { cells, columns } from './width.ts';

export type Style = NonNullable<Extract<Parameters<typeof styleText>[0], string>>;

/** How text is to look. `width` is that of the terminal in columns; without it no line is broken. */
export interface Look {
  readonly color: boolean;
  readonly width?: number;
}

/** A stretch of text that is already safe, and how it looks where there is colour. */
export interface Piece {
  readonly text: string;
  readonly style?: readonly Style[];
}

/** One line of output. */
export type Line = readonly Piece[];

/** A piece of safe text. */
export function piece(text: string, ...style: readonly Style[]): Piece {
  return style.length === 0 ? { text } : { text, style };
}

/** How many columns a line fills. */
export function lineColumns(line: Line): number {
  return line.reduce((sum, { text }) => sum + columns(text), 0);
}

/** The lines as text, each ended by a line feed. No line is a command to a CI runner, whatever stands in it. */
export function paint(lines: readonly Line[], color: boolean): string {
  return lines.map((line) => `${paintLine(line, color)}\n`).join('');
}

/** One line as text, without a line feed; promises what `paint` promises. */
export function paintLine(line: Line, color: boolean): string {
  return disarmed(line)
    .map(({ text, style }) => (color && style && text !== '' ? styleText([...style], text, { validateStream: false }) : text))
    .join('');
}

/** What makes a line a command to a runner although its pieces are safe: `::` at its start, even after blanks, and `##name[` anywhere. */
const trigger = /(?<=^\s*):|(?<=#)#(?=\w*\[)/g;

function disarmed(line: Line): Line {
  const text = line.map((part) => part.text).join('');
  const places = new Set(Array.from(text.matchAll(trigger), ({ index }) => index));
  if (places.size === 0) return line;
  let start = 0;
  return line.map(({ text, style }) => {
    const from = start;
    start += text.length;
    const shown = text.replace(/[:#]/g, (sign, index: number) => (places.has(from + index) ? `\\u{${sign === ':' ? '3a' : '23'}}` : sign));
    return piece(shown, ...(style ?? []));
  });
}

/**
 * Breaks a line at single blanks so that no line fills more than `width` columns; continuations start with `indent` blanks. A word that is too
 * long is broken between characters, and nothing is lost but the blank at a break. No width: no break.
 */
export function wrap(line: Line, width: number | undefined, indent: number): readonly Line[] {
  if (width === undefined || lineColumns(line) <= width) return [line];
  const atoms = line.flatMap(({ text, style }) => cells(text).map(({ text, columns }) => ({ text, columns, style })));
  const room = Math.max(width - indent, 8);
  const rows: Line[] = [];
  let start = 0;
  while (start < atoms.length) {
    const first = rows.length === 0;
    const end = fitting(atoms, start, first ? room + indent : room);
    const gap = end === atoms.length ? -1 : lastBreak(atoms, start + (first ? indent : 0), end);
    const stop = gap === -1 ? end : gap;
    rows.push([...(first ? [] : [piece(' '.repeat(indent))]), ...joined(atoms.slice(start, stop))]);
    start = gap === -1 ? end : gap + 1;
  }
  return rows;
}

interface Atom {
  readonly text: string;
  readonly columns: number;
  readonly style: readonly Style[] | undefined;
}

/** The index of the first atom from `start` on that has no room; at least one atom has. */
function fitting(atoms: readonly Atom[], start: number, room: number): number {
  let used = 0;
  for (let index = start; index < atoms.length; index += 1) {
    used += atoms[index]?.columns ?? 0;
    if (used > room && index > start) return index;
  }
  return atoms.length;
}

/** The last single blank after `start`, at most at `end`; -1 if there is none. */
function lastBreak(atoms: readonly Atom[], start: number, end: number): number {
  for (let index = end; index > start; index -= 1) {
    if (atoms[index]?.text === ' ' && atoms[index - 1]?.text !== ' ' && atoms[index + 1]?.text !== ' ') return index;
  }
  return -1;
}

function joined(atoms: readonly Atom[]): Line {
  const pieces: { text: string; style: readonly Style[] | undefined }[] = [];
  for (const { text, style } of atoms) {
    const last = pieces.at(-1);
    if (last && last.style === style) last.text += text;
    else pieces.push({ text, style });
  }
  return pieces.map(({ text, style }) => piece(text, ...(style ?? [])));
}
