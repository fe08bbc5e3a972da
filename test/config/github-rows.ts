import type { Row } from './rows.ts';

/** A correct file that has all that only GitHub reads, the start of every row. */
export const reviewed = `version: 1
organization:
  minAdmins: 2
  separation:
    approvals: 2
    notBy: [author, committer, requester, beneficiary]
users:
  - userName: ada@example.com
    github: ada-l
    department: Design
  - userName: grace@example.com
    github: Grace_acme
groups:
  - displayName: Design Systems
    membersWhere: { department: Design }
`;

const everybody = '[author, committer, requester, beneficiary]';

export const separationRows: readonly Row[] = [
  ['a misspelt separation', '  separation:', '  seperation:', 'E010 4:3+10', /`organization` has no such key.*did you mean "separation"/],
  ['separation at the top', 'users:', 'separation: {}\nusers:', 'E010 7:1+10', /"separation" belongs under `organization`/],
  ['approvals in the singular', 'approvals: 2', 'approval: 2', 'E010 5:5+8', /`separation` has no such key.*did you mean "approvals"/],
  ['a misspelt list of kinds', 'notBy:', 'notby:', 'E010 6:5+5', /did you mean "notBy"/],
  ['the key __proto__ in the separation', 'approvals: 2', '__proto__: 2', 'E010 5:5+9', /unknown key "__proto__"/],

  [
    'an empty separation',
    `\n    approvals: 2\n    notBy: ${everybody}`,
    ' {}',
    'E017 4:15+1',
    /`separation` is an empty mapping.*remove the key/,
  ],
  [
    'a number for the separation',
    `\n    approvals: 2\n    notBy: ${everybody}`,
    ' 2',
    'E011 4:15+1',
    /must be a mapping, not the number 2/,
  ],
  ['no separation', `\n    approvals: 2\n    notBy: ${everybody}`, '', 'E013 4:3+10', /`separation` is empty/],

  ['fewer than no approvals', 'approvals: 2', 'approvals: -1', 'E016 5:16+2', /`approvals` must be at least 0, not -1/],
  ['more than ten approvals', 'approvals: 2', 'approvals: 11', 'E016 5:16+2', /`approvals` must be at most 10, not 11/],
  ['half an approval', 'approvals: 2', 'approvals: 1.5', 'E011 5:16+3', /a whole number, not the number 1.5/],
  ['approvals in quotes', 'approvals: 2', 'approvals: "2"', 'E011 5:16+3', /write 2 without quotes/],
  ['approvals that some readers take for another number', 'approvals: 2', 'approvals: 07', 'E016 5:16+2', /not written in plain digits/],
  ['no number of approvals', 'approvals: 2', 'approvals:', 'E013 5:5+9', /`approvals` is empty.*write a value, or remove the key/],

  [
    'a misspelt kind',
    'author,',
    'auhtor,',
    'E016 6:13+6',
    /an entry of `notBy` cannot be "auhtor".*expected author, committer, requester or beneficiary.*did you mean "author"/,
  ],
  ['a kind in capitals', 'author,', 'Author,', 'E016 6:13+6', /did you mean "author"/],
  ['a kind that resembles none', 'author,', 'q,', 'E016 6:13+1', /cannot be "q"/],
  ['a number for a kind', 'author,', '3,', 'E011 6:13+1', /must be one of author, committer, requester, beneficiary, not the number 3/],
  ['a kind that is nothing', 'author,', '~,', 'E013 6:13+1', /an entry of `notBy` is empty.*remove the entry/],
  [
    'a kind twice',
    'requester, beneficiary]',
    'author, beneficiary]',
    'E016 6:32+6',
    /`notBy` lists "author" twice.*keep one of the two.*6:13 listed first/,
  ],
  ['one kind instead of a list', everybody, 'author', 'E011 6:12+6', /`notBy` must be a list, not the text "author".*\[a, b\]/],
  ['no list of kinds', `notBy: ${everybody}`, 'notBy:', 'E013 6:5+5', /`notBy` is empty.*write a value, or remove the key/],
];

export const loginRows: readonly Row[] = [
  ['a misspelt login', 'github: ada-l', 'githab: ada-l', 'E010 9:5+6', /a user has no such key.*did you mean "github"/],
  ['a login by another name', 'github: ada-l', 'githubLogin: ada-l', 'E010 9:5+11', /did you mean "github"/],
  [
    'a login in a rule',
    '{ department: Design }',
    '{ department: Design, github: ada-l }',
    'E010 15:41+6',
    /`membersWhere` has no such key/,
  ],
  [
    'a login in the condition of a default',
    '  minAdmins: 2',
    '  defaults: [{ where: { github: ada-l }, seat: View }]',
    'E010 3:25+6',
    /`where` has no such key/,
  ],
  ['a login by default', '  minAdmins: 2', '  defaults: [{ github: ada-l, seat: View }]', 'E010 3:16+6', /a default has no such key/],
  ['a login of a group', '    membersWhere:', '    github: ada-l\n    membersWhere:', 'E010 15:5+6', /a group has no such key/],

  ['a login that is nothing', 'github: ada-l', 'github:', 'E013 9:5+6', /`github` is empty \(null\).*write a value, or remove the key$/],
  ['a login that is null', 'github: ada-l', 'github: ~', 'E013 9:13+1', /`github` is empty/],
  ['a login without letters', 'github: ada-l', 'github: ""', 'E016 9:13+2', /`github` must not be empty/],
  ['a login of digits without quotes', 'github: ada-l', 'github: 0123', 'E014 9:13+4', /quote it: "0123"/],
  ['a login that older readers take for a boolean', 'github: ada-l', 'github: yes', 'E007 9:13+3', /quote it: "yes"/],
  ['a list of logins', 'github: ada-l', 'github: [ada-l]', 'E011 9:13+1', /`github` must be text, not a list/],
  ['a login too long', 'github: ada-l', `github: ${'a'.repeat(40)}`, 'E016 9:13+40', /has 40 characters, but at most 39/],
  [
    'a login with a sign before it',
    'github: ada-l',
    'github: "@ada-l"',
    'E016 9:13+8',
    /"@ada-l" is not a GitHub login.*expected letters, digits and single hyphens.*write ada-l$/,
  ],
  [
    'a login as an address of the web',
    'github: ada-l',
    'github: https://github.com/ada-l/',
    'E016 9:13+25',
    /is not a GitHub login.*write ada-l$/,
  ],
  [
    'an address for a login',
    'github: ada-l',
    'github: ada@example.com',
    'E016 9:13+15',
    /write the name in the address of the profile, github.com\/NAME/,
  ],
  ['a login with a space', 'github: ada-l', 'github: ada l', 'E016 9:13+5', /is not a GitHub login/],
  ['a login with a dot', 'github: ada-l', 'github: ada.l', 'E016 9:13+5', /is not a GitHub login/],
  ['a login that begins with a hyphen', 'github: ada-l', 'github: "-ada"', 'E016 9:13+6', /is not a GitHub login/],
  ['a login that ends with a hyphen', 'github: ada-l', 'github: ada-', 'E016 9:13+4', /is not a GitHub login/],
  ['a login with two hyphens', 'github: ada-l', 'github: ada--l', 'E016 9:13+6', /is not a GitHub login/],
  ['a login with letters of another alphabet', 'github: ada-l', 'github: ad\u0430-l', 'E016 9:13+5', /is not a GitHub login/],
  ['a login with an invisible sign', 'github: ada-l', 'github: "ada\u200bl"', 'E016 9:13+7', /is not a GitHub login/],
  ['the login of an app', 'github: ada-l', 'github: dependabot[bot]', 'E016 9:13+15', /is not a GitHub login/],

  [
    'a login twice',
    'github: Grace_acme',
    'github: ADA-L',
    'E043 12:13+5',
    /the GitHub login "ADA-L" is used twice.*used again.*keep one of the two.*9:13 used first/,
  ],
];
