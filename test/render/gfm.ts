import MarkdownIt from 'markdown-it';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import type { Nodes } from 'mdast';
import { gfm } from 'micromark-extension-gfm';

/** What a reader of GitHub Markdown makes of a text, but for what stands in code. */
export interface Seen {
  /** All text outside of code, attributes included. */
  readonly text: string;
  readonly links: readonly string[];
  readonly images: number;
  readonly html: readonly string[];
}

interface Found {
  readonly text: string[];
  readonly links: string[];
  readonly html: string[];
  images: number;
}

/** The text as micromark reads it, which follows GitHub's own parser most closely. */
export function seenByMicromark(markdown: string): Seen {
  const found = nothing();
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }), found);
  return seen(found);
}

/** The text as markdown-it reads it, with HTML and with links from whatever looks like one. */
export function seenByMarkdownIt(markdown: string): Seen {
  const found = nothing();
  const tokens = new MarkdownIt({ html: true, linkify: true }).parse(markdown, {});
  for (const token of tokens.concat(tokens.flatMap(({ children }) => children ?? []))) {
    if (token.type === 'link_open') found.links.push(String(token.attrGet('href')));
    else if (token.type === 'image') found.images += 1;
    else if (token.type === 'html_block' || token.type === 'html_inline') found.html.push(token.content);
    else if (token.type === 'text' || token.type === 'text_special') found.text.push(token.content);
  }
  return seen(found);
}

function visit(node: Nodes, found: Found): void {
  if (node.type === 'code' || node.type === 'inlineCode') return;
  if (node.type === 'link' || node.type === 'definition') found.links.push(node.url);
  if (node.type === 'image' || node.type === 'imageReference') found.images += 1;
  if (node.type === 'html') found.html.push(node.value);
  if (node.type === 'text') found.text.push(node.value);
  if ('children' in node) for (const child of node.children) visit(child, found);
}

function nothing(): Found {
  return { text: [], links: [], html: [], images: 0 };
}

function seen({ text, links, html, images }: Found): Seen {
  return { text: text.join('\n'), links, html, images };
}
