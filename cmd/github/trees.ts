import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { defaultPath, passedOver, type Place, type TreeEntry } from '../../src/github/tree.ts';
import type { Hub } from './octokit.ts';
import { recordOf, trouble } from './trouble.ts';

/** A tree as GitHub lists it. */
interface Tree {
  readonly entries: readonly TreeEntry[];
  readonly isTruncated: boolean;
}

/** The trees that were read, each as it is listed alone or with all that is below it. */
export type TreeCache = Map<string, Tree>;

/** Reads what is at the paths below a root tree, in normal form; without a path, at the default one. Only the trees that lead there are read. */
export async function placesOf(hub: Hub, root: string, paths: readonly string[], trees: TreeCache): Promise<Result<readonly Place[]>> {
  const places: Place[] = [];
  let named = paths;
  let beside: string | undefined;
  if (paths.length === 0) {
    const top = await readTree(hub, root, false, trees);
    if (!top.ok) return top;
    named = [defaultPath(top.value.entries)];
    beside = passedOver(top.value.entries);
  }
  for (const path of named) {
    const place = await placeOf(hub, root, path, trees);
    if (!place.ok) return place;
    places.push(
      paths.length === 0 ? { ...place.value, isDefault: true, ...(beside !== undefined && { passedOver: beside }) } : place.value,
    );
  }
  return succeed(places);
}

/** The id of the root tree of a commit. */
export async function rootOf(hub: Hub, commit: string): Promise<Result<string>> {
  const answer = await hub.rest('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', { commit_sha: commit });
  if (!answer.ok) return answer;
  const root = recordOf(recordOf(answer.value.data)['tree'])['sha'];
  return isId(root) ? succeed(root) : fail(trouble(`GitHub described the commit ${commit.slice(0, 7)} in a form that is not known`));
}

/** Follows a path from tree to tree, down to what it names or to what is in its way. */
async function placeOf(hub: Hub, root: string, path: string, trees: TreeCache): Promise<Result<Place>> {
  let sha = root;
  let walked = '';
  for (const segment of path === '' ? [] : path.split('/')) {
    const tree = await readTree(hub, sha, false, trees);
    if (!tree.ok) return tree;
    if (tree.value.isTruncated) return succeed({ path, found: 'truncated' });
    const entry = tree.value.entries.find((entry) => entry.path === segment);
    walked = walked === '' ? segment : `${walked}/${segment}`;
    if (!entry) return succeed({ path, found: 'nothing' });
    if (entry.type !== 'tree') return succeed({ path, found: 'entry', entry: { ...entry, path: walked } });
    sha = entry.sha;
  }
  const below = await readTree(hub, sha, true, trees);
  if (!below.ok) return below;
  return succeed(below.value.isTruncated ? { path, found: 'truncated' } : { path, found: 'tree', entries: below.value.entries });
}

async function readTree(hub: Hub, sha: string, isRecursive: boolean, trees: TreeCache): Promise<Result<Tree>> {
  const key = `${sha} ${isRecursive}`;
  const known = trees.get(key);
  if (known) return succeed(known);
  const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}';
  const answer = await hub.rest(route, { tree_sha: sha, ...(isRecursive && { recursive: '1' }) });
  if (!answer.ok) return answer;
  const { tree: listed, truncated } = recordOf(answer.value.data);
  const entries = Array.isArray(listed) ? listed.map(entryOf) : [undefined];
  const whole = entries.filter((entry) => entry !== undefined);
  if (whole.length !== entries.length) return fail(trouble(`GitHub listed the tree ${sha.slice(0, 7)} in a form that is not known`));
  const tree = { entries: whole, isTruncated: truncated === true };
  trees.set(key, tree);
  return succeed(tree);
}

function entryOf(data: unknown): TreeEntry | undefined {
  const { path, mode, type, sha, size } = recordOf(data);
  if (typeof path !== 'string' || path === '' || !isId(sha) || typeof mode !== 'string' || !isType(type)) return undefined;
  return { path, mode, type, sha, ...(typeof size === 'number' && { size }) };
}

function isType(type: unknown): type is TreeEntry['type'] {
  return type === 'blob' || type === 'tree' || type === 'commit';
}

/** The id of an object of git, by SHA-1 or SHA-256. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
}
