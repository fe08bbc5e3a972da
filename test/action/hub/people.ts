import { nodeId, type Access, type World } from './world.ts';

/** An account in the REST API; one that was deleted shows as `ghost`. */
export function userShape(login: string) {
  const id = Buffer.from(login).reduce((sum, byte) => (sum * 31 + byte) % 1_000_000_007, 7);
  const isBot = isBotLogin(login);
  const html_url = `https://github.com/${isBot ? `apps/${bareLogin(login)}` : login}`;
  return { login, id, node_id: nodeId(isBot ? 'BOT' : 'U', id), type: isBot ? 'Bot' : 'User', html_url, site_admin: false };
}

/** An account in GraphQL, which leaves `[bot]` out of a bot's login and knows nobody where the account was deleted. */
export function actorNode(login: string): object | null {
  return login === 'ghost' ? null : { __typename: isBotLogin(login) ? 'Bot' : 'User', login: bareLogin(login) };
}

/** What somebody may do in the repository now. */
export function accessOf(world: World, login: string): Access {
  const given = world.access.get(login.toLowerCase());
  if (given === undefined) {
    return isUser(login) ? 'write' : 'none';
  }
  // Everybody may read a public repository.
  return given === 'none' && !world.setup.private && isUser(login) ? 'read' : given;
}

/** Whether somebody may push to the repository now. */
export function mayPush(world: World, login: string): boolean {
  return ['admin', 'maintain', 'write'].includes(accessOf(world, login));
}

/** How somebody is connected with the repository, as GitHub writes it beside a text of theirs. */
export function associationOf(world: World, login: string): 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE' {
  if (isBotLogin(login)) {
    return 'CONTRIBUTOR';
  }
  return mayPush(world, login) ? 'COLLABORATOR' : 'NONE';
}

/** Whether a login belongs to an account of a person; `ghost` stands for accounts that are gone. */
export function isUser(login: string): boolean {
  return login !== 'ghost' && !isBotLogin(login);
}

function isBotLogin(login: string): boolean {
  return login.endsWith('[bot]');
}

function bareLogin(login: string): string {
  return login.replace(/\[bot\]$/, '');
}
