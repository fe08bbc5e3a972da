import type { Cause } from '../../model/desired.ts';
import type { Position, Span } from '../../model/diagnostic.ts';
import { causeText } from '../cause-text.ts';
import { codeSpan } from '../markup.ts';
import { placeText } from '../snippet.ts';
import type { Permalink } from './frame.ts';

/** What cannot end a link, start an entity or break a table, and leaves room for others. */
const plainUrl = /^https:\/\/[\w./:%#?=@+~-]{1,2000}$/;

/** `text` as the code span of a link, or as a code span alone where there is no URL that is certain to stay one. */
function linked(text: string, url: string | undefined): string {
  return url !== undefined && plainUrl.test(url) ? `[${codeSpan(text)}](${url})` : codeSpan(text);
}

/** Words of our own as a link, or alone where there is no URL that is certain to stay one. */
export function wordsLink(words: string, url: string | undefined): string {
  return url !== undefined && plainUrl.test(url) ? `[${words}](${url})` : words;
}

/** The run that made this, as a link. */
export function runLink(url: string): string {
  return wordsLink('run', url);
}

/** Why a change is made, with a link to its line: `users.yaml:42 (expired 2026-12-31)`. The whole path stands only where no link leads there. */
export function causeLink(cause: Cause, permalink: Permalink): string {
  const { at } = cause;
  const url = at && permalink(at.file, at.line);
  return linked(causeText(at && url !== undefined ? { ...cause, at: named(at) } : cause), url);
}

/** The place of a diagnostic with a link to its line. */
export function placeLink(at: Span, permalink: Permalink): string {
  const url = permalink(at.file, at.line);
  return linked(placeText(url === undefined ? at : named(at)), url);
}

/** A place by the base name of its file. */
function named<P extends Position>(at: P): P {
  return { ...at, file: at.file.slice(at.file.lastIndexOf('/') + 1) };
}
