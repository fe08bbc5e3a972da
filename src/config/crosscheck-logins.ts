import type { UserEntry, Written } from '../model/declaration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { userNameOf } from '../model/directory.ts';
import { quoted, twice } from './report.ts';

/** GitHub logins that two users have; GitHub compares them without case. A user who is declared twice is reported as that alone. */
export function loginFaults(users: readonly UserEntry[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const known = new Map<string, { readonly login: Written<string>; readonly user: string }>();
  for (const { userName, github } of users) {
    if (!github) continue;
    const key = github.value.toLowerCase();
    const user = userNameOf(userName.value);
    const first = known.get(key);
    if (!first) known.set(key, { login: github, user });
    else if (first.user !== user) {
      const message = `the GitHub login ${quoted(github.value)} is used twice`;
      found.push(twice(github.at, first.login.at, 'E043', message, 'used again', 'used first'));
    }
  }
  return found;
}
