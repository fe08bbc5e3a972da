import { authorsOf, loginOf, type Named } from './accounts.ts';
import { associatedPulls } from './associated.ts';
import { connection, type PageArguments } from './connection.ts';
import { checkArguments, type Nodes } from './nodes.ts';
import type { GitCommit, TreeEntry } from './objects.ts';
import { actorNode } from './people.ts';
import { contextsOf, rollup } from './talk.ts';
import { nodeId, type Status, type World } from './world.ts';

/** GitHub cuts the text of a longer blob, in bytes. */
const longestText = 512_000;

/** A commit, tree or blob; null where there is none. `path` is where it stands, for the paths of a tree's entries. */
export function objectNode(nodes: Nodes, sha: string | null | undefined, path = ''): object | null {
  const { world } = nodes;
  const object = typeof sha === 'string' ? world.git.object(sha) : undefined;
  if (typeof sha !== 'string' || object === undefined) {
    return null;
  }
  const common = { id: nodeId('O', Number.parseInt(sha.slice(0, 8), 16)), oid: sha, abbreviatedOid: sha.slice(0, 7) };
  const commit = world.git.commit(sha);
  if (commit !== undefined) {
    return { ...common, ...commitNode(nodes, commit) };
  }
  const entries = world.git.tree(sha);
  return entries === undefined
    ? { ...common, ...blobNode(object.content) }
    : { ...common, __typename: 'Tree', entries: () => entries.map((entry) => entryNode(nodes, entry, path)) };
}

function commitNode(nodes: Nodes, commit: GitCommit) {
  const { world } = nodes;
  const { sha, tree, parents, author, committer, message } = commit;
  return {
    __typename: 'Commit',
    message,
    messageHeadline: message.split('\n')[0] ?? '',
    author: personNode(author),
    committer: personNode(committer),
    authoredDate: author.date,
    committedDate: committer.date,
    url: `${world.webUrl}/commit/${sha}`,
    authors: (page: PageArguments) => connection('authors', authorsOf(commit), page, personNode),
    tree: () => nodes.object(tree),
    parents: (page: PageArguments) => connection('parents', parents, page, (parent) => nodes.object(parent) ?? {}),
    history: (given: PageArguments) => historyNode(nodes, sha, given),
    status: () => statusNode(world, sha),
    associatedPullRequests: (given: PageArguments) => {
      checkArguments(world, 'Commit.associatedPullRequests', given, []);
      return connection('associatedPullRequests', associatedPulls(world, sha), given, nodes.pull);
    },
  };
}

function historyNode(nodes: Nodes, sha: string, given: PageArguments) {
  const { world } = nodes;
  checkArguments(world, 'Commit.history', given, []);
  if (typeof given.after !== 'string') {
    world.historyQueries += 1;
  }
  return connection('history', world.git.range(undefined, sha), given, (commit) => nodes.object(commit) ?? {}, sha);
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

function entryNode({ world, object }: Nodes, { mode, type, sha, name }: TreeEntry, parent: string) {
  const path = parent === '' ? name : `${parent}/${name}`;
  const size = () => (type === 'blob' ? (world.git.object(sha)?.content.length ?? 0) : 0);
  return { name, path, oid: sha, type, mode: Number.parseInt(mode, 8), size, object: () => object(sha, path) };
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

// A bot stands here as a user with the name that REST gives it.
function personNode(person: Named & { readonly date?: string }) {
  const login = loginOf(person);
  return { ...person, user: login === undefined ? null : { __typename: 'User', login } };
}
