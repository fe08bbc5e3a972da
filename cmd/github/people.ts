import type { Account } from './account.ts';

/** The author or committer of a commit: an e-mail address, and the user whom GitHub knows by it. GraphQL names no bot here. */
export interface Signer {
  readonly email: string | null;
  readonly user: { readonly login: string } | null;
}

/** What a query asks for to get a `Signer`. */
export const signerFields = 'email user { login }';

/** The account under which GitHub itself commits what is done in a browser, and the address that it does so with. */
const [webFlow, webFlowAddress] = ['web-flow', 'noreply@github.com'];

/** The user who signed a commit, if GitHub knows one. */
export function userOf(signer: Signer | null): Account | undefined {
  return signer?.user ? { login: signer.user.login, type: 'User' } : undefined;
}

/** Each person once: the login, or where GitHub knows no user the e-mail address in lower case. */
export function namesOf(signers: readonly (Signer | null)[]): readonly string[] {
  const names = new Map<string, string>();
  for (const signer of signers) {
    const name = signer?.user?.login ?? signer?.email?.toLowerCase() ?? '';
    if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

/** Whether a commit was signed by GitHub itself, for somebody who worked in a browser. */
export function isWebFlow(signer: Signer | null): boolean {
  if (signer === null) return false;
  return signer.user ? signer.user.login === webFlow : signer.email?.toLowerCase() === webFlowAddress;
}
