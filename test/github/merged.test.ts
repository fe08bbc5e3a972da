import { describe, expect, test } from 'vitest';
import { mergedBy } from '../../src/github/merged.ts';

/** Agreement: a merge of two parents, the second of them the head. Each case changes something. */
const merge = { oid: 'merge', parents: ['base', 'head'] };
const squash = { oid: 'squash', parents: ['base'] };
const pull = { head: 'head', mergeCommit: 'merge' };
const squashed = { head: 'head', mergeCommit: 'squash' };
const onLine =
  (...oids: readonly string[]) =>
  (oid: string) =>
    oids.includes(oid);

describe('a merge', () => {
  test.each<[string, Parameters<typeof mergedBy>, boolean]>([
    ['of the head', [merge, pull, onLine('merge', 'base')], true],
    ['of the head, which is on the line too', [merge, pull, onLine('merge', 'base', 'head')], true],
    ['of another head', [{ ...merge, parents: ['base', 'other'] }, pull, onLine()], false],
    ['into the head', [{ ...merge, parents: ['head', 'base'] }, pull, onLine()], false],
    ['that GitHub does not name', [{ ...merge, oid: 'other' }, pull, onLine()], false],
    ['that GitHub does not know yet', [merge, { ...pull, mergeCommit: null }, onLine()], false],
    ['of three', [{ ...merge, parents: ['base', 'head', 'third'] }, pull, onLine()], false],
    ['of three, the head the last', [{ ...merge, parents: ['base', 'other', 'head'] }, pull, onLine()], false],
  ])('%s', (_, given, counts) => {
    expect(mergedBy(...given)).toBe(counts);
  });
});

describe('a commit of one parent', () => {
  test.each<[string, Parameters<typeof mergedBy>, boolean]>([
    ['that is new', [squash, squashed, onLine('squash', 'base')], true],
    ['that is the head itself', [{ oid: 'head', parents: ['base'] }, { head: 'head', mergeCommit: 'head' }, onLine()], false],
    ['above the head, which is on the line', [squash, squashed, onLine('squash', 'head', 'base')], false],
    ['that GitHub does not name', [{ ...squash, oid: 'other' }, squashed, onLine()], false],
  ])('%s', (_, given, counts) => {
    expect(mergedBy(...given)).toBe(counts);
  });
});

test('a commit without parents merges nothing', () => {
  expect(mergedBy({ oid: 'squash', parents: [] }, squashed, onLine())).toBe(false);
});
