/** The place of a block of text whose first line begins at `content`: its sign, `|` or `>`, on the line above. */
export function blockPlace(text: string, content: number): readonly [start: number, end: number] {
  const lineStart = content < 2 ? 0 : text.lastIndexOf('\n', content - 2) + 1;
  const header = /[|>][-+0-9]*(?=[ \t]*(?:#.*)?\r?\n?$)/.exec(text.slice(lineStart, content));
  const start = lineStart + (header?.index ?? 0);
  return [start, start + (header?.[0].length ?? 1)];
}

/** The dash of the next list entry behind an offset. */
export function dashAfter(text: string, offset: number): number {
  const dash = /^[ \t]*-(?=\s|$)/gm;
  dash.lastIndex = offset;
  const found = dash.exec(text);
  return found ? found.index + found[0].length - 1 : offset;
}
