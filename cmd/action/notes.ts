import { succeed, type Result } from '../../src/model/diagnostic.ts';
import { sameAccount } from '../github/account.ts';
import { createComment, listComments, updateComment } from '../github/comments.ts';
import type { Scene } from './scene.ts';

/** A comment beside the plan, one for each thing it is about, that this run may replace: it approves nothing and needs no signature. */
export async function note(
  { hub, repository, inputs }: Scene,
  pull: number,
  about: 'result' | 'unapproved',
  text: string,
): Promise<Result<void>> {
  const first = `<!-- seatform:${about}:v1 ${inputs.commentKey} -->`;
  const listed = await listComments(hub, pull);
  if (!listed.ok) return listed;
  const known = listed.value.find(({ author, body }) => sameAccount(author, repository.viewer) && body.startsWith(first));
  const body = `${first}\n${text}`;
  const updated = known && (await updateComment(hub, known.id, body));
  if (updated && (!updated.ok || updated.value !== 'gone')) return updated.ok ? succeed(undefined) : updated;
  const created = await createComment(hub, pull, body, repository.viewer);
  return created.ok ? succeed(undefined) : created;
}
