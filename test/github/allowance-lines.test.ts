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
  ['for a day to come', 'seatform-allow: downgrades=8@2026-12-01', ['downgrades=8@2026-12-01']],
  ['in a comment, where nobody sees it', '<!-- seatform-allow: a=1 -->', []],
  ['in a comment of several lines', 'Hi\n<!--\nseatform-allow: a=1\n-->\nseatform-allow: b=2', ['b=2']],
  ['in a comment that is not closed', 'seatform-allow: a=1\n<!-- the rest\nseatform-allow: b=2\n', ['a=1']],
  ['beside a comment', 'seatform-allow: a=1 <!-- agreed -->, b=2\n<!-- x -->seatform-allow: c=3', ['a=1', 'b=2', 'c=3']],
  ['behind the start of a comment', 'seatform-allow: a=1 <!-- , b=2\n\nseatform-allow: c=3 --> d=4', ['a=1', 'd=4']],
  ['behind what ends no comment', '<!-->\nseatform-allow: a=1\n--><!--->\nseatform-allow: b=2', []],
  ['between two comments', '<!-- a -->\nseatform-allow: a=1\n<!-- b -->', ['a=1']],
  ['another word', 'seatform-allowed: a=1', []],
])('%s', (_, description, allowances) => {
  expect(allowanceLines(description)).toEqual(allowances);
});

test('a long description takes no long time', () => {
  const started = performance.now();
  expect(allowanceLines(`${' '.repeat(60_000)}x\n${'>-* '.repeat(15_000)}seatform-allow`)).toEqual([]);
  expect(allowanceLines('<!--'.repeat(15_000))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(1000);
});
