import type { Declaration, Written } from '../model/declaration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { lookalikes, showLookalikes } from '../model/lookalike.ts';
import { codePoint, quoted } from './report.ts';

type Addressed = Pick<Declaration, 'organization' | 'users' | 'groups' | 'grants'>;

/** How many letters of one address are listed. */
const mostListed = 3;

/** A warning for each address, or pattern of addresses, with a letter outside ASCII that a reader can take for another one. */
export function lookalikeWarnings(addressed: Addressed): readonly Diagnostic[] {
  return addressesOf(addressed).flatMap(({ value, at }) => {
    const letters = lookalikes(value);
    return letters.length === 0 ? [] : [warning(value, at, letters)];
  });
}

function addressesOf({ organization, users, groups, grants }: Addressed): readonly Written<string>[] {
  return [
    ...(organization.ignore?.users ?? []),
    ...(organization.protected ?? []),
    ...users.flatMap(({ userName, previously }) => [userName, ...previously]),
    ...groups.flatMap(({ members }) => members?.list ?? []),
    ...grants.map(({ user }) => user),
  ];
}

function warning(address: string, at: Diagnostic['at'], letters: readonly string[]): Diagnostic {
  const can = letters.length === 1 ? 'which can look like another letter' : 'which can look like other letters';
  return {
    severity: 'warning',
    code: 'W014',
    message: `${quoted(showLookalikes(address))} holds ${listOf(letters.map(codePoint))}, ${can}`,
    ...(at && { at }),
    help: 'if such a letter is not meant, type the address again instead of pasting it',
  };
}

/** `A`, `A and B`, or the first of many and how many others there are. */
function listOf(words: readonly string[]): string {
  const shown = words.length > mostListed + 1 ? [...words.slice(0, mostListed), `${words.length - mostListed} others`] : words;
  return shown.length === 1 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}
