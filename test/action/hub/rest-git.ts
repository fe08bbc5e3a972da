import { loginOf, type Named } from './accounts.ts';
import { found, type Call, type Reply, type Route } from './call.ts';
import type { GitCommit } from './objects.ts';
import { userShape } from './people.ts';
import { notFound, Refusal } from './refusal.ts';
import type { World } from './world.ts';

/** Commits, trees and blobs. */
export const gitRoutes: readonly Route[] = [
  ['GET git/commits/([0-9a-f]{40})', gitCommit],
  ['GET git/trees/(.+)', gitTree],
  ['GET git/blobs/([0-9a-f]{40})', gitBlob],
  ['GET git/ref/(.+)', gitRef],
  ['GET commits/([^/]+)', repoCommit],
];

function gitCommit(world: World, _: Call, [sha = '']: readonly string[]): Reply {
  world.demand('read', 'contents');
  const commit = world.git.commit(sha);
  if (commit === undefined) {
    throw notFound();
  }
  return found({ sha, url: `${world.repoUrl}/git/commits/${sha}`, html_url: `${world.webUrl}/commit/${sha}`, ...inner(world, commit) });
}

function repoCommit(world: World, _: Call, [ref = '']: readonly string[]): Reply {
  world.demand('read', 'contents');
  const commit = world.git.commit(world.git.resolve(ref) ?? '');
  if (commit === undefined) {
    throw new Refusal(422, `No commit found for SHA: ${ref}`);
  }
  const { sha, author, committer } = commit;
  const { parents, ...rest } = inner(world, commit);
  return found({
    sha,
    url: `${world.repoUrl}/commits/${sha}`,
    html_url: `${world.webUrl}/commit/${sha}`,
    commit: rest,
    author: accountShape(author),
    committer: accountShape(committer),
    parents,
  });
}

function gitTree(world: World, { query }: Call, [name = '']: readonly string[]): Reply {
  world.demand('read', 'contents');
  const sha = world.git.resolve(name);
  const tree = world.git.commit(sha ?? '')?.tree ?? sha;
  if (sha === undefined || tree === undefined || world.git.tree(tree) === undefined) {
    throw notFound();
  }
  // Any value means yes, `0` and `false` too.
  const isRecursive = query.has('recursive');
  const all = entries(world, tree, '', isRecursive);
  const truncated = isRecursive && all.length > world.setup.treeLimit;
  return found({ sha, url: `${world.repoUrl}/git/trees/${sha}`, tree: truncated ? all.slice(0, world.setup.treeLimit) : all, truncated });
}

interface Entry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size?: number | undefined;
  readonly url?: string;
}

function entries(world: World, tree: string, prefix: string, isRecursive: boolean): Entry[] {
  return (world.git.tree(tree) ?? []).flatMap(({ mode, type, sha, name }) => {
    const path = `${prefix}${name}`;
    if (type === 'commit') {
      return [{ path, mode, type, sha }];
    }
    const url = `${world.repoUrl}/git/${type}s/${sha}`;
    // What is undefined is left out of the JSON.
    const entry = { path, mode, type, sha, size: type === 'blob' ? world.git.object(sha)?.content.length : undefined, url };
    return type === 'tree' && isRecursive ? [entry as Entry].concat(entries(world, sha, `${path}/`, true)) : [entry];
  });
}

function gitBlob(world: World, { accept }: Call, [sha = '']: readonly string[]): Reply {
  world.demand('read', 'contents');
  const blob = world.git.object(sha);
  if (blob?.type !== 'blob') {
    throw notFound();
  }
  if (/\braw\b/.test(accept)) {
    return { status: 200, raw: blob.content, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
  }
  const content = blob.content.toString('base64').replaceAll(/.{1,60}/g, '$&\n');
  return found({ sha, size: blob.content.length, url: `${world.repoUrl}/git/blobs/${sha}`, content, encoding: 'base64' });
}

function gitRef(world: World, _: Call, [ref = '']: readonly string[]): Reply {
  world.demand('read', 'contents');
  const sha = world.git.resolve(`refs/${ref}`);
  if (sha === undefined) {
    throw notFound();
  }
  const object = { sha, type: 'commit', url: `${world.repoUrl}/git/commits/${sha}` };
  return found({ ref: `refs/${ref}`, url: `${world.repoUrl}/git/refs/${ref}`, object });
}

/** The account that an address in a commit belongs to, or nobody. */
function accountShape(person: Named): object | null {
  const login = loginOf(person);
  return login === undefined ? null : userShape(login);
}

function inner(world: World, { author, committer, tree, parents, message }: GitCommit) {
  const at = (sha: string) => ({ sha, url: `${world.repoUrl}/git/commits/${sha}`, html_url: `${world.webUrl}/commit/${sha}` });
  const verification = { verified: false, reason: 'unsigned', signature: null, payload: null };
  const treeAt = { sha: tree, url: `${world.repoUrl}/git/trees/${tree}` };
  return { author, committer, tree: treeAt, message, parents: parents.map(at), verification };
}
