/** A letter, or a mark on one, outside ASCII: `а` (U+0430) cannot be told from `a` by looking at it. */
const foreign = /(?!\p{ASCII})[\p{L}\p{M}]/gu;

/** The letters outside ASCII, each once, of an address or a pattern of addresses that holds ASCII letters too; else none. */
export function lookalikes(address: string): readonly string[] {
  return isMixed(address) ? [...new Set(address.match(foreign))] : [];
}

/** An address with every such letter as `\u{…}`; what is compared and sent is the address itself. */
export function showLookalikes(address: string): string {
  return isMixed(address) ? address.replace(foreign, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`) : address;
}

/** A text with such letters shown in each word that has an `@`. */
export function showLookalikesIn(text: string): string {
  return text.includes('@') ? text.replace(/\S+/gu, (word) => (word.includes('@') ? showLookalikes(word) : word)) : text;
}

/** Looks for the rarer of the two first: nearly every address is ASCII alone. */
function isMixed(address: string): boolean {
  return /\P{ASCII}/u.test(address) && /[A-Za-z]/.test(address);
}
