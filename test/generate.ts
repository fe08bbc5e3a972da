import { writeFile } from 'node:fs/promises';
import { generatedFiles } from './docs/generated.ts';

for (const { path, text } of generatedFiles) {
  await writeFile(path, await text());
  console.log(path);
}
