import type { Diagnostic } from '../../src/model/diagnostic.ts';

/** GitHub did not do what was asked: one sentence, and what to do about it. */
export function trouble(message: string, help?: string): Diagnostic {
  return { severity: 'error', code: 'E210', message, ...(help !== undefined && { help }) };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object of an answer; an empty one for anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** A text of an answer; an empty one for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** What was asked and how GitHub refused it. `asked` is method and path, `data` the answer's body. */
export function refusal(asked: string, status: number, data: unknown, accepted: string | undefined): Diagnostic {
  const said = saidBy(data);
  const message = `GitHub answered ${status} to \`${asked}\`${said && `: ${said}`}`;
  const permission = permissionFor(asked, accepted);
  if (status === 401) return trouble(message, 'check `github-token`: it is wrong or has ended');
  if (status === 403 && /not accessible by/i.test(said)) return trouble(message, `grant \`${permission}\` under \`permissions:\``);
  if (status === 404) return trouble(message, `if it exists, grant \`${permission}\` under \`permissions:\``);
  return trouble(message);
}

/** What the errors of a GraphQL answer say. */
export function graphqlRefusal(asked: string, errors: readonly unknown[]): Diagnostic {
  const said = errors.map((error) => line(textOf(recordOf(error)['message']))).find((message) => message !== '') ?? 'no reason given';
  const message = `GitHub refused the GraphQL query ${asked}: ${said}`;
  return /not accessible by/i.test(said) ? trouble(message, `grant \`${queryPermissions}\` under \`permissions:\``) : trouble(message);
}

/** What a GraphQL query is as a request. */
export const queryAsked = 'POST /graphql';
const queryPermissions = 'contents: read`, `pull-requests: read` and `statuses: read';

/** The permission that a workflow's token needs for a request; GitHub's own word goes before ours, but it lists all that would do. */
function permissionFor(asked: string, accepted: string | undefined): string {
  if (asked === queryAsked) return queryPermissions;
  const access = asked.startsWith('GET ') ? 'read' : 'write';
  const known = permissions.find(([path]) => path.test(asked));
  if (known) return `${known[1]}: ${access}`;
  const first = accepted?.split(/[;,]/)[0]?.trim();
  return first ? first.replaceAll('_', '-').replace('=', ': ') : `contents: ${access}`;
}

const permissions: readonly (readonly [RegExp, string])[] = [
  [/\/pulls\b/, 'pull-requests'],
  [/\/issues\/(?:\d+\/)?comments\b/, 'pull-requests'],
  [/\/issues\b/, 'issues'],
  [/\/statuses\b/, 'statuses'],
  [/\/collaborators\//, 'metadata'],
  [/\/(?:git|commits)\//, 'contents'],
];

function saidBy(data: unknown): string {
  return line(reasonsOf(data).join(': '));
}

/** What an answer of REST says of a refusal, in one or more texts: `errors` is a list of texts or objects, or one text. */
export function reasonsOf(data: unknown): readonly string[] {
  const { message, errors } = recordOf(data);
  const listed: readonly unknown[] = Array.isArray(errors) ? errors : [errors];
  return [textOf(message), ...listed.map((error) => reasonOf(error))].filter((reason) => reason !== '');
}

function reasonOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const { message, field, code } = recordOf(error);
  return textOf(message) || [textOf(field), textOf(code)].filter((part) => part !== '').join(' ');
}

/** What somebody else wrote, as part of a sentence: one line, without control characters, not long. */
function line(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return plain.length > 200 ? `${plain.slice(0, 199)}…` : plain;
}
