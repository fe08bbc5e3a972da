import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { permalinks } from '../../src/github/permalink.ts';
import { hostileText } from '../render/hostile.ts';

const [merge, head] = ['b2'.repeat(20), 'a1'.repeat(20)];
const at = (commit: string, blobs: Record<string, string>) => ({ commit, blobs: new Map(Object.entries(blobs)) });
const url = 'https://github.com/acme/figma';

describe('where a link leads', () => {
  const link = permalinks(url, at(merge, { 'a.yaml': '1', 'b.yaml': '2', 'c.yaml': '3' }), at(head, { 'a.yaml': '1', 'b.yaml': '9' }));

  test('to the head, where its file is the one that was planned', () => {
    expect(link('a.yaml', 7)).toBe(`${url}/blob/${head}/a.yaml#L7`);
  });

  test('to the merge, where the head has another or none', () => {
    expect(link('b.yaml', 7)).toBe(`${url}/blob/${merge}/b.yaml#L7`);
    expect(link('c.yaml', 7)).toBe(`${url}/blob/${merge}/c.yaml#L7`);
  });

  test('nowhere, where there is no such file', () => {
    expect(link('d.yaml', 7)).toBeUndefined();
    expect(link('constructor', 7)).toBeUndefined();
  });
});

function linkTo(path: string): string {
  return permalinks(url, { commit: merge, blobs: new Map([[path, '1']]) })(path, 1) ?? '';
}

test.each([
  ['teams/design & research/users.yaml', 'teams/design%20%26%20research/users.yaml'],
  ['a)(b.yaml', 'a%29%28b.yaml'],
  ['*_~`<|>.yaml', '%2A%5F%7E%60%3C%7C%3E.yaml'],
  ['100%.yaml', '100%25.yaml'],
  ['a#L2?x=1.yaml', 'a%23L2%3Fx%3D1.yaml'],
  ['été/名前.yaml', '%C3%A9t%C3%A9/%E5%90%8D%E5%89%8D.yaml'],
  ['a\nb.yaml', 'a%0Ab.yaml'],
  ['\uD800.yaml', '%EF%BF%BD.yaml'],
])('%j', (path, encoded) => {
  expect(linkTo(path)).toBe(`${url}/blob/${merge}/${encoded}#L1`);
});

test('no path ends a link, and each can be read back', () => {
  fc.assert(
    fc.property(hostileText, (path) => {
      const link = linkTo(path);
      expect(link).toMatch(/^https:\/\/[\w./:%#-]+$/);
      const encoded = link.slice(`${url}/blob/${merge}/`.length, -'#L1'.length);
      expect(decodeURIComponent(encoded)).toBe(path.replaceAll(/\p{Cs}/gu, '\uFFFD'));
    }),
    { numRuns: 300 },
  );
});
