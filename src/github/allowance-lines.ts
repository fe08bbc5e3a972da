/** A comment, which nobody sees who reads the description; one that is not closed goes to the end, as GitHub shows it. */
const comment = /<!--[\s\S]*?(?:-->|$)/g;

/**
 * The allowances that the description of a pull request gives, as `GUARD=N` or `GUARD=N@DAY`: from lines
 * `seatform-allow: deactivations=45, downgrades=3@2026-12-01`, but for what stands in comments.
 */
export function allowanceLines(description: string): readonly string[] {
  return [...description.replace(comment, '').matchAll(/^[ \t>*-]*seatform-allow:[ \t]*(.*)$/gim)].flatMap(([, list = '']) =>
    list.split(/[\s,`]+/).filter((text) => text !== ''),
  );
}
