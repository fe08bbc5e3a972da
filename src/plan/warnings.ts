import type { Cause, DesiredUser } from '../model/desired.ts';
import type { Diagnostic, Severity, Span } from '../model/diagnostic.ts';
import type { Code } from '../model/codes.ts';
import { sameValue } from '../model/directory.ts';
import type { LiveUser } from '../model/live.ts';
import type { GroupMatching, UserMatching } from './match.ts';

/** What an admin should know about what is declared, though the plan is as it is: likely slips that no schema can see. */
export function warningsOf(users: UserMatching, groups: GroupMatching): Diagnostic[] {
  return [
    ...users.pairs.flatMap(({ desired, live, rivals }) => (live ? aboutLive(desired, live) : aboutAbsent(desired, rivals.length > 0))),
    ...aboutGroupNames(groups),
  ];
}

function aboutLive(desired: DesiredUser, { attributes }: LiveUser): Diagnostic[] {
  const { userName, cause, wanted } = desired;
  const notices: Diagnostic[] = [];
  if (!attributes.active && !wanted.active) {
    const help = 'write active: true to bring the user back, or active: false to say that this is meant';
    notices.push(notice('warning', 'W001', `${userName} is deactivated in Figma and stays so`, cause, userName, help));
  }
  const [want, have] = [wanted.employeeNumber?.value, attributes.employeeNumber];
  const sameAddress = sameValue('userName', userName, attributes.userName);
  if (sameAddress && want !== undefined && want !== '' && have !== undefined && want !== have) {
    const message = `the live ${userName} has employee number ${have}, the entry says ${want}: the address may have a new owner`;
    const help = 'make sure that this is still the same person: access, files and history stay with the account';
    notices.push(notice('warning', 'W002', message, cause, userName, help));
  }
  return notices;
}

function aboutAbsent({ userName, cause, wanted, previously }: DesiredUser, rivals: boolean): Diagnostic[] {
  if (wanted.active?.value === false) {
    const help = 'nothing is done; check the address if somebody was meant who is live';
    return [notice('note', 'N002', `${userName} is declared inactive and is no user that Figma lists`, cause, userName, help)];
  }
  if (previously.length === 0 || rivals) return [];
  const message = `${userName} will be created: none of the previous names ${previously.join(', ')} is live`;
  return [notice('warning', 'W005', message, cause, userName, 'correct the address if this is a rename, or remove previously')];
}

function aboutGroupNames({ pairs, live, claimed }: GroupMatching): Diagnostic[] {
  const undeclared = new Map([...live.keys()].filter((name) => !claimed.has(name)).map((name) => [folded(name), name]));
  return pairs.flatMap(({ desired, live: have }) => {
    const other = have ? undefined : undeclared.get(folded(desired.displayName));
    if (other === undefined) return [];
    const message = `the group "${desired.displayName}" will be created beside the live "${other}": the names differ in case or blanks only`;
    return [notice('warning', 'W006', message, desired.cause, desired.displayName, `write "${other}" if that group is meant`)];
  });
}

function folded(name: string): string {
  return name.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** A diagnostic at the place of a cause; `name` is the text that stands there. */
export function notice(severity: Severity, code: Code, message: string, cause: Cause, name: string, help: string): Diagnostic {
  const at: Span | undefined = cause.at && { ...cause.at, length: Math.max(1, name.length) };
  return { severity, code, message, ...(at && { at }), help };
}
