/** The allowances that the description of a pull request gives, as `GUARD=N`: from lines `seatform-allow: deactivations=45, downgrades=3`. */
export function allowanceLines(description: string): readonly string[] {
  return [...description.matchAll(/^[ \t>*-]*seatform-allow:[ \t]*(.*)$/gim)].flatMap(([, list = '']) =>
    list.split(/[\s,`]+/).filter((text) => text !== ''),
  );
}
