import { open, type Marker, type Said } from '../../src/github/marker.ts';
import { succeed, type Result } from '../../src/model/diagnostic.ts';
import { sameAccount } from '../github/account.ts';
import { editorsOf, listComments, type Comment } from '../github/comments.ts';
import type { Authorized } from './scene.ts';

/** A comment with a plan that this account has written. */
export interface Own {
  readonly comment: Comment;
  readonly marker: Marker;
  readonly body: string;
}

/** The comments with plans of this pull request and key that this run may edit: the newest that nobody else has edited, and all others. */
export async function ownComments(
  { hub, repository }: Authorized,
  said: Pick<Said, 'repository' | 'pull' | 'commentKey'>,
): Promise<Result<{ readonly current?: Own; readonly former: readonly Own[] }>> {
  const listed = await listComments(hub, said.pull);
  if (!listed.ok) return listed;
  const own = listed.value.flatMap((comment): Own[] => {
    const opened = sameAccount(comment.author, repository.viewer) ? open(comment.body) : undefined;
    return opened && isOf(opened.marker, said) ? [{ comment, ...opened }] : [];
  });
  for (const one of own.toSorted((a, b) => (a.marker.header.plannedAt < b.marker.header.plannedAt ? 1 : -1))) {
    const editors = await editorsOf(hub, one.comment.nodeId);
    if (!editors.ok) return editors;
    if (editors.value.every((editor) => sameAccount(editor, repository.viewer)))
      return succeed({ current: one, former: own.filter((other) => other !== one) });
  }
  return succeed({ former: own });
}

function isOf({ header }: Marker, { repository, pull, commentKey }: Pick<Said, 'repository' | 'pull' | 'commentKey'>): boolean {
  return header.repository === repository && header.pull === pull && header.commentKey === commentKey;
}
