import { associatedPulls } from './associated.ts';
import { connection, type PageArguments } from './connection.ts';
import { actorNode, pullNode } from './node-pull.ts';
import type { GitCommit, Person, TreeEntry } from './objects.ts';
import { contextsOf, rollup } from './talk.ts';
import { nodeId, type Status, type World } from './world.ts';

/** GitHub cuts the text of a longer blob, in bytes. */
const longestText = 512_000;

/** A commit, tree or blob; null where there is none. `path` is where it stands, for the paths of a tree's entries. */
export function objectNode(world: World, sha: string | undefined, path = ''): object | null {
  const object = sha === undefined ? undefined : world.git.object(sha);
  if (sha === undefined || object === undefined) {
    return null;
  }
  const common = { id: nodeId('O', Number.parseInt(sha.slice(0, 8), 16)), oid: sha, abbreviatedOid: sha.slice(0, 7) };
  const commit = world.git.commit(sha);
  if (commit !== undefined) {
    return { ...common, ...commitNode(world, commit) };
  }
  const entries = world.git.tree(sha);
  return entries === undefined
    ? { ...common, ...blobNode(object.content) }
    : { ...common, __typename: 'Tree', entries: () => entries.map((entry) => entryNode(world, entry, path)) };
}

function commitNode(world: World, { sha, tree, parents, author, committer, message }: GitCommit) {
  return {
    __typename: 'Commit',
    message,
    messageHeadline: message.split('\n')[0] ?? '',
    author: personNode(author),
    committer: personNode(committer),
    authoredDate: author.date,
    committedDate: committer.date,
    url: `${world.webUrl}/commit/${sha}`,
    tree: () => objectNode(world, tree),
    parents: (page: PageArguments) => connection('parents', parents, page, (parent) => objectNode(world, parent) ?? {}),
    history: (given: PageArguments & Readonly<Record<string, unknown>>) => historyNode(world, sha, given),
    status: () => statusNode(world, sha),
    associatedPullRequests: (page: PageArguments) =>
      connection('associatedPullRequests', associatedPulls(world, sha), page, (pull) => pullNode(world, pull)),
  };
}

function historyNode(world: World, sha: string, given: PageArguments & Readonly<Record<string, unknown>>) {
  const unplayed = ['path', 'author', 'since', 'until'].find((name) => given[name] !== undefined && given[name] !== null);
  if (unplayed !== undefined) {
    world.defects.push(`The hub does not play Commit.history(${unplayed}:).`);
    throw new Error(world.defects.at(-1));
  }
  if (typeof given.after !== 'string') {
    world.historyQueries += 1;
  }
  return connection('history', world.git.range(undefined, sha), given, (commit) => objectNode(world, commit) ?? {}, sha);
}

function statusNode(world: World, sha: string) {
  world.demand('read', 'statuses');
  const contexts = contextsOf(world, sha);
  const state = rollup(contexts).toUpperCase();
  return contexts.length === 0
    ? null
    : {
        state,
        contexts: () => contexts.map(contextNode),
        context: ({ name }: { name: string }) => {
          const found = contexts.find(({ context }) => context === name);
          return found === undefined ? null : contextNode(found);
        },
      };
}

function contextNode({ id, context, state, description, targetUrl, createdAt, creator }: Status) {
  return {
    id: nodeId('SC', id),
    context,
    state: state.toUpperCase(),
    description,
    targetUrl,
    createdAt,
    creator: actorNode(creator),
  };
}

function entryNode(world: World, { mode, type, sha, name }: TreeEntry, parent: string) {
  const path = parent === '' ? name : `${parent}/${name}`;
  const size = () => (type === 'blob' ? (world.git.object(sha)?.content.length ?? 0) : 0);
  return { name, path, oid: sha, type, mode: Number.parseInt(mode, 8), size, object: () => objectNode(world, sha, path) };
}

function blobNode(content: Buffer) {
  const isBinary = content.includes(0);
  const isTruncated = content.length > longestText;
  const text = () => (isBinary ? null : decoded(content.subarray(0, longestText)));
  return { __typename: 'Blob', byteSize: content.length, isBinary, isTruncated, text };
}

// GitHub guesses the encoding of what is not UTF-8 and shows it as text all the same.
function decoded(content: Buffer): string {
  const text = content.toString('utf8');
  return text.replace(/\uFFFD$/, '').includes('\uFFFD') ? content.toString('latin1') : text;
}

function personNode({ name, email, date }: Person) {
  return { name, email, date, user: { __typename: 'User', login: name } };
}
