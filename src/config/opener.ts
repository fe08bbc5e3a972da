/**
 * Finds the bracket or quote that is open at a place of a broken text. The parser notices a missing bracket only where the text goes on
 * differently, often many lines later; the user looks for the one that was opened. This reads as much of YAML as that needs: comments, quotes,
 * brackets where a value may start, and block scalars, which may hold anything.
 */
export interface Opener {
  readonly offset: number;
  readonly sign: string;
}

/** The innermost bracket or quote that is open at `position`, or undefined if there is none. */
export function openerAt(text: string, position: number): Opener | undefined {
  const open: Opener[] = [];
  let atNode = true;
  const columnOf = columnsOf(text);
  let column = 0;
  let index = 0;
  while (index < position) {
    const sign = text.charAt(index);
    const isLast = isSpace(text.charAt(index + 1));
    if (sign === '\n') atNode ||= open.length === 0;
    else if (sign === '#' && (index === 0 || isSpace(text.charAt(index - 1)))) index = endOfLine(text, index) - 1;
    else if (isSpace(sign)) {
      // Space changes nothing.
    } else if (open.length > 0 && (sign === ']' || sign === '}')) {
      open.pop();
      atNode = false;
    } else if (open.length > 0 && sign === ',') atNode = true;
    else if (sign === ':' && (isLast || !atNode)) atNode ||= isLast;
    else if (sign === '[' || sign === '{') {
      if (atNode || open.length > 0) open.push({ offset: index, sign });
      atNode ||= open.length > 0;
    } else if (atNode && (sign === '"' || sign === "'")) {
      const end = endOfQuote(text, index);
      if (end >= position) return { offset: index, sign };
      column = columnOf(index);
      atNode = false;
      index = end;
    } else if (atNode && open.length === 0 && (sign === '|' || sign === '>')) {
      index = endOfBlock(text, index, column) - 1;
    } else if (atNode && open.length === 0 && (sign === '-' || sign === '?') && isLast) column = columnOf(index);
    else if (atNode && (sign === '&' || sign === '!')) index = endOfWord(text, index) - 1;
    else if (atNode) {
      column = columnOf(index);
      atNode = false;
    }
    index += 1;
  }
  return open.at(-1);
}

function isSpace(sign: string): boolean {
  return sign === ' ' || sign === '\t' || sign === '\n' || sign === '\r' || sign === '';
}

/** Tells the column of places that only move forward, so that a long line is searched once for its end and not at every place. */
function columnsOf(text: string): (index: number) => number {
  let start = 0;
  let end = endOfLine(text, 0);
  return (index) => {
    while (end < index) {
      start = end + 1;
      end = endOfLine(text, start);
    }
    return index - start;
  };
}

function endOfLine(text: string, index: number): number {
  const end = text.indexOf('\n', index);
  return end === -1 ? text.length : end;
}

function endOfWord(text: string, index: number): number {
  let end = index;
  while (!isSpace(text.charAt(end))) end += 1;
  return end;
}

/** The index of the closing quote; past the text if there is none. */
function endOfQuote(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let index = start + 1; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (sign === '\\' && quote === '"') index += 1;
    else if (sign === quote && quote === "'" && text.charAt(index + 1) === quote) index += 1;
    else if (sign === quote) return index;
  }
  return text.length;
}

/** The end of the last line that belongs to a block scalar: its lines are blank or stand deeper than what holds it. */
function endOfBlock(text: string, start: number, column: number): number {
  let end = endOfLine(text, start);
  while (end < text.length) {
    const next = endOfLine(text, end + 1);
    const line = text.slice(end + 1, next);
    if (line.trim() !== '' && line.search(/[^ ]/) <= column) break;
    end = next;
  }
  return end;
}
