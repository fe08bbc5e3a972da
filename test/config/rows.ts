/** A correct file, the start of every row. */
export const correct = `version: 1
organization:
  tenantId: "964615200748176016"
users:
  - userName: ada@example.com
    previously: [ada.king@example.com]
    externalId: "8812"
    active: true
    seat: Full
    figmaAdmin: false
    displayName: Ada Lovelace
    name: { givenName: Ada, familyName: Lovelace }
    title: Design Manager
    employeeNumber: "70198422"
    costCenter: "093923"
    manager: { value: boss@example.com, displayName: The Boss }
  - userName: grace@example.com
    seat: Dev
groups:
  - displayName: Design Systems
    previously: [DS]
    externalId: ds-1
    members: [ada@example.com, grace@example.com]
`;

/** One thing changed in the correct file (`from` becomes `to`), and the only diagnostic that it brings: code, place with length, and words. */
export type Row = readonly [name: string, from: string, to: string, where: string, words: RegExp];

const long = 'x'.repeat(256);

export const valueRows: readonly Row[] = [
  ['an unknown key of a file', 'groups:', 'teams: 1\ngroups:', 'E010 19:1+5', /"teams".*a file has no such key.*a file can have version/],
  ['a misspelt key of a file', 'groups:', 'group:', 'E010 19:1+5', /did you mean "groups"/],
  ['a misspelt key of a user', 'displayName: Ada', 'dispalyName: Ada', 'E010 11:5+11', /"dispalyName".*did you mean "displayName"/],
  ['a misspelt key of a group', 'members:', 'memebers:', 'E010 23:5+8', /"memebers".*a group.*did you mean "members"/],
  ['a misspelt key inside name', 'familyName:', 'familyname:', 'E010 12:29+10', /`name` has no such key.*did you mean "familyName"/],
  ['a key by another name', 'seat: Dev', 'role: Dev', 'E010 18:5+4', /did you mean "seat"/],
  ['the key __proto__', 'seat: Dev', '__proto__: { admin: true }', 'E010 18:5+9', /unknown key "__proto__"/],
  ['the key constructor', 'seat: Dev', 'constructor: Dev', 'E010 18:5+11', /unknown key "constructor"/],
  ['the key toString', 'version: 1', 'version: 1\ntoString: x', 'E010 2:1+8', /unknown key "toString"/],
  ['a number as a key', 'seat: Dev', '12: Dev', 'E010 18:5+2', /unknown key "12"/],

  ['an unknown seat', 'seat: Dev', 'seat: edtor', 'E012 18:11+5', /unknown seat "edtor".*expected Full, Dev, Collab or View.*"Dev"/],
  ['a misspelt seat', 'seat: Full', 'seat: Ful', 'E012 9:11+3', /did you mean "Full"/],
  ['a seat in lower case', 'seat: Full', 'seat: full', 'E012 9:11+4', /did you mean "Full"/],
  ['a seat by its old name', 'seat: Full', 'seat: Viewer', 'E012 9:11+6', /did you mean "View"/],
  ['a seat that resembles none', 'seat: Full', 'seat: q', 'E012 9:11+1', /unknown seat "q"/],
  ['an empty seat', 'seat: Full', 'seat: ""', 'E012 9:11+2', /unknown seat ""/],
  ['a seat in quotes', 'seat: Full', "seat: 'full'", 'E012 9:11+6', /did you mean "Full"/],
  ['a number for a seat', 'seat: Full', 'seat: 3', 'E014 9:11+1', /must be text, not the number 3/],

  ['text for users', 'users:\n', 'users: x\nusers2:\n', 'E011 4:8+1', /`users` must be a list, not the text "x"/],
  ['a mapping for previously', '[ada.king@example.com]', '{ a: b }', 'E011 6:17+1', /`previously` must be a list, not a mapping/],
  ['a block mapping for members', 'members: [ada@example.com, grace@example.com]', 'members:\n      a: b', 'E011 23:5+7', /must be a list/],
  [
    'text for a user',
    '  - userName: grace@example.com\n    seat: Dev\n',
    '  - grace@example.com\n',
    'E011 17:5+17',
    /an entry of `users` must be a mapping/,
  ],
  ['a list for a text', 'title: Design Manager', 'title: [a, b]', 'E011 13:12+1', /`title` must be text, not a list/],
  ['a mapping for a text', 'title: Design Manager', 'title: { a: b }', 'E011 13:12+1', /`title` must be text, not a mapping/],
  [
    'text for a mapping',
    'manager: { value: boss@example.com, displayName: The Boss }',
    'manager: boss@example.com',
    'E011 16:14+16',
    /must be a mapping/,
  ],
  [
    'yes for a boolean',
    'active: true',
    'active: yes',
    'E011 8:13+3',
    /must be true or false, not the text "yes".*write `true` without quotes/,
  ],
  ['off for a boolean', 'figmaAdmin: false', 'figmaAdmin: off', 'E011 10:17+3', /write `false` without quotes/],
  ['a quoted boolean', 'active: true', 'active: "true"', 'E011 8:13+6', /write `true` without quotes/],
  ['a number for a boolean', 'active: true', 'active: 1', 'E011 8:13+1', /must be true or false, not the number 1/],
  ['a boolean for a text', 'title: Design Manager', 'title: true', 'E011 13:12+4', /the boolean true.*quote it: "true"/],

  ['a null by omission', 'title: Design Manager', 'title:', 'E013 13:5+5', /`title` is empty \(null\).*write "" to manage it as empty/],
  ['a null by tilde', 'title: Design Manager', 'title: ~', 'E013 13:12+1', /`title` is empty/],
  ['a null by word', 'title: Design Manager', 'title: null', 'E013 13:12+4', /`title` is empty/],
  ['a null for a list', 'members: [ada@example.com, grace@example.com]', 'members:', 'E013 23:5+7', /write \[\] to manage it as empty/],
  ['a null for users', 'groups:\n', 'groups:\nxgroups:\n', 'E013 19:1+6', /`groups` is empty/],
  ['a null for a boolean', 'active: true', 'active: ~', 'E013 8:13+1', /expected true or false.*not managed/],
  ['a null for a seat', 'seat: Dev', 'seat: ~', 'E013 18:11+1', /`seat` is empty/],
  [
    'an empty list entry',
    '  - userName: grace@example.com\n    seat: Dev\n',
    '  -\n',
    'E013 17:3+1',
    /an entry of `users` is empty.*remove the entry/,
  ],
  [
    'an empty member',
    'members: [ada@example.com, grace@example.com]',
    'members:\n      - a@b.c\n      - # nobody\n',
    'E013 25:7+1',
    /an entry of `members`/,
  ],

  ['an unquoted employee number', 'employeeNumber: "70198422"', 'employeeNumber: 70198422', 'E014 14:21+8', /quote it: "70198422"/],
  [
    'an unquoted cost center with a zero',
    'costCenter: "093923"',
    'costCenter: 093923',
    'E014 15:17+6',
    /not the number 093923.*quote it: "093923"/,
  ],
  ['an octal number', 'costCenter: "093923"', 'costCenter: 0o17', 'E014 15:17+4', /quote it: "0o17"/],
  ['a number with an exponent', 'costCenter: "093923"', 'costCenter: 12e3', 'E014 15:17+4', /quote it: "12e3"/],
  ['a number beyond all numbers', 'costCenter: "093923"', 'costCenter: 1e999', 'E014 15:17+5', /quote it: "1e999"/],
  ['infinity', 'costCenter: "093923"', 'costCenter: .inf', 'E014 15:17+4', /quote it: ".inf"/],
  ['an unquoted tenant id', '"964615200748176016"', '964615200748176016', 'E014 3:13+18', /quote it: "964615200748176016"/],

  ['no for a text', 'title: Design Manager', 'title: no', 'E007 13:12+2', /a boolean for some readers.*quote it: "no"/],
  ['y for a text', 'givenName: Ada', 'givenName: Y', 'E007 12:24+1', /quote it: "Y"/],
  ['a date for a text', 'title: Design Manager', 'title: 2027-03-01', 'E007 13:12+10', /a date for some readers.*quote it: "2027-03-01"/],
  ['a number with underscores', 'costCenter: "093923"', 'costCenter: 1_000', 'E007 15:17+5', /a number for some readers/],
  ['a sexagesimal number', 'costCenter: "093923"', 'costCenter: 12:30:45', 'E007 15:17+8', /a number for some readers/],
  ['a binary number', 'costCenter: "093923"', 'costCenter: 0b101', 'E007 15:17+5', /a number for some readers/],

  ['a version of tomorrow', 'version: 1', 'version: 2', 'E009 1:10+1', /does not know version 2/],
  ['a version in quotes', 'version: 1', 'version: "1"', 'E009 1:10+3', /must be the number 1/],
  ['a version without a value', 'version: 1', 'version:', 'E009 1:1+7', /must be the number 1/],
  ['no version', 'version: 1\n', '', 'E009 1:1+12', /the file has no `version`.*version: 1/],
  ['a misspelt version', 'version: 1', 'Version: 1', 'E010 1:1+7', /did you mean "version"/],
  ['a user without a name', 'userName: grace@example.com\n    seat: Dev', 'seat: Dev', 'E015 17:5+4', /a user has no "userName"/],
  ['a user of nothing', '  - userName: grace@example.com\n    seat: Dev\n', '  - {}\n', 'E015 17:5+1', /a user has no "userName"/],
  ['a user with a misspelt name', 'userName: grace@example.com', 'username: grace@example.com', 'E010 17:5+8', /did you mean "userName"/],
  [
    'a group without a name',
    'displayName: Design Systems\n    previously: [DS]',
    'previously: [DS]',
    'E015 20:5+10',
    /a group has no "displayName"/,
  ],
  [
    'a group with a name by another key',
    'displayName: Design Systems',
    'name: Design Systems',
    'E010 20:5+4',
    /did you mean "displayName"/,
  ],

  ['an address without @', 'userName: grace@example.com', 'userName: grace', 'E016 17:15+5', /"grace" is no e-mail address.*name@domain/],
  ['an address with two @', 'userName: grace@example.com', 'userName: a@b@c', 'E016 17:15+5', /no e-mail address/],
  ['an address with a space', 'userName: grace@example.com', 'userName: a b@c', 'E016 17:15+5', /no e-mail address/],
  ['an address with a control character', 'userName: grace@example.com', 'userName: "a\\x01@b.c"', 'E016 17:15+11', /no e-mail address/],
  [
    'an address too long',
    'userName: grace@example.com',
    `userName: ${'x'.repeat(100)}@b.c`,
    'E016 17:15+104',
    /has 104 characters, but at most 100/,
  ],
  ['a member without @', 'grace@example.com]', 'grace]', 'E016 23:32+5', /"grace" is no e-mail address/],
  ['a previous address without @', '[ada.king@example.com]', '[king]', 'E016 6:18+4', /"king" is no e-mail address/],
  ['a name of nobody', 'displayName: Ada Lovelace', 'displayName: ""', 'E016 11:18+2', /`displayName` must not be empty/],
  [
    'a name too long',
    'displayName: Ada Lovelace',
    `displayName: ${'x'.repeat(101)}`,
    'E016 11:18+101',
    /has 101 characters, but at most 100/,
  ],
  ['a title too long', 'title: Design Manager', `title: ${long}`, 'E016 13:12+256', /at most 255/],
  ['an id too long', 'externalId: "8812"', `externalId: ${long}`, 'E016 7:17+256', /at most 255/],
  ['a group name too long', 'displayName: Design Systems', `displayName: ${long}`, 'E016 20:18+256', /at most 255/],
  ['a group without letters', 'displayName: Design Systems', 'displayName: ""', 'E016 20:18+2', /must not be empty/],
  ['a tenant id with a slash', '"964615200748176016"', 'a/b', 'E016 3:13+3', /"a\/b" is no tenant id/],
  ['a tenant id that climbs', '"964615200748176016"', '..', 'E016 3:13+2', /"\.\." is no tenant id/],
  ['a tenant id with a question mark', '"964615200748176016"', 'a?b', 'E016 3:13+3', /is no tenant id/],
  ['an empty tenant id', '"964615200748176016"', '""', 'E016 3:13+2', /must not be empty/],
  ['a line break in a text', 'title: Design Manager', 'title: "Design\\nManager"', 'E016 13:12+17', /contains a line break/],
  [
    'a block of text',
    'title: Design Manager',
    'title: | # two lines\n      Design\n      Manager',
    'E016 13:12+1',
    /contains a line break/,
  ],
  ['a bidirectional override', 'title: Design Manager', 'title: "a\u202eb"', 'E016 13:12+5', /invisible character U\+202E/],
  [
    'a zero-width space in a group',
    'displayName: Design Systems',
    'displayName: Design\u200b',
    'E016 20:18+7',
    /invisible character U\+200B/,
  ],
  ['an escape character', 'title: Design Manager', 'title: "\\e[31m"', 'E016 13:12+8', /U\+001B/],
  ['half a character', 'title: Design Manager', 'title: "\\ud83d"', 'E016 13:12+8', /U\+D83D/],

  ['an empty name', 'name: { givenName: Ada, familyName: Lovelace }', 'name: {}', 'E017 12:11+1', /`name` is an empty mapping/],
  [
    'an empty manager',
    'manager: { value: boss@example.com, displayName: The Boss }',
    'manager: {}',
    'E017 16:14+1',
    /`manager` is an empty mapping/,
  ],
  [
    'an empty organization',
    'organization:\n  tenantId: "964615200748176016"',
    'organization: {}',
    'E017 2:15+1',
    /`organization` is an empty mapping/,
  ],

  [
    'a user declared twice',
    'userName: grace',
    'userName: ADA',
    'E020 17:15+15',
    /"ADA@example.com" is declared twice.*5:15 declared first/,
  ],
  [
    'a group declared twice',
    'externalId: ds-1',
    'externalId: ds-1\n  - displayName: Design Systems',
    'E021 23:18+14',
    /"Design Systems" is declared twice.*20:18 declared first/,
  ],
  [
    'a declared name as previous',
    '[ada.king@example.com]',
    '[Grace@example.com]',
    'E024 6:18+17',
    /both a declared user and a previous name.*17:15 declared here/,
  ],
  ['an own name as previous', '[ada.king@example.com]', '[ada@example.com]', 'E024 6:18+15', /the user’s present name.*5:15/],
  ['an own group name as previous', '[DS]', '[Design Systems]', 'E024 21:18+14', /the group’s present name/],
  [
    'a previous name claimed twice',
    'seat: Dev',
    'previously: [Ada.King@example.com]',
    'E025 18:18+20',
    /claimed by two users.*6:18 claimed first/,
  ],
  ['a previous name listed twice', '[DS]', '[DS, DS]', 'E025 21:22+2', /listed twice.*21:18/],
  [
    'a member listed twice',
    'grace@example.com]',
    'Ada@Example.com]',
    'E026 23:32+15',
    /"Ada@Example.com" is listed twice.*23:15 listed first/,
  ],
];

export const yamlRows: readonly Row[] = [
  ['a tab for indentation', '    seat: Dev', '\tseat: Dev', 'E004 18:1+1', /a tab is used.*indent with spaces/],
  ['a tab after spaces', '    seat: Dev', '  \tseat: Dev', 'E004 18:3+1', /a tab is used/],
  ['a tab after a dash', '  - userName: grace', '  -\tuserName: grace', 'E004 17:4+1', /a tab is used/],
  [
    'an unclosed bracket',
    '[ada.king@example.com]',
    '[ada.king@example.com',
    'E004 6:17+1',
    /bracket that is opened here is never closed.*7:5 the reader gave up/,
  ],
  ['an unclosed bracket at the end', 'grace@example.com]\n', 'grace@example.com', 'E004 23:14+1', /never closed/],
  ['an unclosed brace', 'familyName: Lovelace }', 'familyName: Lovelace', 'E004 12:11+1', /never closed.*close this \{/],
  ['an unclosed quote', 'title: Design Manager', 'title: "Design Manager', 'E004 13:12+1', /quote that is opened here|not valid/],
  ['a quote open to the end', 'externalId: ds-1', "externalId: 'ds-1", 'E004 22:17+1', /quote that is opened here is never closed/],
  ['a missing comma', '[ada.king@example.com]', '[[a@b.c] d@e.f]', 'E004 6:26+1', /a comma is missing.*6:17 in what is opened here/],
  ['a comma too many', '[ada.king@example.com]', '[a@b.c,, d@e.f]', 'E004 6:24+1', /a value is missing before this comma/],
  ['a second colon', 'title: Design Manager', 'title: Head: Design', 'E004 13:16+1', /second colon.*in quotes/],
  ['a colon without a space', 'seat: Full', 'seat:Full', 'E004 9:5+9', /not `key: value`.*space after the colon/],
  ['a line without a value', '    seat: Full', '    seat', 'E004 9:5+4', /not `key: value`/],
  ['a key too deep', '    seat: Dev', '      seat: Dev', 'E004 18:7+4', /does not stand under the keys/],
  ['a key not deep enough', '    seat: Dev', '   seat: Dev', 'E004 18:4+1', /does not stand under the keys/],
  ['an entry out of place', '  - userName: grace', ' - userName: grace', 'E004 17:2+1', /list entry does not stand under the others/],
  ['a sign that starts no text', 'title: Design Manager', 'title: @Design', 'E004 13:12+1', /cannot start with "@" without quotes/],
  ['text behind a quote', 'title: Design Manager', 'title: "Design" Manager', 'E004 13:21+1', /something follows the value.*in quotes/],
  ['an unknown escape', 'title: Design Manager', 'title: "a\\qb"', 'E004 13:15+1', /escape is unknown/],
  ['an escape of no character', 'title: Design Manager', 'title: "a\\UFFFFFFFF"', 'E004 13:14+10', /names no character/],
  ['an alias of nothing', 'title: Design Manager', 'title: *none', 'E004 13:12+5', /no anchor stands before the alias "\*none"/],
  ['an anchor without a space', '[ada.king@example.com]', '&a[ada.king@example.com]', 'E004 6:17+2', /space is missing after this anchor/],
  ['a mapping behind an anchor', 'title: Design Manager', 'title: &a b: c', 'E004 13:12+1', /second colon/],
  ['a space before a document', 'version: 1', ' ---\nversion: 1', 'E004 1:1+4', /document marker/],
  ['a zero byte', 'title: Design', 'title: \0Design', 'E002 13:12+1', /zero byte/],

  ['a custom tag', 'title: Design Manager', 'title: !secret Design Manager', 'E005 13:12+7', /tags are not accepted/],
  ['a standard tag', 'costCenter: "093923"', 'costCenter: !!str 093923', 'E005 15:17+5', /tags are not accepted/],
  ['a tag on a mapping', 'name: { givenName', 'name: !!map { givenName', 'E005 12:11+5', /tags are not accepted/],
  ['a tag without a handle', 'title: Design Manager', 'title: !x!y Design Manager', 'E005 13:16+1', /tags are not accepted/],
  ['a YAML directive', 'version: 1', '%YAML 1.1\n---\nversion: 1', 'E005 1:1+5', /directives are not accepted/],
  ['a TAG directive', 'version: 1', '# x\n%TAG ! tag:example.com,2000:\n---\nversion: 1', 'E005 2:1+4', /directives are not accepted/],
  ['a merge key', 'seat: Dev', '<<: { seat: Dev }', 'E005 18:5+2', /merge keys.*`defaults`/],
  ['a second document', 'groups:', '---\ngroups:', 'E005 19:1+3', /one document/],
  ['an empty second document', 'grace@example.com]\n', 'grace@example.com]\n---\n', 'E005 24:1+3', /one document/],
  ['two document ends', 'grace@example.com]\n', 'grace@example.com]\n...\n...\n', 'E005 25:1+3', /one document/],
  ['a list as a key', 'seat: Dev', '[a]: Dev', 'E005 18:5+1', /a key must be plain text/],
  ['an alias as a key', 'seat: Dev', '*a : Dev', 'E005 18:5+2', /a key must be plain text/],
  ['an empty key', 'seat: Dev', ': Dev', 'E005 17:5+8', /a key must be plain text/],

  ['an alias inside itself', '[ada.king@example.com]', '&a [*a]', 'E006 6:21+2', /stands inside the value that it names/],
  ['nesting of 20,000 brackets', 'title: Design Manager', `title: ${'['.repeat(20_000)}`, 'E006 13:110+1', /deeper than 100/],
  [
    'nesting of 20,000 closed brackets',
    'title: Design',
    `title: ${'['.repeat(20_000)}${']'.repeat(20_000)} #`,
    'E006 13:110+1',
    /deeper than 100/,
  ],
  ['nesting of 20,000 dashes', 'version: 1', '- '.repeat(20_000), 'E006 1:203+1', /deeper than 100/],
  ['nesting of 20,000 question marks', 'version: 1', '? '.repeat(20_000), 'E006 1:202+1', /deeper than 100/],

  ['a carriage return alone', 'version: 1\n', 'version: 1\r', 'E007 1:11+1', /carriage return alone/],
  [
    'a blank line behind an escaped line end',
    'title: Design Manager',
    'title: "a \\\n\n      b"',
    'E007 13:15+1',
    /blank line after an escaped line end/,
  ],
  ['a block of spaces', 'title: Design Manager', 'title: >2-\n         \n', 'E007 13:12+3', /nothing but space/],
  [
    'a comment before a value',
    'title: Design Manager',
    'title:\n# comment\n      Design',
    'E007 14:1+1',
    /comment between a key and its value/,
  ],

  ['a key twice', 'seat: Dev', 'seat: Dev\n    seat: Full', 'E018 19:5+4', /"seat" is written twice.*18:5 the first time/],
  ['a key of the file twice', 'groups:', 'version: 1\ngroups:', 'E018 19:1+7', /"version" is written twice.*1:1/],
  [
    'a key twice in flow style',
    'givenName: Ada,',
    'givenName: Ada, "givenName": A,',
    'E018 12:29+11',
    /"givenName" is written twice.*12:13/,
  ],
];
