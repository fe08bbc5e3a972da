import { codesPage } from './codes.ts';
import { configurationPage } from './configuration.ts';

/** The files that are made from the code: `npm run generate` writes them, a test compares them. */
export function generatedFiles(): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: 'docs/codes.md', text: codesPage() },
    { path: 'docs/configuration.md', text: configurationPage() },
  ];
}
