import type { Declaration } from '../model/declaration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { userNameOf } from '../model/directory.ts';
import { quoted } from './report.ts';

/** A note for each member that no entry declares: only the live state can tell whether there is such a user. */
export function unresolvedReferences(declaration: Declaration): readonly Diagnostic[] {
  const declared = new Set<string>();
  for (const { userName, previously } of declaration.users) {
    for (const { value } of [userName, ...previously]) declared.add(userNameOf(value));
  }
  return declaration.groups.flatMap((group) =>
    (group.members?.list ?? [])
      .filter((member) => !declared.has(userNameOf(member.value)))
      .map((member): Diagnostic => ({
        severity: 'note',
        code: 'N001',
        message: `the member ${quoted(member.value)} of ${quoted(group.displayName.value)} is not declared`,
        at: member.at,
        label: 'not in `users`',
        help: '`plan` looks for this address among the live users',
      })),
  );
}
