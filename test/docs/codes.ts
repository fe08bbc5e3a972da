import { type Code, codes } from '../../src/model/codes.ts';
import { examples } from './examples.ts';

/** The chapters of the page by the first signs of their codes. */
const chapters: readonly (readonly [prefix: string, title: string, about: string])[] = [
  ['E0', 'Errors in the configuration', 'Found by `seatform validate`, and before anything else by `plan` and `apply`.'],
  ['E1', 'Errors of the service', 'Figma could not be read or written. Nothing is planned on an incomplete read.'],
  ['E2', 'Errors in the use of the command', 'The command line or its environment asks for something that cannot be done.'],
  ['W', 'Warnings', 'Nothing is held up by them; they say what seatform does and why.'],
  ['N', 'Notes', 'Something worth knowing that needs nothing done.'],
];

/** `docs/codes.md`: every diagnostic code with its meaning and its remedy. */
export function codesPage(): string {
  const all = Object.keys(codes) as Code[];
  const parts = chapters.map(([prefix, title, about]) => {
    const own = all.filter((code) => code.startsWith(prefix));
    return [`## ${title}\n\n${about}\n`, ...own.map((code) => entry(code))].join('\n');
  });
  return `${['# Diagnostic codes', '', 'Every message carries a code. A code keeps its meaning for ever.', '', parts.join('\n')].join('\n').trimEnd()}\n`;
}

function entry(code: Code): string {
  const { title, remedy } = codes[code];
  const example = examples[code];
  const shown = example === undefined ? '' : `\n\`\`\`yaml\n# ${code}\n${example}\`\`\`\n`;
  return `### ${code}: ${title}\n\n${remedy}\n${shown}`;
}
