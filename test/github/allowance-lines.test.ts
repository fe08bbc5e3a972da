import { expect, test } from 'vitest';
import { allowanceLines } from '../../src/github/allowance-lines.ts';

test.each<[string, string, string[]]>([
  ['nothing', '', []],
  ['a line', 'seatform-allow: deactivations=45', ['deactivations=45']],
  ['among other lines, as GitHub ends them', 'Off-boarding.\r\n\r\nseatform-allow: deactivations=45\r\nSee #12.', ['deactivations=45']],
  ['several in a line', 'seatform-allow: deactivations=45, downgrades=3 deletions=1', ['deactivations=45', 'downgrades=3', 'deletions=1']],
  ['several lines', 'seatform-allow: a=1\nseatform-allow: b=2', ['a=1', 'b=2']],
  ['an item of a list', '- seatform-allow: a=1\n* seatform-allow: b=2', ['a=1', 'b=2']],
  ['a quotation', '> seatform-allow: a=1', ['a=1']],
  ['in any case', 'Seatform-Allow:a=1', ['a=1']],
  ['as code', 'seatform-allow: `a=1`, `b=2`', ['a=1', 'b=2']],
  ['prose behind it, which is not passed over', 'seatform-allow: a=1 (agreed)', ['a=1', '(agreed)']],
  ['in the midst of a sentence, where it is none', 'Write seatform-allow: a=1 below', []],
  ['nothing allowed', 'seatform-allow:\nx', []],
  ['another word', 'seatform-allowed: a=1', []],
])('%s', (_, description, allowances) => {
  expect(allowanceLines(description)).toEqual(allowances);
});

test('a long description takes no long time', () => {
  const started = performance.now();
  expect(allowanceLines(`${' '.repeat(60_000)}x\n${'>-* '.repeat(15_000)}seatform-allow`)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(1000);
});
