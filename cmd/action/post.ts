import type { Key } from '../../src/github/key.ts';
import { hashOf, isGenuine, open, sign, type Header, type Marker } from '../../src/github/marker.ts';
import { sameLogin } from '../../src/github/login.ts';
import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { withoutFooter } from '../../src/render/comment/footer.ts';
import { createComment, editorsOf, listComments, readComment, updateComment, type Comment } from '../github/comments.ts';
import type { Hub } from '../github/octokit.ts';
import { readPull } from '../github/pull.ts';
import type { Authorized } from './scene.ts';

/** What is to stand in the comment of a pull request. */
export interface Post {
  readonly header: Omit<Header, 'keyId' | 'body'>;
  /** The hashes of what the comment approves. */
  readonly changeIds: readonly string[];
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
 * that somebody else has edited approves nothing for ever, so that a new one is made in its place.
 */
export async function post(scene: Authorized, { header, changeIds, body, isNews }: Post): Promise<Result<Posted>> {
  const { hub, key } = scene;
  const pull = await readPull(hub, header.pull);
  if (!pull.ok) return pull;
  if (pull.value.state === 'closed' || pull.value.head !== header.head) return succeed({ kind: 'superseded' });
  const found = await ownComments(scene, header);
  if (!found.ok) return found;
  const { current, former } = found.value;
  if (!current && !isNews) return succeed({ kind: 'needless' });
  if (current && isNewer(current, header, key)) return succeed({ kind: 'superseded' });
  const isSame = current !== undefined && saysTheSame(current, { header, changeIds, body }, scene);
  const posted = isSame
    ? succeed({ kind: 'unchanged' as const, url: current.comment.url })
    : await store(scene, header, current?.comment, sign(header, changeIds, body, key));
  return posted.ok && 'url' in posted.value ? retire(scene, former, posted.value) : posted;
}

interface Own {
  readonly comment: Comment;
  readonly marker: Marker;
  readonly body: string;
}

/** The comments of this pull request and key that this run may edit: the newest that nobody else has edited, and all others. */
async function ownComments(
  { hub, repository }: Authorized,
  header: Post['header'],
): Promise<Result<{ readonly current?: Own; readonly former: readonly Own[] }>> {
  const listed = await listComments(hub, header.pull);
  if (!listed.ok) return listed;
  const own = listed.value.flatMap((comment): Own[] => {
    const opened = sameLogin(comment.author, repository.viewer) ? open(comment.body) : undefined;
    return opened && isOf(opened.marker, header) ? [{ comment, ...opened }] : [];
  });
  for (const one of own.toSorted((a, b) => (a.marker.header.plannedAt < b.marker.header.plannedAt ? 1 : -1))) {
    const editors = await editorsOf(hub, one.comment.nodeId);
    if (!editors.ok) return editors;
    if (editors.value.every((editor) => sameLogin(editor, repository.viewer)))
      return succeed({ current: one, former: own.filter((other) => other !== one) });
  }
  return succeed({ former: own });
}

/** Whether another run has planned this very head later: its plan stands. */
function isNewer({ marker, body }: Own, { head, plannedAt }: Post['header'], key: Key): boolean {
  return isGenuine(marker, body, key) && marker.header.head === head && marker.header.plannedAt > plannedAt;
}

function isOf({ header }: Marker, { repository, pull, commentKey }: Post['header']): boolean {
  return header.repository === repository && header.pull === pull && header.commentKey === commentKey;
}

/** Whether a comment is signed with this key for this head and says the same, but for when and where it was made. */
function saysTheSame({ marker, body }: Own, wanted: Pick<Post, 'header' | 'changeIds' | 'body'>, { key }: Authorized): boolean {
  const { header } = marker;
  return (
    isGenuine(marker, body, key) &&
    header.head === wanted.header.head &&
    header.digest === wanted.header.digest &&
    header.tenant === wanted.header.tenant &&
    JSON.stringify(header.allowances) === JSON.stringify(wanted.header.allowances) &&
    [...marker.changeIds].sort().join() === wanted.changeIds.toSorted().join() &&
    withoutFooter(body) === withoutFooter(wanted.body)
  );
}

/** Writes a comment and reads it back. An answer that was lost does not matter where the comment stands as it was signed. */
async function store(scene: Authorized, header: Post['header'], known: Comment | undefined, text: string): Promise<Result<Posted>> {
  const { hub } = scene;
  const written = await write(hub, header.pull, known, text);
  if (!written.ok) {
    const listed = known ? undefined : await listComments(hub, header.pull);
    const stands = listed?.ok ? listed.value.find(({ body }) => isStored(body, text)) : undefined;
    return stands ? succeed({ kind: 'stored', url: stands.url }) : written;
  }
  const { id, url } = written.value;
  const back = await readComment(hub, id);
  if (!back.ok) return back;
  if (back.value !== 'gone' && isStored(back.value.body, text)) return succeed({ kind: 'stored', url });
  const opened = back.value === 'gone' ? undefined : open(back.value.body);
  const isReplaced = opened && back.value !== 'gone' && isNewer({ comment: back.value, ...opened }, header, scene.key);
  return succeed({ kind: isReplaced ? 'superseded' : 'lost' });
}

async function write(hub: Hub, pull: number, known: Comment | undefined, text: string): Promise<Result<Comment>> {
  const updated = known && (await updateComment(hub, known.id, text));
  if (updated?.ok === true && updated.value !== 'gone') return succeed(updated.value);
  if (updated?.ok === false) return fail(...updated.diagnostics);
  return createComment(hub, pull, text);
}

/** Whether a body is the one that was signed, but for what GitHub may change in it. */
function isStored(body: string, text: string): boolean {
  const [stored, signed] = [open(body), open(text)];
  if (!stored || !signed) return false;
  return Buffer.from(stored.marker.mac).equals(signed.marker.mac) && hashOf(stored.body) === signed.marker.header.body;
}

/** A former plan must not stay standing beside the newest: it is replaced by the way to that. */
async function retire({ hub }: Authorized, former: readonly Own[], posted: Posted & { readonly url: string }): Promise<Result<Posted>> {
  for (const { comment } of former) {
    const updated = await updateComment(hub, comment.id, `The plan of this pull request stands in [another comment](${posted.url}).`);
    if (!updated.ok) return updated;
  }
  return succeed(posted);
}
