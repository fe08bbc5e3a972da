import { expect, test } from 'vitest';
import { sameLogin } from '../../src/github/login.ts';

test.each([
  ['github-actions[bot]', 'github-actions', true],
  ['app/github-actions', 'github-actions[bot]', true],
  ['Ada', 'ada', true],
  ['ada', 'ada-king', false],
  ['bot', 'ada[bot]', false],
  ['ada[bot]x', 'adax', false],
  ['my-app/ada', 'my-ada', false],
])('%s and %s: %s', (a, b, same) => {
  expect(sameLogin(a, b)).toBe(same);
  expect(sameLogin(b, a)).toBe(same);
});
