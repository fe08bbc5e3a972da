import type { GitCommit, Person } from './objects.ts';

/** A name and an address in a commit. */
export interface Named {
  readonly name: string;
  readonly email: string;
}

/** What GitHub itself commits with. */
export const webFlow: Named = { name: 'GitHub', email: 'noreply@github.com' };

/** The login of the account that an address belongs to; nothing if no account has it. */
export function loginOf({ email }: Named): string | undefined {
  if (email === webFlow.email) {
    return 'web-flow';
  }
  const login = /^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(email)?.[1];
  return login === 'ghost' ? undefined : login;
}

/** The name and the address that an account commits with. */
export function namedOf(account: string | Named): Named {
  if (typeof account !== 'string') {
    return account;
  }
  return account === 'web-flow' ? webFlow : { name: account, email: `${account}@users.noreply.github.com` };
}

/** The author of a commit, then the co-authors that its message ends with, each address once. */
export function authorsOf({ author, message }: GitCommit): readonly (Named | Person)[] {
  const trailers = message.trimEnd().split('\n\n').slice(1).at(-1) ?? '';
  const coAuthors = [...trailers.matchAll(/^co-authored-by: (.*) <(.*)>$/gim)].map(([, name = '', email = '']) => ({ name, email }));
  const all: readonly (Named | Person)[] = [author, ...coAuthors];
  return all.filter(({ email }, at) => all.findIndex((other) => other.email === email) === at);
}

/** The end of a message that names co-authors. */
export function coAuthorTrailers(authors: readonly Named[]): string {
  return authors.length === 0 ? '' : `\n\n${authors.map(({ name, email }) => `Co-authored-by: ${name} <${email}>`).join('\n')}`;
}
