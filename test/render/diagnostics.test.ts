import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { renderDiagnostics, type DiagnosticFormat } from '../../src/render/diagnostics.ts';
import { columns } from '../../src/render/width.ts';
import { command, hostileText, raw } from './hostile.ts';
import { uncolored } from './uncolored.ts';

const file = 'seatform/users.yaml';
const seat: Diagnostic = {
  severity: 'error',
  code: 'E012',
  message: 'unknown seat "edtor"',
  at: { file, line: 17, column: 11, length: 5 },
  label: 'expected Full, Dev, Collab or View',
  help: 'did you mean "Dev"?',
};
const source = `${'\n'.repeat(16)}    seat: edtor\n`;

function rendered(diagnostics: readonly Diagnostic[], text: string | undefined = source, format: DiagnosticFormat = 'human'): string {
  return renderDiagnostics(diagnostics, { format, color: false, sourceOf: (path) => (path === file ? text : undefined) });
}

describe('human', () => {
  test('is what the contract shows', () => {
    expect(rendered([seat])).toBe(`error[E012]: unknown seat "edtor"
  --> seatform/users.yaml:17:11
   |
17 |     seat: edtor
   |           ^^^^^ expected Full, Dev, Collab or View
   = help: did you mean "Dev"?
`);
  });

  test('is sorted by place, a blank line between, those without one last', () => {
    const { at, ...bare } = seat;
    const places = [
      { ...seat, at: { file: 'z.yaml', line: 1, column: 1, length: 1 } },
      seat,
      { ...seat, at: { file, line: 2, column: 9, length: 1 } },
    ];
    const texts = rendered([bare, ...places], '').split('\n\n');
    expect(texts.map((text) => /--> (.*?)(?:: expected|$)/m.exec(text)?.[1])).toEqual([
      `${file}:2:9`,
      `${file}:${at?.line}:11`,
      'z.yaml:1:1',
      undefined,
    ]);
  });

  test('other places follow with their own line', () => {
    const twice: Diagnostic = {
      severity: 'error',
      code: 'E020',
      message: 'declared twice',
      at: { file, line: 12, column: 3, length: 3 },
      label: 'again',
      also: [
        { at: { file, line: 2, column: 1, length: 3 }, message: 'first here' },
        { at: { file: 'gone.yaml', line: 1, column: 1, length: 1 }, message: 'and here' },
      ],
    };
    expect(rendered([twice], `\nada\n${'\n'.repeat(9)}- ada\n`)).toBe(`error[E020]: declared twice
  --> seatform/users.yaml:12:3
   |
12 | - ada
   |   ^^^ again
  --> seatform/users.yaml:2:1
   |
 2 | ada
   | --- first here
  --> gone.yaml:1:1: and here
`);
  });

  test.each([
    ['tabs', '\t\tseat: edtor', 9, 'edtor'],
    ['wide characters', 'displayName: 日本語 edtor', 18, 'edtor'],
    ['emoji', '- 👍🏽👩‍💻❤️ edtor', 15, 'edtor'],
    ['combining characters', 'e\u0301e\u0301 edtor', 6, 'edtor'],
    ['hidden characters', 'a\u202Eb\u0007 edtor', 6, 'edtor'],
    ['a wide mark', 'x 日本', 3, '日本'],
    ['CRLF', 'a: edtor\r\nb: 1', 4, 'edtor'],
    ['a byte order mark', '\uFEFFa: edtor', 4, 'edtor'],
    ['a very long line', `${'日'.repeat(5000)} edtor ${'y'.repeat(5000)}`, 5002, 'edtor'],
  ])('the caret stands under its place after %s', (_, line, column, marked) => {
    const [shown = '', carets = ''] = rendered([{ ...seat, at: { file, line: 1, column, length: marked.length } }], line)
      .split('\n')
      .slice(3, 5);
    const place = carets.indexOf('^');
    const run = /\^+/.exec(carets)?.[0] ?? '';
    expect(columns(shown.slice(0, shown.indexOf(marked)))).toBe(place);
    expect(run).toHaveLength(columns(marked));
    expect(columns(shown)).toBeLessThan(140);
  });

  test.each([
    ['past the end of the line', 'ab', 9, 4, 1],
    ['of no length', 'ab', 1, 0, 1],
    ['beyond the end', 'ab', 1, 99, 2],
    ['of great length', 'a'.repeat(9000), 1, 9000, 80],
  ])('a span %s has a caret still', (_, line, column, length, carets) => {
    const text = rendered([{ ...seat, at: { file, line: 1, column, length } }], line);
    expect(/\^+/.exec(text)?.[0]).toHaveLength(carets);
  });

  test('a line that the file does not have is not shown', () => {
    expect(rendered([seat], 'version: 1')).toContain('  --> seatform/users.yaml:17:11: expected Full, Dev, Collab or View\n   = help');
  });

  test('colour changes no text', () => {
    const options = { format: 'human', sourceOf: () => source } as const;
    const colored = renderDiagnostics([seat], { ...options, color: true });
    expect(colored).toContain('\u001B[31m');
    expect(uncolored(colored)).toBe(renderDiagnostics([seat], { ...options, color: false }));
  });
});

describe('other formats', () => {
  const { at, label, help, ...bare } = seat;

  test('concise', () => {
    expect(rendered([seat, { ...bare, severity: 'warning' }], source, 'concise')).toBe(
      'seatform/users.yaml:17:11: error[E012]: unknown seat "edtor" (did you mean "Dev"?)\nwarning[E012]: unknown seat "edtor"\n',
    );
  });

  test('json is one array with flat places', () => {
    expect(JSON.parse(rendered([seat], source, 'json'))).toEqual([{ ...bare, label, help, ...at }]);
    expect(rendered([], source, 'json')).toBe('[]\n');
    expect(rendered([])).toBe('');
  });

  test('github', () => {
    expect(
      rendered(
        [{ ...seat, at: { ...seat.at, file: 'a,b:c%.yaml', line: 1, column: 2, length: 1 }, message: '100% sure\r\n::error::x' }],
        source,
        'github',
      ),
    ).toBe(
      '::error file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=E012::100%25 sure␍␊::error::x: expected Full, Dev, Collab or View%0Ahelp: did you mean "Dev"?\n',
    );
    expect(rendered([{ ...bare, severity: 'note' }], source, 'github')).toBe('::notice title=E012::unknown seat "edtor"\n');
  });
});

test.each(['human', 'concise', 'github'] as const)('no text from data gets out of its place: %s', (format) => {
  const place = fc.record({
    line: fc.integer({ min: 1, max: 3 }),
    column: fc.integer({ min: 1, max: 40 }),
    length: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(hostileText, hostileText, place, (one, other, place) => {
      const at = { file: other, ...place };
      const diagnostic: Diagnostic = {
        severity: 'error',
        code: 'E012',
        message: one,
        at,
        label: other,
        help: one,
        also: [{ at, message: other }],
      };
      const text = renderDiagnostics([diagnostic], { format, color: false, sourceOf: () => one });
      expect(text).not.toMatch(raw);
      const [start, rest] = format === 'github' ? [/^::error [^\n]*\n$/, text.slice(2)] : [/^/, text];
      expect(text).toMatch(start);
      expect(rest).not.toMatch(command);
    }),
    { numRuns: 1000 },
  );
});
