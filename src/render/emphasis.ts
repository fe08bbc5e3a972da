import { diffWordsWithSpace } from 'diff';
import { piece, type Piece, type Style } from './line.ts';

const gone: readonly Style[] = ['red', 'bold'];
const fresh: readonly Style[] = ['green', 'bold'];

/** Past so many changed words nobody gains from emphasis, and comparing costs too much. */
const maxEditLength = 200;

/** Two safe texts with the words emphasised in which they differ; read on end, each side's pieces give its text. */
export function emphasised(before: string, after: string): { readonly before: readonly Piece[]; readonly after: readonly Piece[] } {
  const parts = diffWordsWithSpace(before, after, { maxEditLength });
  if (parts === undefined) return { before: [piece(before, ...gone)], after: [piece(after, ...fresh)] };
  return {
    before: parts.filter(({ added }) => !added).map(({ value, removed }) => (removed ? piece(value, ...gone) : piece(value))),
    after: parts.filter(({ removed }) => !removed).map(({ value, added }) => (added ? piece(value, ...fresh) : piece(value))),
  };
}
