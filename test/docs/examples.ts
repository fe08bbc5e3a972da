import type { Code } from '../../src/model/codes.ts';

/** What brings a code about, where a few lines of configuration show it best. Each of them is loaded by a test and gives its code. */
export const examples: Partial<Record<Code, string>> = {
  E004: 'version: 1\nusers:\n  - userName: ada@example.com\n    previously: [ada.king@example.com\n    seat: Full\n',
  E005: 'version: 1\nusers:\n  - <<: *everyone\n    userName: ada@example.com\n',
  E006: 'version: 1\nusers: &everyone\n  - *everyone\n',
  E007: 'version: 1\nusers:\n  - userName: ada@example.com\n    title: no\n',
  E008: '- userName: ada@example.com\n',
  E009: 'users:\n  - userName: ada@example.com\n',
  E010: 'version: 1\nusers:\n  - userName: ada@example.com\n    depratment: Design\n',
  E011: 'version: 1\nusers:\n  - userName: ada@example.com\n    active: yes\n',
  E012: 'version: 1\nusers:\n  - userName: ada@example.com\n    seat: full\n',
  E013: 'version: 1\nusers:\n  - userName: ada@example.com\n    title:\n',
  E014: 'version: 1\nusers:\n  - userName: ada@example.com\n    costCenter: 093923\n',
  E015: 'version: 1\nusers:\n  - seat: Full\n',
  E016: 'version: 1\nusers:\n  - userName: ada\n',
  E017: 'version: 1\nusers:\n  - userName: ada@example.com\n    name: {}\n',
  E018: 'version: 1\nusers:\n  - userName: ada@example.com\n    seat: Full\n    seat: Dev\n',
  E020: 'version: 1\nusers:\n  - userName: ada@example.com\n  - userName: Ada@example.com\n',
  E021: 'version: 1\nusers:\n  - userName: ada@example.com\ngroups:\n  - displayName: Design\n  - displayName: Design\n',
  E023: 'version: 1\nusers: []\n',
  E024: 'version: 1\nusers:\n  - userName: ada@example.com\n  - userName: ada.king@example.com\n    previously: [ada@example.com]\n',
  E025:
    'version: 1\nusers:\n  - userName: ada@example.com\n    previously: [king@example.com]\n' +
    '  - userName: grace@example.com\n    previously: [king@example.com]\n',
  E026:
    'version: 1\nusers:\n  - userName: ada@example.com\ngroups:\n  - displayName: Design\n' +
    '    members: [ada@example.com, Ada@example.com]\n',
  E043: 'version: 1\nusers:\n  - userName: ada@example.com\n    github: ada-l\n  - userName: grace@example.com\n    github: ada-l\n',
};
