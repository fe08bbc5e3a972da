/**
 * Whether a name matches a pattern in which `*` stands for any run of characters and `?` for one; every other sign means itself.
 * Takes time linear in the pattern times the name, whatever is in them. Both sides come in comparable form.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  const [signs, letters] = [Array.from(pattern), Array.from(name)];
  let [sign, letter] = [0, 0];
  let star: { readonly sign: number; letter: number } | undefined;
  while (letter < letters.length) {
    if (signs[sign] === '*') {
      star = { sign, letter };
      sign += 1;
    } else if (sign < signs.length && (signs[sign] === '?' || signs[sign] === letters[letter])) {
      sign += 1;
      letter += 1;
    } else if (star) {
      star.letter += 1;
      sign = star.sign + 1;
      letter = star.letter;
    } else {
      return false;
    }
  }
  while (signs[sign] === '*') sign += 1;
  return sign === signs.length;
}

/** Whether a name matches one of the patterns. */
export function matchesAny(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, name));
}
