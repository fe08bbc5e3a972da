import type { Diagnostic } from '../model/diagnostic.ts';
import { sameValue } from '../model/directory.ts';
import type { UserMatching } from './match.ts';

/** What an admin should know about people who are declared, though nothing will be done about it. */
export function warningsOf(users: UserMatching): Diagnostic[] {
  return users.pairs.flatMap(({ desired, live }) => {
    if (!live) return [];
    const { userName, cause, wanted } = desired;
    const warnings: Diagnostic[] = [];
    const at = cause.at && { at: { ...cause.at, length: userName.length } };
    if (!live.attributes.active && !wanted.active) {
      const message = `${userName} is deactivated in Figma and stays so`;
      const help = 'write active: true to bring the user back, or active: false to say that this is meant';
      warnings.push({ severity: 'warning', code: 'W001', message, ...at, help });
    }
    const [want, have] = [wanted.employeeNumber?.value, live.attributes.employeeNumber];
    const sameAddress = sameValue('userName', userName, live.attributes.userName);
    if (sameAddress && want !== undefined && want !== '' && have !== undefined && want !== have) {
      const message = `the live ${userName} has employee number ${have}, the entry says ${want}: the address may have a new owner`;
      const help = 'make sure that this is still the same person: access, files and history stay with the account';
      warnings.push({ severity: 'warning', code: 'W002', message, ...at, help });
    }
    return warnings;
  });
}
