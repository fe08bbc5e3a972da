/** Every diagnostic code with what it means and how to mend it. `docs/codes.md` is made from this table. A code keeps its meaning for ever. */
export const codes = {
  E001: {
    title: 'No configuration found',
    remedy: 'Name an existing file or directory, or run seatform where `seatform/` or `seatform.yaml` lies.',
  },
  E002: {
    title: 'File cannot be read',
    remedy: 'The file must be readable, UTF-8 text and at most 64 MiB.',
  },
  E003: {
    title: 'Symbolic link leaves the configuration',
    remedy: 'Replace the link by the file itself, or name the directory it points to as a PATH of its own.',
  },
  E004: { title: 'YAML syntax error', remedy: 'Mend the line that is shown; the rest of this file is checked after that.' },
  E005: {
    title: 'YAML feature that seatform does not accept',
    remedy: 'Configuration is plain data: no tags, directives, merge keys or second documents. Use `defaults` instead of merge keys.',
  },
  E006: {
    title: 'Document too deep or with too many aliases',
    remedy: 'Write the entries out: at most 100 alias expansions and 100 levels of nesting are read.',
  },
  E007: {
    title: 'Value that YAML readers understand differently',
    remedy: 'Quote the value, so that every tool reads the same text; end lines with LF or CRLF.',
  },
  E008: {
    title: 'File is not one mapping',
    remedy: 'A file starts with `version: 1` and holds any of `organization`, `users`, `groups` and `grants`.',
  },
  E009: { title: 'Missing or unknown version', remedy: 'Start the file with `version: 1`.' },
  E010: { title: 'Unknown key', remedy: 'Correct the spelling, or remove the key.' },
  E011: { title: 'Wrong type', remedy: 'Write the kind of value that is named in the message.' },
  E012: { title: 'Unknown seat', remedy: 'Use Full, Dev, Collab or View, with this capitalisation.' },
  E013: { title: 'Empty value (null)', remedy: 'Remove the key to leave it unmanaged, or write `""` or `[]` to manage it as empty.' },
  E014: { title: 'Number where text belongs', remedy: 'Put the value in quotes, so that leading zeros and long digits survive.' },
  E015: { title: 'Missing required key', remedy: 'Add the key that is named in the message.' },
  E016: { title: 'Value out of bounds', remedy: 'Keep the value within the length or form that the message names.' },
  E017: { title: 'Empty mapping', remedy: 'Remove the key: a mapping with nothing in it manages nothing.' },
  E018: { title: 'Key written twice', remedy: 'Keep one of the two.' },
  E020: { title: 'User declared twice', remedy: 'Keep one entry; addresses are compared without case.' },
  E021: { title: 'Group declared twice', remedy: 'Keep one entry.' },
  E022: { title: 'Organization declared twice', remedy: 'Keep `organization` in one file.' },
  E023: { title: 'No user declared', remedy: 'Declare at least one user; `seatform import` writes the live ones for you.' },
  E024: {
    title: 'Name both declared and previous',
    remedy: 'A name is either somebody’s present name or a former one: remove one of the two.',
  },
  E025: { title: 'Previous name claimed twice', remedy: 'Two entries cannot both have had the same name: keep it in one.' },
  E026: { title: 'Member listed twice', remedy: 'Keep one; addresses are compared without case.' },
  E027: { title: 'Tenant differs', remedy: 'Make `organization.tenantId` and FIGMA_TENANT_ID agree, or unset one of them.' },
  E030: {
    title: 'Unknown member',
    remedy: 'Declare the user, correct the address, or remove the member: it is neither declared nor live.',
  },
  E031: {
    title: 'Member whose name several users have',
    remedy: 'Remove all but one of the live users of that name in Figma, or remove the member.',
  },
  E032: { title: 'Grant written twice', remedy: 'Keep one of the two: they have the same user, target and days.' },
  E033: { title: 'Grant for somebody undeclared', remedy: 'Declare the user, or correct the address.' },
  E034: {
    title: 'Grant for a group that cannot have it',
    remedy: 'Declare the group with `members` or `membersWhere`: a grant adds to a managed membership.',
  },
  E035: {
    title: 'Grant without a base seat',
    remedy: 'Declare a `seat` in the user’s entry or by a default: it is what remains when the grant ends.',
  },
  E036: {
    title: 'Grant that lands nowhere',
    remedy: 'Remove `then` where the entry names a seat, which then follows the grant; else write a seat below the granted one.',
  },
  E037: { title: 'Day that does not exist, or days in the wrong order', remedy: 'Write days as YYYY-MM-DD, `from` no later than `until`.' },
  E038: {
    title: 'Declared and ignored',
    remedy: 'What is ignored is never written: remove the entry, the member or the previous name, or narrow the pattern under `ignore`.',
  },
  E039: { title: 'Protected and ignored', remedy: 'Keep the pattern in one of the two lists: what is ignored is never written anyway.' },
  E040: { title: 'Rule that matches nobody', remedy: 'Correct `membersWhere`: no declared user can ever match it.' },
  E041: { title: 'Budget named twice', remedy: 'Give each budget a name of its own.' },
  E042: { title: 'Group too large', remedy: 'Figma allows 5,000 members in a group: split it.' },
  E043: {
    title: 'GitHub login used twice',
    remedy: 'Keep the login in the entry of the person it belongs to; logins are compared without case.',
  },
  E101: { title: 'Figma refused the token', remedy: 'Generate a SCIM token in Figma’s admin settings and set FIGMA_SCIM_TOKEN.' },
  E102: { title: 'Service unreachable', remedy: 'Check the network and FIGMA_SCIM_BASE_URL, then run again.' },
  E103: { title: 'Answer is not SCIM', remedy: 'Check the base URL and the tenant id: what answered is not Figma’s SCIM API.' },
  E104: { title: 'Read cannot be trusted', remedy: 'Run again in a few minutes; nothing is planned on a list that does not add up.' },
  E105: { title: 'Service too busy', remedy: 'Run again later; Figma asked to slow down for longer than seatform waits.' },
  E106: { title: 'Tenant not found', remedy: 'Check FIGMA_TENANT_ID against Figma’s SAML settings.' },
  E107: { title: 'Service failed', remedy: 'Run again later; the service answered with an error of its own.' },
  E201: { title: 'Wrong use of the command', remedy: 'See `seatform help COMMAND`.' },
  E202: { title: 'Token missing', remedy: 'Set FIGMA_SCIM_TOKEN, or use --token-file FILE.' },
  E203: { title: 'Tenant id missing', remedy: 'Set FIGMA_TENANT_ID, or write `organization.tenantId`.' },
  E204: { title: 'Base URL not accepted', remedy: 'Use https; plain http is accepted for loopback addresses only.' },
  E205: { title: 'File exists already', remedy: 'Choose another --out, or move the file away: seatform never overwrites.' },
  E206: { title: 'File cannot be written', remedy: 'Check that the directory exists and can be written.' },
  E207: {
    title: 'Not a plan that can be used',
    remedy: 'Make the plan again with `seatform plan --out FILE`; a plan file is never edited.',
  },
  E208: { title: 'Saved plan is stale', remedy: 'Plan again: what the plan was made for has changed meanwhile.' },
  E209: { title: 'Unknown target', remedy: 'Name a declared or live object: `--target user:ADDRESS` or `--target group:NAME`.' },
  E210: {
    title: 'GitHub did not do what was asked',
    remedy:
      'The message names the request and, where a permission is missing, which one the workflow has to grant; else run the job again.',
  },
  E211: {
    title: 'Configuration in the repository cannot be read whole',
    remedy: 'The Action reads plain files at one commit: replace links and submodules by files, and split what is too large.',
  },
  E212: {
    title: 'Input of the Action is wrong',
    remedy: 'Correct the input under `with:`; `action.yml` names every input and its values.',
  },
  E213: {
    title: 'Pull request cannot be planned',
    remedy: 'Do what the message says: solve the conflict, or push the branch to the repository itself instead of a fork.',
  },
  E214: {
    title: 'Approval not stored',
    remedy: 'The plan could not be kept in a comment, so a merge would not be applied: grant `pull-requests: write` and run the job again.',
  },
  E215: {
    title: 'Change that nobody approved',
    remedy: 'Look at the plan that was printed, then run the apply workflow by hand with `approve:` and its digest.',
  },
  E216: {
    title: 'Approval signed with another key',
    remedy:
      'The token or `signing-key` was changed since the plan: run the apply workflow by hand with `approve:` and the digest that was printed.',
  },
  E217: {
    title: 'Apply is incomplete',
    remedy: 'What is done stays done: mend what the message names and run the job again, and only the rest is tried.',
  },
  E218: {
    title: 'Blocked by a guard',
    remedy: 'If the number is meant, write `seatform-allow: GUARD=N` into the description of the pull request, or raise the limit in one.',
  },
  E219: {
    title: 'Too few people approved',
    remedy:
      'The digest must be named in a comment by as many people with write access as a pull request needs; neither who starts the run nor an author of the change counts.',
  },
  E220: {
    title: 'Too large to approve',
    remedy: 'Not all that the pull request changes fits into a comment: split it, or approve its digest after the merge.',
  },
  W001: {
    title: 'Declared user is deactivated',
    remedy: 'Write `active: true` to bring the user back, or `active: false` to say that this is meant.',
  },
  W002: {
    title: 'Address may have a new owner',
    remedy: 'The employee number differs: make sure that this is still the same person before you apply.',
  },
  W003: { title: 'Members that nobody matches', remedy: 'These members are no SCIM users; they are left as they are.' },
  W004: { title: 'Unreadable live object', remedy: 'The object has no usable name; it is left alone.' },
  W005: {
    title: 'No previous name is live',
    remedy: 'If the person has an account already, correct the address under `previously`; else remove the key.',
  },
  W006: {
    title: 'Group name that differs in case or blanks only',
    remedy: 'Figma tells group names apart by case and blanks: write the name as it is live, unless a second group is meant.',
  },
  W007: {
    title: 'Protected user left alone',
    remedy: 'Nothing to do; to change this user, say so in the user’s own entry.',
  },
  W008: { title: 'Default lower than the live seat', remedy: 'Defaults never lower a seat: declare it in the user’s entry to lower it.' },
  W009: {
    title: 'Undeclared and not deactivated',
    remedy: 'Declare the user: with `active: false` to end the access, or with what the user should have.',
  },
  W010: { title: 'Protected pattern that matches nobody', remedy: 'Correct the address: a pattern that matches nobody protects nobody.' },
  W011: { title: 'Condition that means nobody', remedy: 'Correct the values under `where`; they are compared with case.' },
  W012: {
    title: 'Plan for another day',
    remedy: 'Plan again without `--as-of`, unless what the plan gives or takes early is meant.',
  },
  W013: {
    title: 'Configuration file that is not read',
    remedy: 'Move `seatform.yaml` into `seatform/`, or remove it: where both are there and no PATH is named, only the directory is read.',
  },
  W014: {
    title: 'Letter in an address that can look like another one',
    remedy:
      'Compare the address with the one in Figma. If the letter is wrong, type the address again; if it is right, there is nothing to do.',
  },
  N001: { title: 'Reference not resolved offline', remedy: 'Nothing to do: `plan` looks for the name among the live users.' },
  N002: {
    title: 'Declared inactive and not live',
    remedy: 'Nothing to do if the person has left; check the address if it should be somebody who is live.',
  },
  N003: {
    title: 'Grant that gives nothing',
    remedy: 'Nothing to do, unless the seat should end with the grant: then write the lower seat in the entry.',
  },
} as const satisfies Record<string, { readonly title: string; readonly remedy: string }>;

export type Code = keyof typeof codes;
