import type { YAMLException } from 'js-yaml';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import type { Lines } from './lines.ts';
import { openerAt } from './opener.ts';
import { errorAt, quoted } from './report.ts';

/** Messages that more than one check gives. */
export const secondColon = 'a second colon on one line';
const tabMessage = 'a tab is used for indentation';
const tabDetails = { label: 'this is a tab', help: 'indent with spaces' };

/** What the parser says, and what it means to somebody who did not write the parser. The first that fits is taken. */
const sentences: readonly (readonly [RegExp, string, string?])[] = [
  [/double quoted|single quoted/, 'the quote that is opened here is never closed', 'close it at the end of the text'],
  [/missed comma/, 'a comma is missing between two entries', 'separate entries by commas, or close the bracket before this place'],
  [/found ','/, 'a value is missing before this comma', 'remove the comma'],
  [/key-value separator/, 'a space is missing after the colon', 'write `key: value`'],
  [
    /after a mapping key|multiline key/,
    'this line is not `key: value`',
    'write `key: value`, or indent the line to continue the one above',
  ],
  [/indentation of a sequence/, 'this list entry does not stand under the others', 'start each `-` of a list in the same column'],
  [/indentation of a mapping/, 'this line does not stand under the keys it belongs to', 'start the keys of one entry in the same column'],
  [/deficient indentation/, 'this line must be indented deeper', 'indent text that continues a value by more than the line it began on'],
  [/escape sequence|hexadecimal/, 'this escape is unknown', 'write a backslash as `\\\\`, or use single quotes'],
  [/non-printable|JSON character/, 'this character cannot be printed', 'remove the character'],
  [
    /alias|anchor/,
    'this anchor or alias is not complete',
    'put text that begins with `*` or `&` in quotes; or write `&name` before a value and `*name` to repeat it',
  ],
  [
    /indentation width|chomping|line break is expected/,
    'this block of text has a faulty first line',
    'write `|` or `>-` at the end of the line',
  ],
];

/** The diagnostic for the first syntax error of a file: the place as exact as it can be had, and a sentence that says what to mend. */
export function syntaxError(error: YAMLException, text: string, lines: Lines): Diagnostic {
  const position = Math.min(error.mark?.position ?? 0, text.length);
  const here = lines.span(position, position + 1);
  const { reason } = error;
  if (reason.includes('null byte')) return errorAt(here, 'E002', 'the file is not text: it contains a zero byte');
  if (reason.includes('nesting exceeded')) return errorAt(here, 'E006', 'the document is nested deeper than 100 levels');
  if (/\btag\b/i.test(reason))
    return errorAt(here, 'E005', 'tags are not accepted', { help: 'remove the tag: configuration is plain data' });
  const tab = tabBefore(text, position);
  if (tab !== undefined) return errorAt(lines.span(tab, tab + 1), 'E004', tabMessage, tabDetails);
  const opener = openerAt(text, position);
  if (opener && /end of the (?:stream|document)|deficient/.test(reason)) {
    const kind = opener.sign === '[' || opener.sign === '{' ? 'bracket' : 'quote';
    return errorAt(lines.span(opener.offset, opener.offset + 1), 'E004', `the ${kind} that is opened here is never closed`, {
      label: `close this ${opener.sign}`,
      also: [{ at: here, message: 'the reader gave up here' }],
    });
  }
  const isBracket = opener !== undefined && '[{'.includes(opener.sign);
  const also = isBracket ? { also: [{ at: lines.span(opener.offset, opener.offset + 1), message: 'in what is opened here' }] } : {};
  if (/mapping key|multiline key/.test(reason)) return notAPair(text, position, lines);
  if (/bad indentation/.test(reason)) return outOfPlace(text, position, here, lines);
  const [, message = 'this is not valid YAML here', help = 'check the indentation and the quotes of this line and the one above'] =
    sentences.find(([pattern]) => pattern.test(reason)) ?? [];
  return errorAt(here, 'E004', message, { help, ...also });
}

/** Something that cannot stand where it does: a second colon, a sign that starts no text, or a line in the wrong column. */
function outOfPlace(text: string, position: number, here: Span, lines: Lines): Diagnostic {
  const sign = text.charAt(position);
  const line = text.slice(lineStart(text, position), position);
  if (sign === ':' && /:\s/.test(line)) return errorAt(here, 'E004', secondColon, { help: 'put text that contains a colon in quotes' });
  if (/[@`%\]},|>&*!]/.test(sign)) {
    return errorAt(here, 'E004', `text cannot start with ${quoted(sign)} without quotes`, { help: 'put the text in quotes' });
  }
  if (sign !== ':' && indicators(line) < line.length) {
    return errorAt(here, 'E004', 'something follows the value on this line', { help: 'put the whole text in quotes' });
  }
  if (sign === '-') {
    const help = 'start each `-` of a list in the same column';
    return errorAt(here, 'E004', 'this list entry does not stand under the others', { help });
  }
  const help = 'start the keys of one entry in the same column';
  const content = position - line.trimStart().length;
  const at = sign === ':' ? lines.span(content, position) : here;
  return errorAt(at, 'E004', 'this line does not stand under the keys it belongs to', { help });
}

/** A line without `key: value`; the parser notices it at the next line that has one. */
function notAPair(text: string, position: number, lines: Lines): Diagnostic {
  const before = text.slice(0, lineStart(text, position)).trimEnd();
  const isHere = text.slice(lineStart(text, position), position).trim() !== '' && !/^\s*:/.test(text.slice(position));
  const end = isHere ? position : before.length;
  const start = lineStart(text, end) + indicators(text.slice(lineStart(text, end), end));
  const help = /:\S/.test(text.slice(start, end))
    ? 'put a space after the colon'
    : 'write `key: value`, or put text of several lines in quotes';
  return errorAt(lines.span(start, end), 'E004', 'this line is not `key: value`', { help });
}

/** The first line that begins with a tab, or with spaces and a tab: some readers accept it in places where others do not. */
export function tabIndentation(text: string, lines: Lines): Diagnostic | undefined {
  if (!text.includes('\t')) return undefined;
  const found = /^[ -]*\t/m.exec(text);
  if (!found) return undefined;
  const at = found.index + found[0].length - 1;
  return errorAt(lines.span(at, at + 1), 'E004', tabMessage, tabDetails);
}

/** The first tab in the indentation of the line that holds `position`. */
function tabBefore(text: string, position: number): number | undefined {
  const start = lineStart(text, position);
  const tab = /^[ \t]*/.exec(text.slice(start, position + 1))?.[0].indexOf('\t') ?? -1;
  return tab === -1 ? undefined : start + tab;
}

function lineStart(text: string, position: number): number {
  return position === 0 ? 0 : text.lastIndexOf('\n', position - 1) + 1;
}

/** How much of a line is indentation and the signs that may stand before its content, `- ` and `? `. */
function indicators(line: string): number {
  let length = 0;
  while (length < line.length && (line.charAt(length) === ' ' || /^[-?] /.test(line.slice(length, length + 2)))) length += 1;
  return length;
}
