import type { Span } from '../model/diagnostic.ts';

/** Turns offsets of one text into lines and columns; cheap when asked in the order of the text, and never wrong when not. */
export class Lines {
  readonly #path: string;
  readonly #text: string;
  #starts: readonly number[] | undefined;
  #last = 0;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  /** The place of `start` to `end`, cut where its first line ends; it covers at least one character. */
  span(start: number, end: number): Span {
    const starts = this.#table();
    const line = this.#lineOf(start, starts);
    const lineStart = starts[line] ?? 0;
    const lineEnd = (starts[line + 1] ?? this.#text.length + 1) - 1;
    let stop = Math.min(end, lineEnd);
    if (stop < end) stop = this.#withoutTrailingSpace(start, stop);
    return { file: this.#path, line: line + 1, column: start - lineStart + 1, length: Math.max(1, stop - start) };
  }

  #table(): readonly number[] {
    if (this.#starts) return this.#starts;
    const starts = [0];
    for (let at = this.#text.indexOf('\n'); at !== -1; at = this.#text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    return starts;
  }

  #lineOf(offset: number, starts: readonly number[]): number {
    const isOn = (line: number): boolean => (starts[line] ?? Infinity) <= offset && offset < (starts[line + 1] ?? Infinity);
    if (isOn(this.#last)) return this.#last;
    if (isOn(this.#last + 1)) return (this.#last += 1);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return low;
  }

  #withoutTrailingSpace(start: number, end: number): number {
    let stop = end;
    while (stop > start && /\s/.test(this.#text.charAt(stop - 1))) stop -= 1;
    return stop;
  }
}
