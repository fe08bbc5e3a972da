import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The recipe of docs/safety.md that shows what of a journal is in doubt, without the name of the file. */
const recipe = /^jq (-\w+) '([^']+)' run\.journal$/m.exec(readFileSync('docs/safety.md', 'utf8'));
const hasJq = spawnSync('jq', ['--version']).status === 0;

const line = (type: string, operation: string, more: object = {}) => JSON.stringify({ type, operation, ...more });
const begun = (name: string) => line('started', `patch user ${name}`);
const done = (name: string) => line('succeeded', `patch user ${name}`);
const unknown = (name: string) => line('failed', `patch user ${name}`, { problem: { code: 'unknown' } });
const refused = (name: string) => line('failed', `patch user ${name}`, { problem: { code: 'refused' } });
const summary = (complete: boolean) => JSON.stringify({ type: 'summary', report: { complete } });

test('the document has the recipe', () => {
  expect(recipe).not.toBeNull();
});

test.skipIf(!hasJq).each<[string, readonly string[], readonly string[]]>([
  ['nothing', [], []],
  ['planned and not begun', [line('planned', 'patch user ada')], []],
  ['begun without an end', [begun('ada'), begun('bob'), done('bob')], ['started patch user ada']],
  ['ended in doubt', [begun('ada'), unknown('ada')], ['unknown patch user ada']],
  ['ended without doubt', [begun('ada'), refused('ada'), begun('bob'), done('bob')], []],
  ['in doubt, and done by a later run', [begun('ada'), unknown('ada'), summary(false), begun('ada'), done('ada')], []],
  ['a run that is not complete settles nothing', [begun('ada'), summary(false)], ['started patch user ada']],
  ['a run that is complete settles all', [begun('ada'), begun('bob'), unknown('bob'), summary(true)], []],
  ['what comes after it is new', [begun('ada'), summary(true), begun('bob')], ['started patch user bob']],
  ['a torn last line', [begun('ada'), summary(true).slice(0, -4)], ['started patch user ada']],
  [
    'a torn line that a later run has ended',
    [begun('ada'), '{"type":"succ', begun('bob'), done('bob'), '\0\0'],
    ['started patch user ada'],
  ],
])('%s', (_, lines, expected) => {
  const [, flags = '', filter = ''] = recipe ?? [];
  const { stdout, stderr } = spawnSync('jq', [flags, filter], { input: lines.join('\n'), encoding: 'utf8' });
  expect([stdout.split('\n').filter((one) => one !== ''), stderr]).toEqual([expected, '']);
});
