import { posix } from 'node:path';
import schema from '../schemas/seatform.v1.schema.json' with { type: 'json' };
import type { SourceFile } from '../src/model/declaration.ts';

/** The schema lies beside the files, so that editors complete and check them without a network; readers of the configuration skip dot-files. */
export const schemaFile = '.seatform.v1.schema.json';

export function schemaBeside(): SourceFile {
  return { path: schemaFile, text: `${JSON.stringify(schema, null, 2)}\n` };
}

/** The first line of a configuration file, by its path: where editors find the schema. */
export function modeline(path: string): string {
  return `# yaml-language-server: $schema=${posix.relative(posix.dirname(path), schemaFile).replace(/^(?!\.\.?\/)/, './')}`;
}
