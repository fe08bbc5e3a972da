import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { nearest } from '../../src/config/suggest.ts';
import { inputNames, inputsOf, variableOf } from '../../src/github/inputs.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** The environment as the runner makes it of what stands under `with:`. */
function given(inputs: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [variableOf(name), value]));
}

/** The value of one input, or every message about it. */
function read(inputs: Record<string, string>, key: string): unknown {
  const result = inputsOf(given(inputs), nearest);
  return result.ok ? Object.entries(result.value).find(([name]) => name === key)?.[1] : result.diagnostics.map(({ message }) => message);
}

const action = parse(readFileSync('action.yml', 'utf8')) as {
  inputs: Record<string, { description?: string; required?: boolean; default?: string }>;
  outputs: Record<string, { description?: string }>;
  runs: unknown;
};

describe('action.yml', () => {
  test('names the inputs that are read, none of them required, each explained', () => {
    expect(Object.keys(action.inputs)).toEqual([...inputNames]);
    for (const { description, required } of Object.values(action.inputs)) {
      expect(description).toMatch(/^.{20,}\.$/);
      expect(required).toBe(false);
    }
  });

  test('its defaults are what holds without it', () => {
    const defaults = Object.entries(action.inputs).flatMap(([name, input]) => (input.default === undefined ? [] : [[name, input.default]]));
    const { 'github-token': token, ...others } = Object.fromEntries(defaults) as Record<string, string>;
    expect(token).toBe('${{ github.token }}');
    expect(inputsOf(given(others))).toEqual(inputsOf({}));
    expect(Object.keys(others)).toEqual(['drift', 'comment-key', 'parallelism']);
  });

  test('runs the bundle on Node 24 and explains every output', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
    for (const { description } of Object.values(action.outputs)) expect(description).toMatch(/^.{20,}\.$/s);
  });
});

test('nothing given is all defaults, and what is empty is not given', () => {
  const empty = Object.fromEntries(inputNames.map((name) => [name, ' \n']));
  expect(inputsOf(given(empty))).toEqual(inputsOf({}));
  expect(inputsOf({})).toMatchObject({
    ok: true,
    value: { command: undefined, config: [], token: undefined, drift: 'report', commentKey: 'default', redact: undefined, parallelism: 4 },
  });
});

test('everything given, as the runner hands it over', () => {
  const env = {
    PATH: '/bin',
    INPUT_COMMAND: 'apply',
    INPUT_CONFIG: 'seatform\nextra.yaml',
    INPUT_TOKEN: 'figma-token',
    'INPUT_TENANT-ID': '9646',
    'INPUT_BASE-URL': 'http://127.0.0.1:1/scim/v2',
    INPUT_APPROVE: digest,
    INPUT_DRIFT: 'correct',
    'INPUT_SIGNING-KEY': 'a key of seventeen',
    'INPUT_COMMENT-KEY': 'emea-2',
    INPUT_REDACT: 'all',
    INPUT_PARALLELISM: '32',
    'INPUT_GITHUB-TOKEN': 'ghs_1',
  };
  expect(inputsOf(env)).toEqual({
    ok: true,
    warnings: [],
    value: {
      command: 'apply',
      config: ['seatform', 'extra.yaml'],
      token: 'figma-token',
      tenantId: '9646',
      baseUrl: 'http://127.0.0.1:1/scim/v2',
      approve: digest,
      approveAllow: [],
      drift: 'correct',
      signingKey: 'a key of seventeen',
      commentKey: 'emea-2',
      redact: 'all',
      parallelism: 32,
      githubToken: 'ghs_1',
    },
  });
});

test.each<[string, string, string, unknown]>([
  ['token', ' t0ken\n', 'token', 't0ken'],
  ['approve', `${digest}  deactivations=45\n pool=1`, 'approve', digest],
  ['approve', `${digest}  deactivations=45\n pool=1`, 'approveAllow', ['deactivations=45', 'pool=1']],
  ['approve', `${digest} downgrades=8@2026-12-01`, 'approveAllow', ['downgrades=8@2026-12-01']],
  ['config', ' seatform/ \r\n\n./more//deep/\nseatform\n', 'config', ['seatform', 'more/deep']],
  ['config', '.', 'config', ['.']],
  ['config', 'a/../b', 'config', ['b']],
  ['config', '..hidden', 'config', ['..hidden']],
  ['parallelism', '1', 'parallelism', 1],
  ['parallelism', '08', 'parallelism', 8],
  ['signing-key', 'x'.repeat(16), 'signingKey', 'x'.repeat(16)],
  ['comment-key', `a${'-'.repeat(38)}`, 'commentKey', `a${'-'.repeat(38)}`],
])('%s: %j is accepted', (name, text, key, value) => {
  expect(read({ [name]: text }, key)).toEqual(value);
});

test.each([
  ['command', 'Apply'],
  ['command', 'destroy'],
  ['drift', 'true'],
  ['redact', 'email'],
  ['parallelism', '0'],
  ['parallelism', '33'],
  ['parallelism', '4.0'],
  ['parallelism', '+4'],
  ['approve', digest.toUpperCase()],
  ['approve', digest.slice(7)],
  ['approve', digest.slice(0, -1)],
  ['approve', `${digest}0`],
  ['approve', `${digest}\n${digest}`],
  ['approve', `${digest} deactivations`],
  ['approve', `deactivations=45 ${digest}`],
  ['signing-key', 'x'.repeat(15)],
  ['comment-key', '-a'],
  ['comment-key', 'A'],
  ['comment-key', 'a_b'],
  ['comment-key', 'a'.repeat(40)],
  ['comment-key', 'a b'],
  ['token', 'two words'],
  ['github-token', 'ghs_1\nghs_2'],
  ['github-token', 'ghs_\u00e9'],
  ['config', '/etc/passwd'],
  ['config', 'seatform\n../other'],
  ['config', '..'],
  ['config', 'a/../../b'],
  ['config', 'a\\b'],
])('%s: %j is refused', (name, text) => {
  const result = inputsOf(given({ [name]: text }));
  expect(result).toMatchObject({
    ok: false,
    diagnostics: [{ code: 'E212', message: expect.stringContaining(`the input ${name} must be `) }],
  });
});

test('an input that does not exist is an error with a suggestion, whatever its value', () => {
  const env = { INPUT_TENANT_ID: 's3cret', INPUT_APROVE: '', INPUT_WORKING_DIRECTORY: 'x', 'INPUT_B`\u001B': 'x' };
  expect(inputsOf(env, nearest)).toEqual({
    ok: false,
    diagnostics: [
      { severity: 'error', code: 'E212', message: 'there is no input "aprove"', help: 'did you mean "approve"?' },
      { severity: 'error', code: 'E212', message: 'there is no input of such a name', help: expect.stringContaining('command, config,') },
      { severity: 'error', code: 'E212', message: 'there is no input "tenant_id"', help: 'did you mean "tenant-id"?' },
      { severity: 'error', code: 'E212', message: 'there is no input "working_directory"', help: expect.any(String) },
    ],
  });
});

test('every fault is told at once, and a near miss is guessed', () => {
  const result = inputsOf(given({ command: 'aply', drift: 'corect', parallelism: 'many', tokn: 'x' }), nearest);
  expect(result.ok ? [] : result.diagnostics.map(({ message, help }) => [message, help])).toEqual([
    ['there is no input "tokn"', 'did you mean "token"?'],
    ['the input command must be plan, apply, validate or drift, and is "aply"', 'did you mean "apply"?'],
    ['the input drift must be report or correct, and is "corect"', 'did you mean "correct"?'],
    ['the input parallelism must be a whole number from 1 to 32, and is "many"', undefined],
  ]);
});

test('no message repeats what could be a secret', () => {
  const secret = 'kE9x-4Tq_Zz81.mNw';
  const faults = [...inputNames, 'tokken', 'secret'].flatMap((name) => {
    const result = inputsOf(given({ [name]: secret }), nearest);
    return result.ok ? [] : result.diagnostics;
  });
  expect(faults.length).toBeGreaterThan(5);
  expect(JSON.stringify(faults)).not.toMatch(/kE9x|mNw/i);
  expect(JSON.stringify(inputsOf(given({ 'signing-key': 'short-one' })))).not.toContain('short-one');
  expect(JSON.stringify(inputsOf(given({ token: 'short one' })))).not.toContain('short');
});
