import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/model/operation.ts';
import type { Review } from '../../../src/model/review.ts';
import type { RuleChange } from '../../../src/model/rule.ts';
import type { ScheduledChange } from '../../../src/model/scheduled-change.ts';
import { renderReview } from '../../../src/render/comment/comment.ts';
import { quoted, safe } from '../../../src/render/escape.ts';
import { bare, nameText, valueText } from '../../../src/render/name.ts';
import { guardText } from '../../../src/render/notices.ts';
import { anyPlan } from '../any-plan.ts';
import { hostileText } from '../hostile.ts';
import { cause, day, group, planWith, user } from '../plans.ts';
import { endings, frame, raises, reviewWith } from './frames.ts';

const room = 60_000;

/** Whether a text shows a safe text, be it in a fence or in a code span. */
function shows(text: string, fact: string): boolean {
  return text.includes(fact) || text.includes(fact.replaceAll('|', '\\u{7c}'));
}

/** Everything of an operation that must be readable, as safe text. */
function factsOf({ action, kind, name, was, edits }: Operation): readonly string[] {
  const isHeadline = (attribute: string, after: unknown) =>
    action === 'deactivate' ? attribute === 'active' : attribute === (kind === 'user' ? 'userName' : 'displayName') && after === name;
  const isSaid = action === 'put' || action === 'patch' || action === 'deactivate';
  return [
    nameText(kind, name),
    ...(was === undefined || !isSaid ? [] : [kind === 'user' ? bare(was) : quoted(was)]),
    ...edits.flatMap(({ attribute, before, after }) => {
      if (isHeadline(attribute, after) || (action === 'delete' && attribute === 'displayName')) return [];
      return [before, after].filter((side) => side !== undefined && side !== '').map((side) => valueText(attribute, side ?? ''));
    }),
  ];
}

function factsOfChange({ day, userName, what }: ScheduledChange): readonly string[] {
  const facts = [day, bare(userName)];
  if ('joins' in what) return facts.concat(quoted(what.joins));
  return 'leaves' in what ? facts.concat(quoted(what.leaves)) : facts;
}

function factsOfReview({ own, removed, scheduled, withdrawn, takenBack, rules, allowances }: Review): readonly string[] {
  return [
    ...[...own.operations, ...takenBack].flatMap(factsOf),
    ...removed.map(({ userName }) => bare(userName)),
    ...[...scheduled, ...withdrawn].flatMap(factsOfChange),
    ...rules.flatMap(({ rule, before = '', after = '' }) => [rule, before, after].map(safe)),
    ...[...allowances].map(([guard, number]) => `${guard}=${number}`),
    ...own.guards.filter(({ outcome }) => outcome === 'block').map(guardText),
  ];
}

/** Hostile text that no other text of a review contains. */
function tagged(text: string, tag: string): string {
  return `${text}~${tag}~`;
}

function withOwnNames(operations: readonly Operation[], tag: string): readonly Operation[] {
  return operations.map((operation, index): Operation => {
    const name = tagged(operation.name, `${tag}${index}`);
    const { was } = operation;
    return {
      ...operation,
      id: `${operation.action} ${operation.kind} ${name}`,
      name,
      ...(was !== undefined && { was: tagged(was, `${tag}w${index}`) }),
    };
  });
}

const anyRules: fc.Arbitrary<readonly RuleChange[]> = fc
  .array(fc.tuple(hostileText, hostileText, hostileText), { maxLength: 5 })
  .map((rules) =>
    rules.map(([rule, before, after], index) => ({ rule: tagged(rule, `r${index}`), before: tagged(before, `b${index}`), after })),
  );

const anySchedule: fc.Arbitrary<readonly ScheduledChange[]> = fc
  .array(fc.tuple(hostileText, fc.constantFrom('A', 'B|`'), fc.constantFrom('2027-01-01', '2027-02-01')), { maxLength: 8 })
  .map((changes) =>
    changes.map(([name, joins, on], index) => ({
      day: day(on),
      userName: tagged(name, `s${index}`),
      what: { joins },
      cause: cause(1, 'grant'),
    })),
  );

const anyReview: fc.Arbitrary<Review> = fc
  .tuple(anyPlan, anyPlan, anyRules, anySchedule, fc.array(hostileText, { maxLength: 5 }))
  .map(([own, other, rules, scheduled, removed]) =>
    reviewWith({
      own: {
        ...own,
        operations: withOwnNames(own.operations, 'o'),
        guards: own.guards.map((verdict, index) => ({ ...verdict, guard: `guard${index}` })),
      },
      takenBack: withOwnNames(other.operations, 't'),
      rules,
      scheduled,
      withdrawn: scheduled.slice(1).map(({ day, userName, what, cause }) => ({ day, userName: `${userName}w`, what, cause })),
      removed: removed.map((name, index) => ({ userName: tagged(name, `e${index}`), at: { file: 'a.yaml', line: 1, column: 1 } })),
      allowances: new Map([['downgrades@2026-12-01', 8]]),
    }),
  );

describe('a text that is whole', () => {
  test('shows every name, rule and value, whatever they are, and in whatever room', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(anyReview, fc.integer({ min: 0, max: 16_000 }), (review, within) => {
        const { text, isWhole, isTruncated } = renderReview(review, frame, within);
        seen.add(isWhole);
        expect(text.length).toBeLessThanOrEqual(within);
        expect(isWhole || isTruncated).toBe(true);
        const facts = factsOfReview({ ...review, allowances: new Map([...review.allowances].map(([, number]) => ['downgrades', number])) });
        expect(isWhole ? facts.filter((fact) => !shows(text, fact)) : []).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(seen).toEqual(new Set([true, false]));
  });

  test('is what anything becomes in a room that is large enough', () => {
    fc.assert(
      fc.property(anyReview, (review) => {
        expect(renderReview(review, frame, 500_000).isWhole).toBe(true);
      }),
    );
  });
});

describe('the order of reading', () => {
  const titled = (many: number) =>
    Array.from({ length: many }, (_, index) =>
      user('put', `t${index}@acme.com`, [{ attribute: 'title', before: `Old ${index}`, after: `New ${index}`, cause: cause(index) }]),
    );
  const renamed = user('put', 'new@acme.com', [{ attribute: 'userName', before: 'old@acme.com', after: 'new@acme.com', cause: cause(1) }]);

  test.each([420, 2000])('%i harmless titles do not hide a rename', (many) => {
    const { text, isWhole } = renderReview(reviewWith({ own: planWith({ operations: [...titled(many), renamed] }) }), frame, room);
    const [, , first = ''] = text.slice(text.indexOf('| | Change')).split('\n');
    expect(first).toContain('| `new@acme.com` | `was old@acme.com` |');
    expect(isWhole).toBe(many === 420);
    const hidden = titled(many)
      .flatMap(factsOf)
      .filter((fact) => !shows(text, fact));
    expect(hidden.length > 0).toBe(!isWhole);
    expect(/\*\*\d+ changes not shown\*\*/.test(text)).toBe(!isWhole);
  });

  test('puts first what must not be overlooked', () => {
    const at = cause(1);
    const edits = {
      membership: [{ attribute: 'member', after: 'ada@acme.com', cause: at }],
      admin: [
        { attribute: 'userName', after: 'admin@acme.com', cause: at },
        { attribute: 'figmaAdmin', after: true, cause: at },
      ],
      lowered: [{ attribute: 'seat', before: 'Full', after: 'View', cause: at }],
      raised: [{ attribute: 'seat', before: 'View', after: 'Full', cause: at }],
      back: [{ attribute: 'active', before: false, after: true, cause: at }],
      title: [{ attribute: 'title', after: 'x', cause: at }],
    };
    const operations = [
      user('put', 'title@acme.com', edits.title),
      group('patch', 'Members', edits.membership),
      user('create', 'create@acme.com', [{ attribute: 'userName', after: 'create@acme.com', cause: at }]),
      user('patch', 'back@acme.com', edits.back),
      user('patch', 'raised@acme.com', edits.raised, { before: 'View', after: 'Full' }),
      user('patch', 'lowered@acme.com', edits.lowered, { before: 'Full', after: 'View' }),
      group('delete', 'Gone', [{ attribute: 'displayName', before: 'Gone', cause: at }]),
      ...endings(1),
      renamed,
      user('create', 'admin@acme.com', edits.admin),
    ];
    const removed = [{ userName: 'entry@acme.com', at: { file: 'a', line: 1, column: 1 } }];
    const { text } = renderReview(reviewWith({ own: planWith({ operations }), removed }), frame, room);
    const rows = [...text.matchAll(/^\| (?:➖|🟡|➕|⚠️) \| `(?:group ")?([A-Za-z]+)/gm)].map(([, name]) => name);
    expect(rows).toEqual(['admin', 'new', 'leaver', 'Gone', 'entry', 'lowered', 'raised', 'back', 'create', 'Members', 'title']);
  });
});

describe('what is not an operation', () => {
  test('a changed rule is a caution with both values, uncut, however many there are', () => {
    const rules = Array.from({ length: 300 }, (_, index) => ({
      rule: `group G${index} membersWhere`,
      before: 'x'.repeat(250),
      after: `v${index}`,
    }));
    const { text, isWhole } = renderReview(reviewWith({ rules }), frame, 200_000);
    expect(isWhole).toBe(true);
    expect(text).toContain(`> [!CAUTION]\n> **300 rules change**:\n> - \`group G0 membersWhere\`: \`${'x'.repeat(250)}\` → \`v0\`\n`);
    expect(text).toContain('> - `group G299 membersWhere`:');
    const cut = renderReview(reviewWith({ rules }), frame, room);
    expect(cut.isWhole).toBe(false);
    expect(cut.text).toMatch(/> - …and \d+ more\n/);
    expect(cut.text).toMatch(/\*\*\d+ rules not shown\*\*/);
  });

  test('entries that are removed are all named', () => {
    const removed = Array.from({ length: 400 }, (_, index) => ({
      userName: `r${index}@acme.com`,
      seat: 'Full',
      at: { file: 'a', line: 1, column: 1 },
    }));
    const { text, isWhole } = renderReview(reviewWith({ removed }), frame, room);
    expect(isWhole).toBe(true);
    expect(text).toContain('| ⚠️ | 400 users | keep access and a Full seat; to off-board write `active: false` |');
    expect(text).toContain(
      '⚠️ **400 users** keep access and a Full seat, although the entries are removed\n<details><summary>400 users</summary>',
    );
    expect(text).toContain('`r399@acme.com`');
    const many = renderReview(
      reviewWith({
        removed: [...removed, ...removed, ...removed, ...removed, ...removed, ...removed, ...removed, ...removed, ...removed, ...removed],
      }),
      frame,
      room,
    );
    expect(many.isWhole).toBe(false);
  });

  test('scheduled and withdrawn changes are dated, and equal ones are together', () => {
    const what = { seat: { before: 'Dev', after: 'View' } };
    const ends = { ...cause(3, 'grant'), via: 'expired', until: day('2026-12-31') } as const;
    const scheduled = Array.from({ length: 300 }, (_, index) => ({
      day: day('2027-01-01'),
      userName: `s${index}@acme.com`,
      what,
      cause: ends,
    }));
    const joins = { day: day('2027-02-01'), userName: 'x@acme.com', what: { joins: 'A' }, cause: cause(1, 'grant') };
    const { text, isWhole } = renderReview(reviewWith({ scheduled: [joins, ...scheduled], withdrawn: scheduled.slice(0, 1) }), frame, room);
    expect(isWhole).toBe(true);
    expect(text).toContain('\n\n📅 after 2026-12-31 **300 users** Dev → View ([`users.yaml:3`](');
    expect(text).toContain('<details><summary>300 users</summary>\n\n`s0@acme.com`');
    expect(text).toContain('- no longer after 2026-12-31 `s0@acme.com` Dev → View');
    const other = scheduled.map(({ day, cause }, index) => {
      return { day, userName: 'u'.repeat(30), what: { joins: `${index}${'g'.repeat(150)}` }, cause };
    });
    expect(renderReview(reviewWith({ scheduled: other }), frame, room).isWhole).toBe(false);
  });

  test('a pull request that only withdraws says so, and shows what', () => {
    const { text, isWhole } = renderReview(reviewWith({ takenBack: raises(1) }), frame, room);
    expect(isWhole).toBe(true);
    expect(text).toMatch(/^### Figma plan: takes back 1 change that is approved and not applied yet\n/);
    expect(text).toContain('This pull request changes nothing in Figma: it only withdraws changes that are not applied yet.');
    expect(text).toContain('**Taken back**: approved changes');
    expect(text).toContain('| ⏪ | `riser0@acme.com` | View → Full is taken back | [`users.yaml:1`](');
    expect(renderReview(reviewWith({ takenBack: raises(2000) }), frame, room).isWhole).toBe(true);
    expect(renderReview(reviewWith({ takenBack: raises(9000) }), frame, room).isWhole).toBe(false);
  });

  test('a guard of a day to come shows the day, and so does its allowance', () => {
    const guards = [
      { guard: 'downgrades', outcome: 'block', count: 8, limit: 2, day: day('2026-12-01'), message: '8 downgrades', operations: [] },
    ] as const;
    const blocked = renderReview(reviewWith({ own: planWith({ guards }) }), frame, room).text;
    expect(blocked).toContain('**Blocked** on `2026-12-01` by `downgrades 8, limit 2`');
    expect(blocked).toContain('add this to the description of this pull request: `seatform-allow: downgrades=8@2026-12-01`');
    const warned = {
      own: planWith({ guards: [{ ...guards[0], outcome: 'warn' as const }] }),
      allowances: new Map([['downgrades@2026-12-01', 8]]),
    };
    const allowed = renderReview(reviewWith(warned), frame, room).text;
    expect(allowed).toContain('**Allowed by the description of this pull request**: `downgrades=8@2026-12-01`');
    expect(allowed).toContain('- **Allowed once**: `downgrades 8, limit 2 on 2026-12-01`');
  });

  test('guards that block and allowances that have no room are missed', () => {
    const guards = Array.from({ length: 60 }, (_, index) => {
      return { guard: `guard${index}`, outcome: 'block', count: index, message: 'x'.repeat(100), operations: [] } as const;
    });
    const isWhole = (review: Partial<Review>, within: number) => renderReview(reviewWith(review), frame, within).isWhole;
    expect(isWhole({ own: planWith({ guards }) }, 4000)).toBe(false);
    expect(isWhole({ own: planWith({ guards }) }, room)).toBe(true);
    expect(isWhole({ allowances: new Map(guards.map(({ guard, count }) => [guard, count])) }, 1000)).toBe(false);
  });

  test('the smallest room in which anything is whole shows it', () => {
    const titles = Array.from({ length: 40 }, (_, index) =>
      user('put', `t${index}@acme.com`, [{ attribute: 'title', before: `old ${index}`, after: `new ${index}`, cause: cause(1) }]),
    );
    const entry = { userName: 'gone@acme.com', at: { file: 'a', line: 1, column: 1 } };
    const attributes = ['title', 'department', 'division', 'costCenter', 'organization'];
    const many = user(
      'put',
      'many@acme.com',
      attributes.map((attribute) => ({ attribute, before: `old ${attribute}`, after: `new ${attribute}`, cause: cause(1) })),
    );
    const members = ['a', 'b', 'c'].map((name) => ({ attribute: 'member', after: `${name}@acme.com`, cause: cause(1) }));
    const groups = Array.from({ length: 30 }, (_, index) =>
      group('patch', `New ${index}`, [
        { attribute: 'displayName', before: `Old ${index}`, after: `New ${index}`, cause: cause(1) },
        ...members,
      ]),
    );
    for (const changes of [
      { takenBack: titles },
      { removed: [entry] },
      { own: planWith({ operations: [many] }) },
      { own: planWith({ operations: groups }) },
      { rules: [{ rule: 'minAdmins', before: '2', after: '1' }] },
    ]) {
      const review = reviewWith(changes);
      const drawn = Array.from({ length: 100 }, (_, index) => renderReview(review, frame, index * 180));
      const whole = drawn.filter(({ isWhole }) => isWhole);
      expect(whole.length).toBeGreaterThan(0);
      expect(whole.length).toBeLessThan(drawn.length);
      for (const { text } of whole) expect(factsOfReview(review).filter((fact) => !shows(text, fact))).toEqual([]);
    }
  });

  test('what differs in the day, the seat or the group stays apart', () => {
    const what = { joins: 'A' };
    const names = ['a', 'b', 'c'];
    const scheduled = names.map((name, index) => ({ day: day(`2027-01-0${index + 1}`), userName: name, what, cause: cause(1, 'grant') }));
    const groups = names.map((name) => ({ day: day('2027-01-01'), userName: name, what: { joins: name }, cause: cause(1, 'grant') }));
    const removed = ['Full', 'Dev', 'View'].map((seat) => ({ userName: seat, seat, at: { file: 'a', line: 1, column: 1 } }));
    const { text } = renderReview(reviewWith({ scheduled: [...scheduled, ...groups], removed }), frame, room);
    expect(text).not.toContain('users**');
    expect(text).toContain('- from 2027-01-03 `c` joins group `"A"`');
    expect(text).toContain('| ⚠️ | `Dev` | keeps access and a Dev seat;');
  });

  test('pending changes, notices and warnings may be shortened', () => {
    const { isWhole, isTruncated } = renderReview(reviewWith({ pending: raises(5000) }), frame, room);
    expect({ isWhole, isTruncated }).toEqual({ isWhole: true, isTruncated: true });
  });

  test('a value that is too long for the table is whole in the diff', () => {
    const long = `${'x'.repeat(250)} and admin`;
    const { text } = renderReview(
      reviewWith({ own: planWith({ operations: [user('put', 'a@acme.com', [{ attribute: 'title', after: long, cause: cause(1) }])] }) }),
      frame,
      room,
    );
    expect(text).toContain(`+     title "${long}"`);
    const tight = renderReview(
      reviewWith({ own: planWith({ operations: [user('put', 'a@acme.com', [{ attribute: 'title', after: long, cause: cause(1) }])] }) }),
      frame,
      1300,
    );
    expect(tight.text).toContain('| `a@acme.com` | `title "xxx');
    expect(tight.isWhole).toBe(false);
  });
});
