import { count } from '../count.ts';
import type { Frame } from './frame.ts';
import { runLink } from './link.ts';

/** The last line of a body: `parts`, the run and when it was, between dots. All of it is our own. */
export function footer(parts: readonly string[], { runUrl, at }: { readonly runUrl: string; readonly at: string }, end?: string): string {
  return `${start}${[...parts, runLink(runUrl), momentText(at), ...(end === undefined ? [] : [end])].join(' · ')}</sub>`;
}

/** The last line of a plan. */
export function planFooter({ head, base, runUrl, plannedAt, approvals, needs }: Frame): string {
  const signed = needs > 0 ? `applied on merge with ${count(needs, 'approval')}` : 'applied on merge';
  const end = { signed, 'too-large': 'not applied on merge', none: undefined };
  return footer([`Plan for ${shortSha(head)} merged into ${shortSha(base)}`], { runUrl, at: plannedAt }, end[approvals]);
}

/** A body without its last line, which says of which commit and when it is: two bodies that are equal without it say the same. */
export function withoutFooter(text: string): string {
  const last = text.trimEnd().lastIndexOf('\n') + 1;
  return text.startsWith(start, last) ? text.slice(0, last).trimEnd() : text.trimEnd();
}

/** A moment to the minute: `2026-10-03 09:14 UTC`. */
export function momentText(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The first seven digits of a commit's name. */
export function shortSha(sha: string): string {
  return /^[0-9a-f]{7}/.exec(sha)?.[0] ?? 'unknown';
}

const start = '<sub>';
