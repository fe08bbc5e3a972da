import { isGenuine, open, sign, type Header, type Marker } from '../../src/github/marker.ts';
import { sameLogin } from '../../src/github/login.ts';
import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { withoutFooter } from '../../src/render/comment/footer.ts';
import { createComment, editorsOf, listComments, readComment, updateComment, type Comment } from '../github/comments.ts';
import { readPull } from '../github/pull.ts';
import type { Authorized } from './scene.ts';

/** What is to stand in the comment of a pull request. */
export interface Post {
  readonly header: Omit<Header, 'keyId' | 'body'>;
  /** The hashes of what the comment approves. */
  readonly atoms: readonly string[];
  readonly body: string;
  /** Whether a comment is made where there is none yet. */
  readonly isNews: boolean;
}

/** What became of a comment. `superseded`: the pull request is closed or has another head by now, so nothing was written. */
export type Posted =
  | { readonly kind: 'stored' | 'unchanged'; readonly url: string }
  | { readonly kind: 'needless' | 'superseded' }
  | { readonly kind: 'lost' };

/**
 * Brings the one comment of a pull request up to date and reads it back: what could not be read back as it was signed approves nothing. A comment
 * that somebody else has edited is left as it is, since its approval is void for ever, and a new one is made.
 */
export async function post(scene: Authorized, { header, atoms, body, isNews }: Post): Promise<Result<Posted>> {
  const { hub } = scene;
  const pull = await readPull(hub, header.pull);
  if (!pull.ok) return pull;
  if (pull.value.state === 'closed' || pull.value.head !== header.head) return succeed({ kind: 'superseded' });
  const own = await ownComment(scene, header);
  if (!own.ok) return own;
  const known = own.value;
  if (!known && !isNews) return succeed({ kind: 'needless' });
  if (known && saysTheSame(known, { header, atoms, body }, scene)) return succeed({ kind: 'unchanged', url: known.comment.url });
  const text = sign(header, atoms, body, scene.key);
  const stored = await store(scene, header.pull, known?.comment, text);
  if (!stored.ok) return stored;
  const back = await readComment(hub, stored.value.id);
  if (!back.ok) return back;
  const read = back.value === 'gone' ? undefined : open(back.value.body);
  const isStored = read !== undefined && isGenuine(read.marker, read.body, scene.key) && read.marker.header.plannedAt === header.plannedAt;
  return succeed(isStored ? { kind: 'stored', url: stored.value.url } : { kind: 'lost' });
}

interface Own {
  readonly comment: Comment;
  readonly marker: Marker;
  readonly body: string;
}

/** The newest comment of this pull request and key that this run may edit and nobody else has edited. */
async function ownComment({ hub, repository }: Authorized, header: Post['header']): Promise<Result<Own | undefined>> {
  const listed = await listComments(hub, header.pull);
  if (!listed.ok) return listed;
  const own = listed.value.flatMap((comment): Own[] => {
    const opened = sameLogin(comment.author, repository.viewer) ? open(comment.body) : undefined;
    return opened && isOf(opened.marker, header) ? [{ comment, ...opened }] : [];
  });
  for (const one of own.toSorted((a, b) => (a.marker.header.plannedAt < b.marker.header.plannedAt ? 1 : -1))) {
    const editors = await editorsOf(hub, one.comment.nodeId);
    if (!editors.ok) return editors;
    if (editors.value.every((editor) => sameLogin(editor, repository.viewer))) return succeed(one);
  }
  return succeed(undefined);
}

function isOf({ header }: Marker, { repository, pull, commentKey }: Post['header']): boolean {
  return header.repository === repository && header.pull === pull && header.commentKey === commentKey;
}

/** Whether a comment is signed with this key for this head and says the same, but for when and where it was made. */
function saysTheSame({ marker, body }: Own, wanted: Pick<Post, 'header' | 'atoms' | 'body'>, { key }: Authorized): boolean {
  const { header } = marker;
  return (
    isGenuine(marker, body, key) &&
    header.head === wanted.header.head &&
    header.digest === wanted.header.digest &&
    header.tenant === wanted.header.tenant &&
    JSON.stringify(header.allowances) === JSON.stringify(wanted.header.allowances) &&
    [...marker.atoms].sort().join() === wanted.atoms.toSorted().join() &&
    withoutFooter(body) === withoutFooter(wanted.body)
  );
}

async function store({ hub }: Authorized, pull: number, known: Comment | undefined, text: string): Promise<Result<Comment>> {
  const updated = known && (await updateComment(hub, known.id, text));
  if (updated?.ok === true && updated.value !== 'gone') return succeed(updated.value);
  if (updated?.ok === false) return fail(...updated.diagnostics);
  return createComment(hub, pull, text);
}
