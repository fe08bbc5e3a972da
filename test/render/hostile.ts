import * as fc from 'fast-check';

/** Pieces that something obeys, or that break out of where they stand. */
const traps = [
  '::error::x',
  '##[group]',
  '##vso[x]',
  '::stop-commands::t',
  '\u001B[31m',
  '\u009B2J',
  '\r\n',
  '\n',
  '\t',
  '\u0000',
  '\u007F',
  '\u2028',
  '\u202E',
  '\u2066',
  '\u200B',
  '\u200D',
  '\uFEFF',
  '\u{E0041}',
  '\uD800',
  '\uDC00',
  '```',
  '`',
  '|',
  '\\|',
  '@team',
  '#1',
  '![i](u)',
  '<img src=x>',
  '</details>',
  '%0A',
  '"',
  ' ',
  '👩‍💻',
  '❤️',
  '日本',
  'ada@example.com',
  'ad\u0430@',
  '\u0430',
];

/** Text as an attacker would choose it. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'binary', maxLength: 4 }), fc.string({ maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(''));

/** What must never leave raw, except the line feeds between lines. */
export const raw = /[^\P{Cc}\n]|(?!\uFE0F)[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\p{Cs}/u;

/** What a CI runner would take for a command. */
export const command = /^\s*::|##\w*\[/mu;
