import { isResource, property, textOf } from './resource.ts';
import type { Content } from './client.ts';

const shown = 120;
/** As much of a token as is never shown, wherever it stands. */
const window = 10;

/**
 * What an error answer says for people, fit to be shown: the first line of a SCIM error's `detail` (RFC 7644, 3.12), without control
 * characters, at most 120 characters. Undefined when it holds any part of `token`, looks like a stack trace or a page, or says nothing.
 */
export function detailOf(content: Content, token: string): string | undefined {
  if (content.kind !== 'json' || !isResource(content.value)) return undefined;
  const detail = textOf(property(content.value, 'detail'));
  if (detail === undefined || holdsToken(detail, token)) return undefined;
  const line = (detail.split(/[\r\n\u2028\u2029]/).find((each) => each.trim() !== '') ?? '').replace(/[\p{C}\s]+/gu, ' ').trim();
  if (line === '' || looksLikeTrace(detail) || /<[a-z!/]/i.test(line)) return undefined;
  return line.length <= shown ? line : `${Array.from(line).slice(0, shown).join('')}…`;
}

function holdsToken(text: string, token: string): boolean {
  if (/bearer\s/i.test(text)) return true;
  const bare = text.replace(/[\p{C}\s]+/gu, '').toLowerCase();
  const secret = token.replace(/[\p{C}\s]+/gu, '').toLowerCase();
  const length = Math.min(window, secret.length);
  if (length === 0) return false;
  for (let start = 0; start + length <= secret.length; start += 1) {
    const piece = secret.slice(start, start + length);
    if (bare.includes(piece) || bare.includes(encodeURIComponent(piece).toLowerCase())) return true;
  }
  return false;
}

function looksLikeTrace(text: string): boolean {
  return /^\s*at \S+|\n\s+at |Traceback|\.(?:js|ts|rb|py|java|go|cs):\d+/m.test(text);
}
