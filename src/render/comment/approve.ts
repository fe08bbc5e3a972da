/** How a plan that nobody approved is written all the same: a sentence, and its digest in a block of its own, so that it can be copied. */
export function approveLines(sentence: string, digest: string): readonly string[] {
  return [`${sentence} with this as \`approve\`:`, '', '```', /^sha256:[0-9a-f]+$/.exec(digest)?.[0] ?? '', '```'];
}
