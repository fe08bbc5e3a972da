const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What fills two columns: East Asian Wide and Fullwidth (Unicode TR 11), and emoji that are shown as pictures. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u4DBF\u4E00-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{17000}-\u{18CFF}\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\uFE0F/u;

const combining = /^\p{M}+$/u;
/** Signs of one column each that stand alone: most texts hold no other, and are counted without being taken apart. */
const narrow = /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u0370-\u0482\u048A-\u052F→…␀-␡]*$/;

/** One user-perceived character of a text with the columns it fills and its place in UTF-16 code units. */
export interface Cell {
  readonly text: string;
  readonly columns: number;
  readonly index: number;
}

/** The user-perceived characters of `text`, in order. */
export function cells(text: string): readonly Cell[] {
  if (narrow.test(text)) return Array.from(text, (sign, index) => ({ text: sign, columns: 1, index }));
  return Array.from(graphemes.segment(text), ({ segment, index }) => ({ text: segment, columns: columnsOf(segment), index }));
}

/** How many columns of a terminal `text` fills. */
export function columns(text: string): number {
  if (narrow.test(text)) return text.length;
  return cells(text).reduce((sum, cell) => sum + cell.columns, 0);
}

function columnsOf(grapheme: string): number {
  if (combining.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}
