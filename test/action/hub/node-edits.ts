import { connection, type PageArguments } from './connection.ts';
import { actorNode } from './people.ts';
import type { Edit } from './world.ts';

/** Who changed a text after it was written, in the fields that every such node has. */
export function editFields(author: string, createdAt: string, edits: readonly Edit[]) {
  const last = edits.at(-1);
  // The first edit makes GitHub list the writing itself too; the newest stands first.
  const all: readonly Edit[] = last === undefined ? [] : [{ editor: author, at: createdAt }, ...edits].reverse();
  return {
    lastEditedAt: last?.at ?? null,
    editor: last === undefined ? null : actorNode(last.editor),
    includesCreatedEdit: last !== undefined,
    userContentEdits: (page: PageArguments) =>
      connection('userContentEdits', all, page, ({ editor, at }) => ({
        editor: actorNode(editor),
        editedAt: at,
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
        deletedBy: null,
      })),
  };
}
