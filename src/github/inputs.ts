import { posix } from 'node:path';
import { fail, succeed, type Diagnostic, type Result } from '../model/diagnostic.ts';

/** Every input of the Action, as `action.yml` names it. */
export const inputNames = [
  'command',
  'config',
  'token',
  'tenant-id',
  'base-url',
  'approve',
  'drift',
  'signing-key',
  'comment-key',
  'redact',
  'parallelism',
  'github-token',
] as const;
type InputName = (typeof inputNames)[number];

export const commands = ['plan', 'apply', 'validate', 'drift'] as const;
export type Command = (typeof commands)[number];

const driftChoices = ['report', 'correct'] as const;
const redactChoices = ['none', 'emails', 'all'] as const;
type Redact = (typeof redactChoices)[number];

/** What stands under `with:`, each value checked; what is undefined was left out. */
export interface Inputs {
  readonly command: Command | undefined;
  /** Paths in the repository, in normal form; empty: where a configuration usually lies. */
  readonly config: readonly string[];
  readonly token: string | undefined;
  readonly tenantId: string | undefined;
  readonly baseUrl: string | undefined;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly approve: string | undefined;
  /** What stands behind the digest: the guards that it lifts, as `GUARD=N`. */
  readonly approveAllow: readonly string[];
  readonly drift: (typeof driftChoices)[number];
  readonly signingKey: string | undefined;
  readonly commentKey: string;
  /** Undefined: e-mail addresses where the repository is public, else nothing. */
  readonly redact: Redact | undefined;
  readonly parallelism: number;
  readonly githubToken: string | undefined;
}

/** The name among `names` that somebody who wrote `text` most likely meant. */
export type Nearest = (text: string, names: readonly string[]) => string | undefined;

/** The variable in which the runner hands over an input: upper case, spaces as underscores, dashes kept. */
export function variableOf(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

/**
 * The inputs that the runner put into the environment, or every fault in them (E212). Values are trimmed, and an empty one is absent, as it is
 * with an unset secret. No message repeats a value that could be a secret.
 */
export function inputsOf(env: Readonly<Record<string, string | undefined>>, nearest: Nearest = () => undefined): Result<Inputs> {
  const faults = unknownInputs(env, nearest);
  const given = (name: InputName): string | undefined => env[variableOf(name)]?.trim() || undefined;
  const read = <T>(name: InputName, form: string, parse: (text: string) => T | undefined): T | undefined => {
    const text = given(name);
    const value = text === undefined ? undefined : parse(text);
    if (text !== undefined && value === undefined) faults.push(misfit(name, form, text));
    return value;
  };
  const choose = <T extends string>(name: InputName, choices: readonly T[]): T | undefined => {
    const text = given(name);
    const value = choices.find((choice) => choice === text);
    if (text !== undefined && value === undefined) faults.push(misfit(name, oneOf(choices), text, nearest(text, choices)));
    return value;
  };
  const approved = read('approve', approveForm, approval);
  const inputs: Inputs = {
    command: choose('command', commands),
    config: read('config', 'paths inside the repository, one a line', paths) ?? [],
    token: read('token', oneWord, matching(/^[\x21-\x7e]+$/)),
    tenantId: given('tenant-id'),
    baseUrl: given('base-url'),
    approve: approved?.digest,
    approveAllow: approved?.allowances ?? [],
    drift: choose('drift', driftChoices) ?? 'report',
    signingKey: read('signing-key', 'at least 16 characters long', matching(/^.{16,}$/su)),
    commentKey:
      read('comment-key', 'up to 39 lower-case letters, digits and dashes, no dash first', matching(/^[a-z0-9][a-z0-9-]{0,38}$/)) ??
      'default',
    redact: choose('redact', redactChoices),
    parallelism: read('parallelism', 'a whole number from 1 to 32', parallelism) ?? 4,
    githubToken: read('github-token', oneWord, matching(/^[\x21-\x7e]+$/)),
  };
  return faults.length > 0 ? fail(...faults) : succeed(inputs);
}

const oneWord = 'one word without spaces, line breaks or unusual characters';

/** One fault of an input that has no better place for it. */
export function inputFault(message: string, help?: string): Diagnostic {
  return { severity: 'error', code: 'E212', message, ...(help !== undefined && { help }) };
}

function unknownInputs(env: Readonly<Record<string, string | undefined>>, nearest: Nearest): Diagnostic[] {
  const known = new Set(inputNames.map(variableOf));
  const strange = Object.keys(env).filter((name) => name.startsWith('INPUT_') && !known.has(name));
  return strange.sort().map((variable) => {
    const name = variable.slice('INPUT_'.length).toLowerCase();
    const meant = nearest(name, inputNames);
    return inputFault(
      `there is no input ${quoted(name)}`,
      meant === undefined ? `the inputs are ${inputNames.join(', ')}` : `did you mean "${meant}"?`,
    );
  });
}

function misfit(name: InputName, form: string, text: string, meant?: string): Diagnostic {
  return inputFault(
    `the input ${name} must be ${form}, and is ${shown(name, text)}`,
    meant === undefined ? undefined : `did you mean "${meant}"?`,
  );
}

/** A short plain word is repeated; anything else could be a secret, or one in the wrong place. */
function shown(name: InputName, text: string): string {
  return name !== 'signing-key' && /^[\w.-]{1,16}$/.test(text) ? `"${text}"` : `something else of ${text.length} characters`;
}

function quoted(name: string): string {
  return /^[\w. -]{1,60}$/.test(name) ? `"${name}"` : 'of such a name';
}

function oneOf(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function matching(form: RegExp): (text: string) => string | undefined {
  return (text) => (form.test(text) ? text : undefined);
}

const approveForm = 'the digest that a plan prints, sha256: and 64 hexadecimal digits, and behind it any guards to lift, as GUARD=N';

function approval(text: string): { readonly digest: string; readonly allowances: readonly string[] } | undefined {
  const [digest = '', ...allowances] = text.split(/\s+/);
  const isOne =
    /^sha256:[0-9a-f]{64}$/.test(digest) && allowances.every((allowance) => /^[A-Za-z]+=\d{1,9}(?:@\d{4}-\d{2}-\d{2})?$/.test(allowance));
  return isOne ? { digest, allowances } : undefined;
}

function parallelism(text: string): number | undefined {
  const value = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= 32 ? value : undefined;
}

function paths(text: string): readonly string[] | undefined {
  const lines = text.split(/\r?\n/).flatMap((line) => line.trim() || []);
  const normal = lines.map((line) => posix.normalize(line).replace(/(?<=.)\/$/, ''));
  return normal.some((path) => /^\/|^\.\.(?:\/|$)|[\0\\]/.test(path)) ? undefined : [...new Set(normal)];
}
