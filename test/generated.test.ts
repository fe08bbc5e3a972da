import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedFiles } from './docs/generated.ts';

test.each(generatedFiles.map(({ path, text }) => [path, text] as const))(
  '%s is what `npm run generate` writes',
  async (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(await text());
  },
  60_000,
);
