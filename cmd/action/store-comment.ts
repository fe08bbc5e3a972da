import { hashOf, isGenuine, open, type Said } from '../../src/github/marker.ts';
import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { createComment, readComment, updateComment, type Comment } from '../github/comments.ts';
import type { Authorized } from './scene.ts';

/** What became of a comment. `superseded`: the pull request is closed or has another head by now, so nothing was written. */
export type Posted =
  | { readonly kind: 'stored' | 'unchanged'; readonly url: string }
  | { readonly kind: 'needless' | 'superseded' }
  | { readonly kind: 'lost' };

/** What became of one write, and the comment as GitHub has it. */
export interface Stored {
  readonly posted: Posted;
  readonly comment?: Comment;
}

/** Writes a comment and reads it back: only what is there as it was signed counts as stored. */
export async function store(scene: Authorized, said: Said, known: Comment | undefined, text: string): Promise<Result<Stored>> {
  const written = await write(scene, said.pull, known, text);
  if (!written.ok) return written;
  const { id, url } = written.value;
  const back = await readComment(scene.hub, id);
  if (!back.ok) return back;
  if (back.value === 'gone') return succeed({ posted: { kind: 'lost' } });
  if (isStored(back.value.body, text)) return succeed({ posted: { kind: 'stored', url }, comment: back.value });
  const opened = open(back.value.body);
  const isReplaced =
    opened !== undefined &&
    isGenuine(opened.marker, opened.body, scene.keys) &&
    opened.marker.header.head === said.head &&
    opened.marker.header.plannedAt > said.plannedAt;
  return succeed({ posted: { kind: isReplaced ? 'superseded' : 'lost' } });
}

async function write({ hub, repository }: Authorized, pull: number, known: Comment | undefined, text: string): Promise<Result<Comment>> {
  const updated = known && (await updateComment(hub, known.id, text));
  if (updated?.ok === true && updated.value !== 'gone') return succeed(updated.value);
  if (updated?.ok === false) return fail(...updated.diagnostics);
  return createComment(hub, pull, text, repository.viewer);
}

/** Whether a body is the one that was signed, but for what GitHub may change in it. */
function isStored(body: string, text: string): boolean {
  const [stored, signed] = [open(body), open(text)];
  if (!stored || !signed) return false;
  return Buffer.from(stored.marker.mac).equals(signed.marker.mac) && hashOf(stored.body) === signed.marker.header.body;
}
