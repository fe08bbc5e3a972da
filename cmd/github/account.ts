import { sameLogin } from '../../src/github/login.ts';
import { recordOf, textOf } from './trouble.ts';

/** Somebody on GitHub. The login is written as REST writes it: a bot’s ends in `[bot]`. A deleted account is the `ghost` of type `Unknown`. */
export interface Account {
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization' | 'Mannequin' | 'Unknown';
}

/** An author or editor as GraphQL describes it; null for a deleted account. */
export type Actor = { readonly __typename: string; readonly login: string } | null | undefined;

/** What a query asks for to get an `Actor`. */
export const actorFields = '__typename login';

const ghost: Account = { login: 'ghost', type: 'Unknown' };

/** Whether two accounts are one: the same type, and the same login in whatever form GitHub writes it. A user named `x` is not the bot `x[bot]`. */
export function sameAccount(a: Account, b: Account): boolean {
  return a.type === b.type && sameLogin(a.login, b.login);
}

/** The account of a `user` in an answer of REST. */
export function accountOf(user: unknown): Account {
  const { login, type } = recordOf(user);
  return known(textOf(login), typeOf(textOf(type)));
}

/** The account of an actor in an answer of GraphQL, which leaves `[bot]` out of a bot’s login. */
export function accountOfActor(actor: Actor): Account {
  if (!actor) return ghost;
  const type = typeOf(actor.__typename);
  return known(type === 'Bot' && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login, type);
}

/** The account that GraphQL names as `viewer`: the one place where it writes `[bot]`, and where it calls a bot a user. */
export function accountOfViewer(login: string): Account {
  return { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
}

/** REST shows deleted accounts as the user `ghost`. */
function known(login: string, type: Account['type']): Account {
  return login === '' || login.toLowerCase() === ghost.login ? ghost : { login, type };
}

function typeOf(name: string): Account['type'] {
  return name === 'User' || name === 'Bot' || name === 'Organization' || name === 'Mannequin' ? name : 'Unknown';
}
