/**
 * YAML that the reader accepts and that is refused all the same: the library that reads and the one that writes (and with it other tools)
 * make different values of it, or one of them gives up. Each check is a case that was found by reading the same text with both.
 */
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Lines } from './lines.ts';
import { errorAt } from './report.ts';
import { secondColon } from './syntax.ts';
import type { NodeId, Tree } from './tree.ts';

/** An anchor that runs into its value: `&a[x]`. */
export function anchorFault(tree: Tree, start: number, end: number): Diagnostic | undefined {
  if (end >= tree.text.length || /[\s,\]}]/.test(tree.text.charAt(end))) return undefined;
  return errorAt(tree.lines.span(start - 1, end), 'E004', 'a space is missing after this anchor', { help: 'write `&name value`' });
}

/** A mapping in block style that begins on the line of its key: `a: &b c: d`. */
export function compactFault(tree: Tree, key: NodeId, mapping: NodeId): Diagnostic | undefined {
  if (tree.text.slice(tree.end[key], tree.start[mapping]).includes('\n')) return undefined;
  return errorAt(tree.span(mapping), 'E004', secondColon, { help: 'begin the mapping on a line of its own' });
}

/** A key that follows something else on its line: `- [a] key: value`. */
export function keyFault(tree: Tree, key: NodeId): Diagnostic | undefined {
  let before = (tree.start[key] ?? 0) - 1;
  while (tree.text.charCodeAt(before) === 0x20) before -= 1;
  if (before < 0 || '\n?'.includes(tree.text.charAt(before))) return undefined;
  return errorAt(tree.span(key), 'E004', 'something else stands before this key', { help: 'begin the key on a line of its own' });
}

/** A comment between a key and a value that stands on a line further down. */
export function commentFault(tree: Tree, key: NodeId, value: NodeId): Diagnostic | undefined {
  const [from = 0, to = 0] = [tree.end[key], tree.start[value]];
  if (to - from < 4) return undefined;
  const comment = /\n#|\s#.*\n/.exec(tree.text.slice(from, to));
  if (!comment) return undefined;
  const start = from + comment.index + 1;
  const message = 'a comment between a key and its value is read differently by readers of YAML';
  return errorAt(tree.lines.span(start, start + 1), 'E007', message, { help: 'move the comment above the key' });
}

/** Text of several lines that is nothing but space. */
export function blankFault(tree: Tree, node: NodeId, text: string): Diagnostic | undefined {
  if (!/^[ \n]+$/.test(text)) return undefined;
  return errorAt(tree.span(node), 'E007', 'text of nothing but space is read differently by readers of YAML', { help: 'write ""' });
}

/** Escapes in the text between `start` and `end` that name no character, or join lines over a blank one. */
export function escapeFaults(text: string, lines: Lines, start: number, end: number): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const escape = /\\(?:U([0-9a-fA-F]{8})|(\r?\n[ \t]*\r?\n)|[^])/g;
  for (const { 0: whole, 1: code, 2: blank, index } of text.slice(start, end).matchAll(escape)) {
    const at = lines.span(start + index, start + index + whole.length);
    if (Number.parseInt(code ?? '0', 16) > 0x10ffff) {
      found.push(errorAt(at, 'E004', 'this escape names no character', { help: 'the last character is \\U0010FFFF' }));
    } else if (blank !== undefined) {
      const message = 'a blank line after an escaped line end is read differently by readers of YAML';
      found.push(errorAt(at, 'E007', message, { help: 'write the text on one line' }));
    }
  }
  return found;
}
