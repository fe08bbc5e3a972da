import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { expect, test } from 'vitest';
import { runBundle } from './bundled.ts';

test('the bundle needs nothing beside it, and changes with no line of the manifest but the version', () => {
  const text = readFileSync('dist/action.js', 'utf8');
  const imports = text.matchAll(/(?:^|[;}\s])(?:import|export)\b(?:[\w*{}\s,$]*\bfrom)?\s*["']([^"'\n]+)["']/g);
  const names = [...imports].map(([, name = '']) => name);
  expect(names).toContain('node:module');
  expect(names.filter((name) => !isBuiltin(name))).toEqual([]);
  expect(text.includes('devDependencies')).toBe(false);
  expect(text.length).toBeLessThan(3_000_000);
});

test('outside a workflow it is red and says why', async () => {
  const { code, out, err } = await runBundle({});
  expect(err).toBe('');
  expect(out).toMatch(/^::error .*E212.*::.*GITHUB_EVENT_NAME/m);
  expect(code).toBe(1);
});

test('an input that does not exist is told before anything else', async () => {
  const { code, out } = await runBundle({ 'INPUT_TENNANT-ID': '1', GITHUB_EVENT_NAME: 'schedule' });
  expect(out).toContain('did you mean "tenant-id"?');
  expect(code).toBe(1);
});
