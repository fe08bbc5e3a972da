import type { Diagnostic } from '../model/diagnostic.ts';
import { grantFaults, grantReferenceFaults } from './crosscheck-grants.ts';
import { ignoredFaults } from './crosscheck-ignored.ts';
import { loginFaults } from './crosscheck-logins.ts';
import { budgetFaults, nameFaults } from './crosscheck-names.ts';
import { emptyRuleFaults, largeGroupFaults } from './crosscheck-rules.ts';
import { type Collected, scopeOf } from './scope.ts';

/** What is wrong between entries, within a file and across files. */
export function crossCheck(collected: Collected): readonly Diagnostic[] {
  const { organization, users, groups, grants, isWhole } = collected;
  const found = [
    nameFaults(users, groups),
    loginFaults(users),
    budgetFaults(organization.budgets ?? []),
    ignoredFaults(collected, organization),
  ];
  if (grants.length > 0 || groups.some(({ membersWhere }) => membersWhere)) {
    const scope = scopeOf(collected);
    found.push(grantFaults(scope), largeGroupFaults(scope));
    if (isWhole && users.length > 0) found.push(grantReferenceFaults(scope), emptyRuleFaults(scope));
  }
  return found.flat();
}
