import { type Event, EVENT_ID, YAMLException, parseEvents } from 'js-yaml';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceFile } from '../model/declaration.ts';
import { Builder } from './builder.ts';
import { Lines } from './lines.ts';
import { errorAt } from './report.ts';
import { syntaxError, tabIndentation } from './syntax.ts';
import type { Tree } from './tree.ts';

/** A document with what was refused of it; without a tree where nothing of it can be read. */
export interface Reading {
  readonly tree?: Tree;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads one YAML document of the core schema of YAML 1.2 as plain data, in one pass over the parser's events. Never throws for what the text holds. */
export function readYaml(file: SourceFile): Reading {
  const { path } = file;
  const text = file.text.replace(/^\uFEFF/, '');
  const lines = new Lines(path, text);
  const refusal = refusedOutright(text, lines);
  if (refusal) return { diagnostics: [refusal] };
  const tab = tabIndentation(text, lines);
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: 101 });
  } catch (error) {
    const syntax = parserError(error, text, lines);
    const isTabFirst = tab?.at !== undefined && tab.at.line <= (syntax.at?.line ?? Infinity);
    return { diagnostics: [isTabFirst ? tab : syntax] };
  }
  if (tab) return { diagnostics: [tab] };
  if (events.length === 0) {
    return { diagnostics: [errorAt(lines.span(0, 1), 'E008', 'the file is empty', { help: 'start the file with `version: 1`' })] };
  }
  const builder = new Builder(path, text, events.length);
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index] as Event;
    if (builder.add(index, event)) continue;
    if (event.type === EVENT_ID.DOCUMENT) break;
    return { diagnostics: builder.diagnostics };
  }
  return { tree: builder.tree, diagnostics: builder.diagnostics };
}

function parserError(error: unknown, text: string, lines: Lines): Diagnostic {
  if (error instanceof YAMLException) return syntaxError(error, text, lines);
  if (error instanceof RangeError) return errorAt(lines.span(0, 1), 'E006', 'the document is nested too deep to be read');
  throw error;
}

/** Where a directive stands before the document, behind comments and blank lines; -1 if there is none. */
function directiveStart(text: string): number {
  for (let start = 0; start < text.length; start = text.indexOf('\n', start) + 1 || text.length) {
    if (text.startsWith('%', start)) return start;
    let content = start;
    while (' \t\r'.includes(text.charAt(content)) && content < text.length) content += 1;
    if (!'\n#'.includes(text.charAt(content))) return -1;
  }
  return -1;
}

/** What makes a file unreadable before it is parsed: what stands before a document, and signs that only some readers take for line ends. */
function refusedOutright(text: string, lines: Lines): Diagnostic | undefined {
  const start = directiveStart(text);
  if (start !== -1) {
    const end = start + (/^\S*/.exec(text.slice(start, start + 80))?.[0].length ?? 1);
    return errorAt(lines.span(start, end), 'E005', 'directives are not accepted', { help: 'remove the line: configuration is plain data' });
  }
  const indented = /^(?:[ \t]+(?:---|%)|[ \t]*\.\.\.(?=\s))/.exec(text);
  if (indented) {
    const at = lines.span(0, indented[0].length);
    return errorAt(at, 'E004', 'a document marker does not belong here', { help: 'start the file with `version: 1`' });
  }
  const end = text.indexOf('\n...');
  const second = end === -1 ? -1 : text.indexOf('\n...', end + 1);
  if (second !== -1) {
    return errorAt(lines.span(second + 1, second + 4), 'E005', 'a file holds one document', { help: 'remove the line' });
  }
  const lone = /\r(?!\n)/.exec(text);
  if (!lone) return undefined;
  return errorAt(lines.span(lone.index, lone.index + 1), 'E007', 'this line ends with a carriage return alone', {
    help: 'save the file with the line ends of Unix (LF) or Windows (CRLF)',
  });
}
