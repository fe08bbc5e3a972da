import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { errorAt } from './report.ts';

/** The most that a file may hold: 64 MiB. */
export const largestFile = 64 * 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** The text of a file, without a byte order mark; or why it is no text in UTF-8. `path` is how the file is shown. */
export function decode(path: string, bytes: Uint8Array): string | Diagnostic {
  const start: Span = { file: path, line: 1, column: 1, length: 1 };
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return errorAt(start, 'E002', 'the file is UTF-16, not UTF-8', { help: 'save the file as UTF-8' });
  const zero = bytes.indexOf(0);
  if (zero !== -1) {
    const at = { ...start, line: lineOf(bytes, zero) };
    return errorAt(at, 'E002', 'the file is not text: it contains a zero byte', { help: 'configuration is YAML in UTF-8' });
  }
  try {
    return utf8.decode(bytes);
  } catch {
    return errorAt(firstFault(path, bytes), 'E002', 'the file is not UTF-8: this character cannot be read', {
      help: 'save the file as UTF-8',
    });
  }
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < offset; at = bytes.indexOf(10, at + 1)) line += 1;
  return line;
}

/** The place of the first byte that is no UTF-8; no character of UTF-8 goes over the end of a line, so that each line can be tried alone. */
function firstFault(path: string, bytes: Uint8Array): Span {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: false });
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(10, start);
    const piece = bytes.subarray(start, end === -1 ? bytes.length : end);
    try {
      utf8.decode(piece);
    } catch {
      const column = lenient.decode(piece).indexOf('\uFFFD') + 1;
      return { file: path, line, column: Math.max(1, column), length: 1 };
    }
    start += piece.length + 1;
  }
  return { file: path, line: 1, column: 1, length: 1 };
}
