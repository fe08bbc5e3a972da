import { exampleWorkflows, githubPage } from './action.ts';
import { codesPage } from './codes.ts';
import { configurationPage } from './configuration.ts';
import { reliabilityPage } from './reliability.ts';

interface GeneratedFile {
  readonly path: string;
  readonly text: () => string | Promise<string>;
}

/** The files that are made from the code: `npm run generate` writes them, a test compares them. */
export const generatedFiles: readonly GeneratedFile[] = [
  { path: 'docs/codes.md', text: codesPage },
  { path: 'docs/configuration.md', text: configurationPage },
  { path: 'docs/reliability.md', text: reliabilityPage },
  { path: 'docs/github.md', text: githubPage },
  ...exampleWorkflows,
];
