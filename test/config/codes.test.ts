import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import { examples } from '../docs/examples.ts';
import { faults } from './shown.ts';

const here = new URL('.', import.meta.url);
const source = new URL('../../src/config/', here);

function sourceOf(directory: URL, ending: string): string {
  const names = readdirSync(directory).filter((name) => name.endsWith(ending));
  return names.map((name) => readFileSync(new URL(name, directory), 'utf8')).join('\n');
}

test('every code that this stage gives is reached by a test', () => {
  const given = new Set(sourceOf(source, '.ts').match(/\b[EWN]\d{3}\b/g));
  const tested = new Set(`${sourceOf(here, 'rows.ts')}${sourceOf(here, '.test.ts')}`.match(/\b[EWN]\d{3}\b/g));
  expect(given.size).toBeGreaterThan(20);
  expect([...given].filter((code) => !tested.has(code))).toEqual([]);
});

test.each(Object.entries(examples))('the example of %s in the documentation brings it about', (code, text) => {
  const found = faults(load([{ path: 'seatform.yaml', text }]));
  expect(found.map((fault) => fault.split(' ')[0])).toContain(code);
});
