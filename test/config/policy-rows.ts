import type { Row } from './rows.ts';

/** A correct file that has every key of `organization` but those that only GitHub reads, rules and grants, the start of every row. */
export const governed = `version: 1
organization:
  tenantId: "964615200748176016"
  unmanaged: { users: report, groups: delete }
  ignore: { users: ["svc-*@example.com"], groups: ["Workspace *"] }
  protected: [it-admin@example.com, "root-?@example.com"]
  minAdmins: 3
  limits:
    creations: 10%
    deactivations: 12.5%
    groupDeletions: 0
    adminChanges: "0%"
  seats:
    Full: { purchased: 120, outside: 4, monthlyPrice: 90.5 }
    Collab: { purchased: 0 }
    currency: USD
    termEnds: 2027-03-01
  budgets:
    - { name: Design, where: { department: Design }, seats: { Full: 40, View: 0 } }
    - { name: Rest, where: { manager: { value: boss@example.com } }, seats: { Dev: 1 } }
  defaults:
    - { where: { department: [Engineering, Data] }, seat: Dev, title: "" }
    - { seat: View, manager: { displayName: The Boss } }
users:
  - userName: ada@example.com
    previously: [ada.king@example.com]
    seat: Full
    department: Design
  - userName: grace@example.com
    department: Engineering
  - userName: linus@example.com
    active: false
    title: Kernel
groups:
  - displayName: Design Systems
    previously: [DS]
    members: [ada@example.com]
    membersWhere: { department: Design, seat: [Full, Dev] }
  - displayName: Developers
    membersWhere:
      seat: Collab
  - displayName: Plain
grants:
  - { user: grace@example.com, seat: Collab, from: 2026-11-01, until: "2026-12-31", reason: JIRA-123, then: View }
  - { user: Ada.King@example.com, seat: Dev, until: 2026-12-31 }
  - { user: grace@example.com, group: DS, from: 2026-11-01, until: 2026-11-01 }
`;

const budget = '{ name: Rest, where: { manager: { value: boss@example.com } }, seats: { Dev: 1 } }';
const everybody = '{ seat: View, manager: { displayName: The Boss } }';
const rule = '{ department: Design, seat: [Full, Dev] }';

export const keyRows: readonly Row[] = [
  [
    'a misspelt key of the organization',
    'protected:',
    'protect:',
    'E010 6:3+7',
    /`organization` has no such key.*did you mean "protected"/,
  ],
  ['limits in the singular', 'limits:', 'limit:', 'E010 8:3+5', /did you mean "limits"/],
  ['budgets in the singular', 'budgets:', 'budget:', 'E010 18:3+6', /did you mean "budgets"/],
  ['a misspelt limit', 'adminChanges: "0%"', 'adminChange: 1', 'E010 12:5+11', /`limits` has no such key.*did you mean "adminChanges"/],
  ['a misspelt list to ignore', '{ users: ["svc', '{ user: ["svc', 'E010 5:13+4', /`ignore` has no such key.*did you mean "users"/],
  ['a misspelt key of a pool', 'outside: 4', 'outsiders: 4', 'E010 14:29+9', /`Full` has no such key.*did you mean "outside"/],
  ['a pool for View', 'Collab: { purchased: 0 }', 'View: { purchased: 0 }', 'E010 15:5+4', /View is free of charge and has no pool/],
  ['a pool in lower case', 'Collab: { purchased: 0 }', 'collab: { purchased: 0 }', 'E010 15:5+6', /`seats` has no such key.*"Collab"/],
  [
    'an unknown seat in a budget',
    '{ Dev: 1 }',
    '{ Dve: 1, Full: 1 }',
    'E010 20:79+3',
    /`seats` has no such key.*can have Full, Dev, Collab, View/,
  ],
  [
    'a misspelt key of a budget',
    `- ${budget}`,
    '- { nam: Rest, where: { title: x }, seats: { Dev: 1 } }',
    'E010 20:9+3',
    /a budget has no such key/,
  ],
  ['a misspelt key of a default', '{ seat: View, manager', '{ seta: View, seat: View, manager', 'E010 23:9+4', /a default has no such key/],
  ['an employee number by default', '{ seat: View,', '{ seat: View, employeeNumber: "1",', 'E010 23:21+14', /a default has no such key/],
  [
    'an unknown attribute in a default',
    '{ department: [Eng',
    '{ team: x, department: [Eng',
    'E010 22:18+4',
    /`where` has no such key.*department, manager/,
  ],
  ['an unknown attribute in a rule', rule, '{ team: Design, seat: Full }', 'E010 38:21+4', /`membersWhere` has no such key.*can have seat/],
  ['a misspelt attribute in a rule', rule, '{ departmnt: Design, seat: Full }', 'E010 38:21+9', /did you mean "department"/],
  ['an unknown part of a manager', 'manager: { value:', 'manager: { name: x, value:', 'E010 20:41+4', /`manager` has no such key/],
  ['a rule by another name', `membersWhere: ${rule}`, 'where: { department: Design }', 'E010 38:5+5', /did you mean "membersWhere"/],
  ['a misspelt section', 'grants:', 'grant:', 'E010 43:1+5', /a file has no such key.*did you mean "grants"/],
  ['a limit at the top', 'grants:', 'limits: {}\ngrants:', 'E010 43:1+6', /"limits" belongs under `organization`/],
  ['defaults at the top', 'grants:', 'defaults: []\ngrants:', 'E010 43:1+8', /"defaults" belongs under `organization`/],
  ['a misspelt part of the organization at the top', 'grants:', 'budget: []\ngrants:', 'E010 43:1+6', /"budgets"\? It belongs under `org/],
  ['grants in the organization', '  minAdmins: 3', '  grants: []', 'E010 7:3+6', /"grants" belongs at the top of a file/],
  ['the key __proto__ in the limits', 'adminChanges: "0%"', '__proto__: 3', 'E010 12:5+9', /unknown key "__proto__"/],
  ['the key constructor in a rule', rule, '{ constructor: x, department: Design }', 'E010 38:21+11', /unknown key "constructor"/],
  ['the key toString in a grant', 'reason: JIRA-123', 'toString: x', 'E010 44:85+8', /unknown key "toString"/],
  ['the key hasOwnProperty in the seats', 'currency: USD', 'hasOwnProperty: USD', 'E010 16:5+14', /unknown key/],

  ['a pool without a number', '{ purchased: 0 }', '{ outside: 0 }', 'E015 15:13+1', /`Collab` has no "purchased".*`purchased: 120`/],
  ['a budget without a name', budget, '{ where: { title: x }, seats: { Dev: 1 } }', 'E015 20:7+1', /a budget has no "name"/],
  ['a budget of whom', budget, '{ name: Rest, seats: { Dev: 1 } }', 'E015 20:7+1', /a budget has no "where".*department: Design/],
  ['a budget of what', budget, '{ name: Rest, where: { title: x } }', 'E015 20:7+1', /a budget has no "seats"/],
  [
    'a default that sets nothing',
    everybody,
    '{ where: { title: x } }',
    'E015 23:7+1',
    /a default sets nothing.*an attribute is required.*seat: View/,
  ],
  [
    'a grant without an end',
    'from: 2026-11-01, until: 2026-11-01 }',
    'from: 2026-11-01 }',
    'E015 46:5+1',
    /a grant has no "until".*until: 2026-12-31/,
  ],
  ['a grant to nobody', 'user: Ada.King@example.com, seat', 'seat', 'E015 45:5+1', /a grant has no "user"/],
  ['a grant of nothing', 'seat: Dev, until', 'until', 'E015 45:5+1', /neither "seat" nor "group".*`seat: Full`/],
  ['a grant with a misspelt seat', 'seat: Dev, until', 'sead: Dev, until', 'E010 45:35+4', /did you mean "seat"/],
  ['a grant with a misspelt group', 'group: DS', 'gruop: DS, seat: Dev', 'E010 46:32+5', /a grant has no such key/],
  ['a grant with an end by another name', 'until: "2026-12-31"', 'expires: 2026-12-31', 'E010 44:64+7', /did you mean "until"/],
  ['a grant with an email', 'user: Ada.King', 'email: Ada.King', 'E010 45:7+5', /did you mean "user"/],
  ['a grant of both', 'group: DS', 'group: DS, seat: Dev', 'E010 46:43+4', /a seat or a group, not both.*write two grants/],
  ['a grant of a group with `then`', 'group: DS', 'group: DS, then: View', 'E010 46:43+4', /cannot have `then`.*the membership ends/],
  ['a key of a grant twice', 'seat: Dev, until', 'seat: Dev, seat: Full, until', 'E018 45:46+4', /"seat" is written twice/],
];

export const formRows: readonly Row[] = [
  [
    'another choice for users',
    'users: report',
    'users: remove',
    'E016 4:23+6',
    /cannot be "remove".*report, deactivate or ignore.*"deactivate"/,
  ],
  ['deletion of users', 'users: report', 'users: delete', 'E016 4:23+6', /did you mean "deactivate"/],
  ['deactivation of groups', 'groups: delete', 'groups: deactivate', 'E016 4:39+10', /report, delete or ignore.*did you mean "delete"/],
  ['a choice that resembles none', 'users: report', 'users: q', 'E016 4:23+1', /`users` cannot be "q"/],
  ['a choice in capitals', 'users: report', 'users: Report', 'E016 4:23+6', /did you mean "report"/],
  ['a number for a choice', 'users: report', 'users: 3', 'E011 4:23+1', /must be one of report, deactivate, ignore, not the number 3/],
  ['a null for a choice', 'users: report', 'users: ~', 'E013 4:23+1', /`users` is empty.*write a value, or remove the key/],
  [
    'a choice for all',
    '{ users: report, groups: delete }',
    'ignore',
    'E011 4:14+6',
    /`unmanaged` must be a mapping, not the text "ignore"/,
  ],
  ['nothing unmanaged', '{ users: report, groups: delete }', '{}', 'E017 4:14+1', /`unmanaged` is an empty mapping/],
  ['nothing ignored', '{ users: ["svc-*@example.com"], groups: ["Workspace *"] }', '{}', 'E017 5:11+1', /`ignore` is an empty mapping/],
  ['one pattern instead of a list', '["Workspace *"]', '"Workspace *"', 'E011 5:51+13', /`groups` must be a list.*\[a, b\]/],
  ['an empty pattern', '"Workspace *"', '""', 'E016 5:52+2', /an entry of `groups` must not be empty/],
  ['a pattern too long', '"Workspace *"', `"${'x'.repeat(256)}"`, 'E016 5:52+258', /256 characters, but at most 255/],
  ['a pattern that is a number', '"Workspace *"', '12', 'E014 5:52+2', /quote it: "12"/],
  ['a pattern without quotes', '"root-?@example.com"', '*@example.com', 'E004 6:37+13', /pattern that begins with `\*` in quotes/],
  ['a star without quotes', '"root-?@example.com"', '*', 'E004 6:38+1', /begins with `\*` or `&` in quotes/],
  ['an invisible sign in a pattern', '"root-?@example.com"', '"root\u200b"', 'E016 6:37+7', /invisible character U\+200B/],

  ['half an admin', 'minAdmins: 3', 'minAdmins: 1.5', 'E011 7:14+3', /`minAdmins` must be a whole number, not the number 1.5/],
  ['fewer than no admins', 'minAdmins: 3', 'minAdmins: -1', 'E016 7:14+2', /must be at least 0, not -1/],
  ['the negative nothing', 'minAdmins: 3', 'minAdmins: -0', 'E016 7:14+2', /-0 is not written in plain digits.*write 0$/],
  ['a plus', 'minAdmins: 3', 'minAdmins: +3', 'E016 7:14+2', /\+3 is not written in plain digits.*write 3$/],
  ['a hexadecimal number', 'minAdmins: 3', 'minAdmins: 0x10', 'E016 7:14+4', /not written in plain digits.*write 16/],
  ['an octal number', 'minAdmins: 3', 'minAdmins: 010', 'E016 7:14+3', /not written in plain digits.*write 10/],
  ['an exponent', 'minAdmins: 3', 'minAdmins: 1e3', 'E016 7:14+3', /not written in plain digits.*write 1000/],
  ['a quoted number', 'minAdmins: 3', 'minAdmins: "3"', 'E011 7:14+3', /whole number, not the text "3".*write 3 without quotes/],
  ['infinitely many', 'minAdmins: 3', 'minAdmins: .inf', 'E011 7:14+4', /a whole number, not the number .inf/],
  ['beyond all numbers', 'minAdmins: 3', 'minAdmins: 1e999', 'E011 7:14+5', /a whole number, not the number 1e999/],
  ['far too many', 'minAdmins: 3', 'minAdmins: 99999999999999999999', 'E016 7:14+20', /at most 10,000,000/],
  ['no number of admins', 'minAdmins: 3', 'minAdmins:', 'E013 7:3+9', /`minAdmins` is empty.*write a value, or remove the key/],

  ['a quoted limit', 'creations: 10%', 'creations: "10"', 'E016 9:16+4', /the text "10", not a number.*write 10 without quotes, or 10%/],
  ['a percentage with a space', 'creations: 10%', 'creations: 10 %', 'E016 9:16+4', /cannot be "10 %".*such as 10%/],
  ['a percentage below nothing', 'creations: 10%', 'creations: -1%', 'E016 9:16+3', /cannot be "-1%"/],
  ['a percentage of nothing', 'creations: 10%', 'creations: "%"', 'E016 9:16+3', /cannot be "%"/],
  ['a percentage too fine', 'creations: 10%', 'creations: 1.00001%', 'E016 9:16+8', /cannot be "1.00001%"/],
  ['a percentage with an exponent', 'creations: 10%', 'creations: 1e1%', 'E016 9:16+4', /cannot be "1e1%"/],
  ['a share for a limit', 'creations: 10%', 'creations: 0.1', 'E011 9:16+3', /percentage such as 10%, not the number 0.1.*write 10%/],
  ['a limit below nothing', 'creations: 10%', 'creations: -5', 'E016 9:16+2', /must be at least 0, not -5/],
  ['a limit in octal', 'creations: 10%', 'creations: 05', 'E016 9:16+2', /not written in plain digits.*write 5/],
  ['a limit in words', 'creations: 10%', 'creations: none', 'E016 9:16+4', /cannot be "none"/],
  ['a list for a limit', 'creations: 10%', 'creations: [10%]', 'E011 9:16+1', /must be a whole number or a percentage.*not a list/],
  ['a boolean for a limit', 'creations: 10%', 'creations: false', 'E011 9:16+5', /must be a whole number or a percentage.*not false/],
  ['no limit', 'creations: 10%', 'creations:', 'E013 9:5+9', /`creations` is empty/],

  [
    'seats by the dozen and a half',
    'purchased: 0 }',
    'purchased: 1.5 }',
    'E011 15:26+3',
    /`purchased` must be a whole number, not the number 1.5/,
  ],
  ['fewer than no seats', 'outside: 4', 'outside: -4', 'E016 14:38+2', /`outside` must be at least 0/],
  ['a price in words', 'monthlyPrice: 90.5', 'monthlyPrice: $90', 'E011 14:55+3', /`monthlyPrice` must be a number, not the text "\$90"/],
  ['a price that is none', 'monthlyPrice: 90.5', 'monthlyPrice: .nan', 'E011 14:55+4', /must be a number, not the number .nan/],
  ['a price below nothing', 'monthlyPrice: 90.5', 'monthlyPrice: -1', 'E016 14:55+2', /at least 0/],
  ['a number for a pool', '{ purchased: 0 }', '10', 'E011 15:13+2', /`Collab` must be a mapping, not the number 10/],
  ['a currency in small letters', 'currency: USD', 'currency: usd', 'E016 16:15+3', /"usd" is no currency.*write USD/],
  ['a sign for a currency', 'currency: USD', 'currency: $', 'E016 16:15+1', /is no currency.*USD or EUR/],
  ['an end that no calendar has', '2027-03-01', '2026-02-30', 'E037 17:15+10', /"2026-02-30" is no day of the calendar/],
  ['an end in another order', '2027-03-01', '01.03.2027', 'E037 17:15+10', /is no day: days are written as YYYY-MM-DD/],
  ['an end that is a number', '2027-03-01', '20270301', 'E037 17:15+8', /20270301 is no day/],
  ['an end with a time', '2027-03-01', '2027-03-01T00:00:00Z', 'E037 17:15+20', /is no day/],
  ['an end that is a list', '2027-03-01', '[]', 'E037 17:15+1', /this is no day/],
  ['an end that is nothing', 'termEnds: 2027-03-01', 'termEnds:', 'E013 17:5+8', /`termEnds` is empty.*expected a day/],

  ['a budget without letters', 'name: Rest', 'name: ""', 'E016 20:15+2', /`name` must not be empty/],
  ['a budget with a long name', 'name: Rest', `name: ${'x'.repeat(101)}`, 'E016 20:15+101', /at most 100/],
  ['a budget with a number for a name', 'name: Rest', 'name: 12', 'E014 20:15+2', /quote it: "12"/],
  ['a budget of no seats', '{ Dev: 1 }', '{}', 'E017 20:77+1', /`seats` is an empty mapping/],
  ['a budget with a percentage', '{ Dev: 1 }', '{ Dev: 10% }', 'E011 20:84+3', /`Dev` must be a whole number, not the text "10%"/],
  ['a budget of nobody', '{ manager: { value: boss@example.com } }', '{}', 'E017 20:28+1', /`where` is an empty mapping/],
  ['a budget of no manager', '{ value: boss@example.com }', '{}', 'E017 20:39+1', /`manager` is an empty mapping/],
  ['budgets by name', '  budgets:\n', '  budgets: x\n  seats2:\n', 'E011 18:12+1', /`budgets` must be a list/],

  ['an empty default', everybody, '{}', 'E017 23:7+1', /an entry of `defaults` is an empty mapping.*remove the entry/],
  ['a default of a seat', everybody, 'View', 'E011 23:7+4', /an entry of `defaults` must be a mapping, not the text "View"/],
  ['a default with an unknown seat', 'seat: Dev, title', 'seat: Editor, title', 'E012 22:59+6', /unknown seat "Editor".*"Full"/],
  ['a default for no value', '[Engineering, Data]', '[]', 'E016 22:30+1', /`department` is an empty list.*at least one value/],
  [
    'a default for an empty value',
    '[Engineering, Data]',
    '[Engineering, ""]',
    'E016 22:44+2',
    /an entry of `department` must not be empty/,
  ],
  ['a default for an empty text', '[Engineering, Data]', '""', 'E016 22:30+2', /`department` must not be empty/],
  ['a default for a number', '[Engineering, Data]', '12', 'E014 22:30+2', /`department` must be text, not the number 12.*quote it: "12"/],
  [
    'a default for a number in a list',
    '[Engineering, Data]',
    '[12]',
    'E014 22:31+2',
    /an entry of `department` must be text.*quote it: "12"/,
  ],
  ['a default for nothing', '[Engineering, Data]', '~', 'E013 22:30+1', /`department` is empty/],
  ['a default for a mapping', '[Engineering, Data]', '{ a: b }', 'E011 22:30+1', /must be text or a list of texts, not a mapping/],
  ['a default for a boolean', '[Engineering, Data]', 'true', 'E011 22:30+4', /not the boolean true.*quote it: "true"/],
  ['a default for no', '[Engineering, Data]', '[no]', 'E007 22:31+2', /"no" without quotes is a boolean for some/],
  ['a default with a number', 'title: ""', 'costCenter: 0123', 'E014 22:76+4', /quote it: "0123"/],
  ['a default with nothing', 'title: ""', 'title:', 'E013 22:64+5', /`title` is empty.*write a value, or remove the key/],

  ['a seat in a rule that is none', '[Full, Dev]', 'edtor', 'E012 38:47+5', /unknown seat "edtor".*"Dev"/],
  ['a seat in the list of a rule that is none', '[Full, Dev]', '[Full, dev]', 'E012 38:54+3', /unknown seat "dev".*"Dev"/],
  ['a rule of no seat', '[Full, Dev]', '[]', 'E016 38:47+1', /`seat` is an empty list/],
  ['a rule of a number for a seat', '[Full, Dev]', '3', 'E014 38:47+1', /`seat` must be text/],
  ['an empty rule', rule, '{}', 'E017 38:19+1', /`membersWhere` is an empty mapping/],
  ['a text for a rule', rule, 'Design', 'E011 38:19+6', /`membersWhere` must be a mapping, not the text "Design"/],
  ['a null for a rule', rule, '~', 'E013 38:19+1', /`membersWhere` is empty.*write a value, or remove the key/],

  ['a grant until no day', 'until: "2026-12-31"', 'until: "2026-02-29"', 'E037 44:71+12', /"2026-02-29" is no day of the calendar/],
  ['a grant until a short day', 'until: "2026-12-31"', 'until: 2026-1-2', 'E037 44:71+8', /is no day: days are written as YYYY-MM-DD/],
  ['a grant until a month', 'until: "2026-12-31"', 'until: 2026-12', 'E037 44:71+7', /is no day/],
  ['a grant until a word', 'until: "2026-12-31"', 'until: tomorrow', 'E037 44:71+8', /"tomorrow" is no day/],
  ['a grant until nothing', 'until: "2026-12-31"', 'until: ~', 'E013 44:71+1', /`until` is empty/],
  [
    'a grant from no day',
    'from: 2026-11-01, until: "',
    'from: 2026-13-01, until: "',
    'E037 44:52+10',
    /"2026-13-01" is no day of the calendar/,
  ],
  ['a grant from true', 'from: 2026-11-01, until: "', 'from: true, until: "', 'E037 44:52+4', /this is no day/],
  ['a grant of no seat', 'seat: Dev, until', 'seat: Developer, until', 'E012 45:41+9', /unknown seat "Developer".*"Dev"/],
  ['a grant that lands on no seat', 'then: View', 'then: view', 'E012 44:109+4', /unknown seat "view"/],
  ['a grant to no address', 'Ada.King@example.com, seat', 'Ada, seat', 'E016 45:13+3', /"Ada" is no e-mail address/],
  ['a grant of a group without letters', 'group: DS', 'group: ""', 'E016 46:39+2', /`group` must not be empty/],
  ['a grant for a number', 'reason: JIRA-123', 'reason: 123', 'E014 44:93+3', /`reason` must be text.*quote it: "123"/],
  ['a grant for two lines', 'reason: JIRA-123', 'reason: "a\\nb"', 'E016 44:93+6', /contains a line break/],
  [
    'a text for a grant',
    '- { user: Ada.King@example.com, seat: Dev, until: 2026-12-31 }',
    '- Ada',
    'E011 45:5+3',
    /an entry of `grants` must be a mapping/,
  ],
  ['a null for grants', 'grants:\n', 'grants:\nxgrants:\n', 'E013 43:1+6', /`grants` is empty/],
];

export const betweenRows: readonly Row[] = [
  [
    'a grant twice',
    'seat: Dev, until: 2026-12-31 }',
    'group: Design Systems, from: "2026-11-01", until: 2026-11-01 }\n  - { user: ada@EXAMPLE.com, group: DS, from: 2026-11-01, until: 2026-11-01 }',
    'E032 46:13+15',
    /"ada@EXAMPLE.com" is written twice.*45:13 written first/,
  ],
  [
    'a grant to somebody undeclared',
    'user: Ada.King@',
    'user: Margaret@',
    'E033 45:13+20',
    /"Margaret@example.com" is granted access and not declared.*declare the user/,
  ],
  ['a grant to somebody misspelt', 'user: Ada.King@', 'user: Ada.Kong@', 'E033 45:13+20', /did you mean "ada.king@example.com"/],
  ['a grant of an undeclared group', 'group: DS', 'group: Managers', 'E034 46:39+8', /the group "Managers" of this grant is not declared/],
  [
    'a grant of a group in another case',
    'group: DS',
    'group: design Systems',
    'E034 46:39+14',
    /is not declared.*did you mean "Design Systems"/,
  ],
  [
    'a grant of a group that is not managed',
    'group: DS',
    'group: Plain',
    'E034 46:39+5',
    /membership of "Plain" is not managed.*42:18 declared here/,
  ],
  [
    'a seat for a time without a base',
    'seat: Dev, title: "" }\n    - { seat: View, ',
    'title: "" }\n    - { ',
    'E035 44:13+17',
    /"grace@example.com" has no seat to fall back to.*neither the entry nor a default.*29:15 declared here/,
  ],
  [
    '`then` where the entry has a seat',
    'seat: Dev, until: 2026-12-31 }',
    'seat: Dev, until: 2026-12-31, then: View }',
    'E036 45:71+4',
    /declares the seat Full.*remove `then`.*27:11 declared here/,
  ],
  [
    'a grant that ends before it begins',
    'from: 2026-11-01, until: "',
    'from: 2027-01-01, until: "',
    'E037 44:52+10',
    /begins on 2027-01-01, after its last day 2026-12-31.*44:71/,
  ],
  [
    'a declared user who is ignored',
    'svc-*@example.com',
    'GRACE@*',
    'E038 29:15+17',
    /the declared user "grace@example.com" is ignored.*matches "GRACE@\*".*5:21/,
  ],
  [
    'a previous name that is ignored',
    'svc-*@example.com',
    'ada.k*',
    'E038 26:18+20',
    /the previous name "ada.king@example.com" is ignored/,
  ],
  [
    'a member that is ignored',
    'members: [ada@example.com]',
    'members: [svc-1@EXAMPLE.com]',
    'E038 37:15+17',
    /the member "svc-1@EXAMPLE.com" is ignored.*5:21/,
  ],
  ['a declared group that is ignored', 'Workspace *', 'Pla?n', 'E038 42:18+5', /the declared group "Plain" is ignored.*5:52/],
  ['a previous group name that is ignored', 'Workspace *', 'D?', 'E038 36:18+2', /the previous name "DS" is ignored/],
  [
    'a pattern protected and ignored',
    '"root-?@example.com"',
    '"SVC-*@example.com"',
    'E039 6:37+19',
    /both protected and ignored.*5:21 ignored here/,
  ],
  [
    'a protected name that is ignored',
    'it-admin@',
    'svc-admin@',
    'E039 6:15+21',
    /"svc-admin@example.com" is both protected and ignored.*5:21/,
  ],
  ['an ignored name that is protected', 'svc-*@', 'ROOT-1@', 'E039 6:37+20', /"ROOT-1@example.com" is both protected and ignored.*5:21/],
  [
    'a rule for a value that nobody has',
    rule,
    '{ department: Desing }',
    'E040 38:5+12',
    /`membersWhere` of "Design Systems" matches no.*department "Desing".*did you mean "Design"/,
  ],
  ['a rule for two things nobody has together', rule, '{ department: Design, seat: Collab }', 'E040 38:5+12', /nobody has all of this/],
  ['a rule for somebody inactive', rule, '{ title: Kernel }', 'E040 38:5+12', /nobody has the title "Kernel"/],
  [
    'a rule for a seat that nobody can have',
    'seat: Collab\n',
    'seat: Full\n      department: [Engineering, Data]\n',
    'E040 40:5+12',
    /nobody has all of this/,
  ],
  ['a budget twice', 'name: Rest', 'name: Design', 'E041 20:15+6', /two budgets are named "Design".*19:15 named first/],
];
