/** Coloured output without its colours. Nothing but colour may start with an escape character. */
export function uncolored(text: string): string {
  const [first = '', ...rest] = text.split('\u001B');
  return first + rest.map((part) => part.replace(/^\[\d+m/, '')).join('');
}
