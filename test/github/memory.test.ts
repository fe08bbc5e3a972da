import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { userNameOf } from '../../src/model/directory.ts';
import { keyFrom, type KeyRing } from '../../src/github/key.ts';
import { asleepOf, isAsleepIn, isMemory, memoryLine, readMemory, type Memory } from '../../src/github/memory.ts';

const key = keyFrom('figma-token');
const ring: KeyRing = [key];
const place = { repository: 812, commentKey: 'default' };
const memory: Memory = {
  ...place,
  applied: 'a1'.repeat(20),
  digest: `sha256:${'0'.repeat(64)}`,
  printedSince: '2026-11-22T12:00:00Z',
};
const line = memoryLine(memory, ring);
const kindOf = (body: string, where: Pick<Memory, 'repository' | 'commentKey'> = place, keys: KeyRing = ring) =>
  readMemory(body, where, keys).kind;

/** A line of any payload, signed over any bytes. */
function lineOf(payload: string, signed = Buffer.concat([Buffer.from('seatform:drift:v1\n'), Buffer.from(payload)])): string {
  const text = Buffer.from(payload).toString('base64url');
  return `<!-- seatform:drift:v1 default ${text}.${key.id}.${key.macOf(signed).toString('base64url')} -->`;
}

test('what is remembered can be read, whatever is written below it', () => {
  expect(readMemory(line, place, ring)).toEqual({ kind: 'verified', memory });
  expect(readMemory(`${line}\r\n\r\n# Figma drift`, place, ring)).toEqual({ kind: 'verified', memory });
  expect(readMemory(memoryLine(place, ring), place, ring)).toEqual({ kind: 'verified', memory: place });
});

test('any memory comes back', () => {
  const any = fc.record({
    repository: fc.constant(812),
    commentKey: fc.stringMatching(/^[\w-]{1,20}$/),
    applied: fc.string(),
    digest: fc.string({ unit: 'grapheme' }),
    printedSince: fc.string(),
  });
  fc.assert(
    fc.property(any, (one) => {
      expect(readMemory(memoryLine(one, ring), one, ring)).toEqual({ kind: 'verified', memory: one });
    }),
  );
});

test('an issue is found by its key', () => {
  expect(isMemory(line, 'default')).toBe(true);
  expect(isMemory(line, 'def')).toBe(false);
  expect(isMemory(line, 'emea')).toBe(false);
  expect(isMemory(`> ${line}`, 'default')).toBe(false);
  expect(isMemory('', 'default')).toBe(false);
});

describe('what proves nothing', () => {
  test('any other character at any place', () => {
    const changed = line
      .split('')
      .flatMap((own, at) =>
        ['A', '0', 'f', '-', '_', '.', ' '].filter((other) => other !== own).map((other) => line.slice(0, at) + other + line.slice(at + 1)),
      );
    expect(changed.length).toBeGreaterThan(1000);
    expect(changed.filter((body) => isMemory(body, 'default') && kindOf(body) === 'verified')).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['talk', 'the issue on drift'],
    ['the start alone', '<!-- seatform:drift:v1 default '],
    ['a signature that is cut', line.replace(/.{4} -->$/, ' -->')],
    ['no signature', line.replace(/\.[\w-]+ -->$/, ' -->')],
    ['a payload under the signature of another', `${line.split('.')[0]}AAAA.${line.split('.').slice(1).join('.')}`],
    ['not on the first line', `\n${line}`],
    ['what was signed as something else', lineOf(JSON.stringify(memory), Buffer.from(JSON.stringify(memory)))],
    ['what was signed for another repository', memoryLine({ ...memory, repository: 813 }, ring)],
    ['what was signed for another key', memoryLine({ ...memory, commentKey: 'emea' }, ring).replace('v1 emea', 'v1 default')],
  ])('%s is forged', (_, body) => {
    expect(kindOf(body)).toBe('forged');
  });

  test('what another key may have signed is not known', () => {
    expect(kindOf(line, place, [keyFrom('new')])).toBe('unknown');
    expect(kindOf(line, place, [keyFrom('new'), key])).toBe('verified');
    expect(kindOf(line.replace(`.${key.id}.`, '.00000000.'))).toBe('unknown');
  });

  test('the key that it names has to be the one that signed', () => {
    const other = keyFrom('other');
    expect(kindOf(line.replace(`.${key.id}.`, `.${other.id}.`), place, [key, other])).toBe('forged');
  });
});

describe('people as they are remembered', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => userNameOf(`u${index}@x.io`));

  test('by a hash that shows no name, under any key of the ring', () => {
    const kept = asleepOf(names(2), ring);
    expect(kept.join()).not.toContain('x.io');
    for (const keys of [ring, [keyFrom('new'), key]] as const) expect(names(3).map(isAsleepIn(kept, keys))).toEqual([true, true, false]);
    expect(names(2).map(isAsleepIn(kept, [keyFrom('new')]))).toEqual([false, false]);
  });

  test('as everybody, where there are too many', () => {
    expect(asleepOf(names(200), ring)).toHaveLength(200);
    expect(asleepOf(names(201), ring)).toEqual(['*']);
    expect(isAsleepIn(['*'], ring)(userNameOf('z@x.io'))).toBe(true);
    expect(isAsleepIn([], ring)(userNameOf('z@x.io'))).toBe(false);
  });
});
