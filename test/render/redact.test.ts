import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codes, type Code } from '../../src/model/codes.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Edit } from '../../src/model/operation.ts';
import {
  redactDiagnostics,
  redactOperations,
  redactPlan,
  redactReview,
  redactTally,
  redactUnapproved,
  type Redaction,
} from '../../src/render/redact.ts';
import { anyPlan } from './any-plan.ts';
import { reviewWith } from './comment/frames.ts';
import { basis, blocked, cause, created, deleted, ended, expiries, group, planWith, raised, regrouped, renamed, user } from './plans.ts';

const secret = 'Ada.Lovelace';
const address = `${secret}@acme.com`;

/** An edit of one value, masked. */
function edited(attribute: string, after: Edit['after'], level: Redaction = 'emails'): Edit['after'] {
  const edit: Edit = { attribute, ...(after === undefined ? {} : { after }), cause: cause(1) };
  return redactOperations([user('patch', 'x', [edit])], level)[0]?.edits[0]?.after;
}

/** A review in which `name` stands wherever a name of a user, and `title` wherever another text can stand. */
function reviewOf(name: string, title: string) {
  const at = { file: 'users.yaml', line: 1, column: 1, length: 1 };
  const edits: readonly Edit[] = [
    { attribute: 'userName', before: name, after: name, cause: cause(1) },
    { attribute: 'manager.value', before: name, after: name, cause: cause(1) },
    { attribute: 'title', before: title, after: title, cause: cause(1) },
    { attribute: 'member', before: name, after: name, cause: cause(1), needs: [`patch user ${name}`] },
  ];
  const operation = { ...user('put', name, edits), was: name, needs: [`patch group ${title}`, `patch user ${name}`] as const };
  const groups = group('patch', title, edits.slice(3));
  const said: Diagnostic = { severity: 'error', code: 'E030', message: name, at, label: name, help: name, also: [{ at, message: name }] };
  const own = planWith({
    operations: [operation, groups],
    unmanaged: [
      { kind: 'user', name },
      { kind: 'group', name: title },
    ],
    guards: [{ ...blocked, message: name, operations: [operation.id] }],
    diagnostics: [said],
    selection: { by: 'approved', others: 0, held: [{ operation: operation.id, needs: groups.id }] },
    budgets: [{ name: title, seats: {} }],
    expiries: [
      { ...expiries[0], userName: name } as (typeof expiries)[number],
      { ...expiries[0], userName: name, gives: { group: title } } as (typeof expiries)[number],
    ],
    basis: {
      ...basis,
      protected: [name],
      budgets: [{ name: title, seats: {}, users: [name as never], joining: [name as never], leaving: [name as never] }],
      doubts: [{ message: name }],
      undeclaredMembers: [{ user: name as never, operation: operation.id }],
    },
  });
  return reviewWith({
    own,
    pending: [operation, groups],
    removed: [{ userName: name, at }],
    rules: [
      { rule: 'protected', before: name },
      { rule: 'ignore.users', after: name },
      { rule: `user ${name} previously`, after: name },
      { rule: `group ${JSON.stringify(title)} membersWhere.title`, before: title, after: title },
      { rule: 'defaults[0].where.manager.value', before: name, after: name },
      { rule: 'defaults[0].where.title', before: title, after: title },
      { rule: `budgets.${JSON.stringify(title)}.where.title`, after: title },
      { rule: `files.${JSON.stringify(title)}.users`, after: name },
      ...[
        'protected',
        'ignore.users',
        `budgets."${title}".where.department`,
        `user ${name} previously`,
        `group "${title}" membersWhere.title`,
      ].map((rule) => ({ rule, before: name, after: title })),
    ],
    scheduled: [
      { day: own.asOf, userName: name, what: { joins: title }, cause: cause(1) },
      { day: own.asOf, userName: name, what: { leaves: title }, cause: cause(1) },
    ],
    withdrawn: [{ day: own.asOf, userName: name, what: { joins: title }, cause: cause(1) }],
    takenBack: [operation, groups],
  });
}

describe('addresses', () => {
  test.each([
    ['member', address, 'A…@acme.com'],
    ['userName', address, 'A…@acme.com'],
    ['manager.value', 'not an address', 'n…'],
    ['userName', '😀x', '😀…'],
    ['userName', 'a@b c@d', 'a…'],
    ['externalId', address, 'A…@acme.com'],
    ['title', `write to ${address} or bob@x.org`, 'write to A…@acme.com or b…@x.org'],
    ['title', `${address},bob@x.org`, 'A…@x.org'],
    ['title', `${address}@`, 'A…'],
    ['title', 'Designer @ Acme', 'Designer @ Acme'],
    ['title', '', ''],
    ['seat', 'Full', 'Full'],
    ['figmaAdmin', true, true],
  ])('%s %j becomes %j', (attribute, value, masked) => {
    expect(edited(attribute, value)).toBe(masked);
  });

  test('are masked in names, former names, ids and needs', () => {
    expect(redactOperations([renamed], 'emails')[0]).toMatchObject({
      id: 'put user j…@example.com',
      name: 'j…@example.com',
      was: 'j…@example.com',
    });
    expect(redactOperations([regrouped], 'emails')[0]?.edits[0]?.needs).toEqual(['create user a…@example.com']);
  });

  test('stay nowhere in a review', () => {
    const masked = JSON.stringify(redactReview(reviewOf(address, `x ${address}`), 'emails'));
    expect(masked).not.toMatch(new RegExp(secret, 'i'));
    expect(masked).toContain('A…@acme.com');
  });
});

describe('everything', () => {
  test.each([
    ['userName', address, '…@…'],
    ['member', address, '…@…'],
    ['title', 'Designer', '…'],
    ['title', '', ''],
    ['seat', 'Full', 'Full'],
    ['active', false, false],
  ])('%s %j becomes %j', (attribute, value, masked) => {
    expect(edited(attribute, value, 'all')).toBe(masked);
  });

  test('stays nowhere in a review', () => {
    expect(JSON.stringify(redactReview(reviewOf(address, 'Secret title'), 'all'))).not.toMatch(/lovelace|acme|secret/i);
    expect(redactOperations([deleted], 'all')[0]).toMatchObject({ id: 'delete group …', name: '…' });
  });
});

describe('rules', () => {
  const rulesOf = (rule: string, level: Redaction, value = 'Bob bob@acme.com') => {
    const [masked] = redactUnapproved({ operations: [], rules: [{ rule, before: value, after: value }], later: [] }, level).rules;
    return [masked?.rule, masked?.before, masked?.after];
  };

  test.each([
    'limits.deactivations',
    'minAdmins',
    'seats.Full.purchased',
    'unmanaged.users',
    'separation.approvals',
    'separation.notBy',
    'tenantId',
    'defaults[1].seat',
  ])('%s names nobody, and stays', (rule) => {
    expect(rulesOf(rule, 'all', '9')).toEqual([rule, '9', '9']);
  });

  test.each([
    ['protected', 'protected', 'protected'],
    ['ignore.users', 'ignore.users', 'ignore'],
    ['budgets."Bob bob@acme.com".where.department', 'budgets."Bob b…@acme.com".where.department', 'budgets'],
    ['defaults[1].department', 'defaults[1].department', 'defaults'],
    ['defaults[1].seat.x', 'defaults[1].seat.x', 'defaults'],
    ['files', 'files', 'files'],
    ['limitsOfBob', 'limitsOfBob', 'limitsOfBob'],
    [
      'group "Bob bob@acme.com" membersWhere.department',
      'group "Bob b…@acme.com" membersWhere.department',
      'group … membersWhere.department',
    ],
    ['group Bob previously', 'group Bob previously', 'group … previously'],
    ['group "x membersWhere" membersWhere.title', 'group "x membersWhere" membersWhere.title', 'group … membersWhere.title'],
    ['user bob@acme.com previously', 'user b…@acme.com previously', 'user …@… previously'],
    ['user bob previously', 'user b… previously', 'user …@… previously'],
    ['"Bob"', '"Bob"', '…'],
  ])('%s can name people: its values are masked, and its path becomes %s or %s', (rule, emails, all) => {
    expect(rulesOf(rule, 'emails', 'bob@acme.com')).toEqual([emails, 'b…@acme.com', 'b…@acme.com']);
    const [masked, before, after] = rulesOf(rule, 'all', 'Bob');
    expect([masked, before]).toEqual([all, after]);
    expect(before).not.toContain('Bob');
  });
});

test('files, lines, seats and numbers stay', () => {
  for (const level of ['emails', 'all'] as const) {
    const masked = redactPlan(planWith({ operations: [ended, created], guards: [blocked] }), level);
    expect(masked.operations.map(({ edits }) => edits.map(({ cause }) => cause))).toEqual(
      [ended, created].map(({ edits }) => edits.map(({ cause }) => cause)),
    );
    expect(masked.operations.map(({ seat, action, kind }) => [seat, action, kind])).toEqual(
      [ended, created].map(({ seat, action, kind }) => [seat, action, kind]),
    );
    expect(masked.guards[0]).toMatchObject({ guard: 'deactivations', outcome: 'block', count: 45, limit: 42, message: '' });
  }
});

test('nothing is masked unless it is asked', () => {
  const review = reviewOf(address, 'x');
  expect(redactReview(review, 'none')).toBe(review);
  expect(redactPlan(review.own, 'none')).toBe(review.own);
  expect(redactOperations(review.pending, 'none')).toBe(review.pending);
  expect(redactDiagnostics(review.own.diagnostics, 'none')).toBe(review.own.diagnostics);
});

test('masked twice is masked once', () => {
  fc.assert(
    fc.property(anyPlan, fc.constantFrom('none', 'emails', 'all'), (plan, level) => {
      const once = redactPlan(plan, level);
      expect(redactPlan(once, level)).toEqual(once);
    }),
  );
});

test('a diagnostic says what its code means, and where', () => {
  const at = { file: 'a.yaml', line: 1, column: 2, length: 3 };
  const said: Diagnostic = { severity: 'error', code: 'E030', message: address, at, label: address, help: address };
  expect(redactDiagnostics([said], 'emails')).toEqual([
    { severity: 'error', code: 'E030', message: codes.E030.title, at, help: codes.E030.remedy },
  ]);
});

test('what the service as a whole and the Action say stays', () => {
  const kept = (Object.keys(codes) as Code[]).filter((code) => {
    const diagnostic: Diagnostic = { severity: 'error', code, message: 'said' };
    return redactDiagnostics([diagnostic], 'all')[0] === diagnostic;
  });
  expect(kept).toEqual(['E102', 'E105', 'E202', 'E203', 'E204', 'E210', 'E211', 'E212', 'E213', 'E214', 'E216']);
});

test('of a tally the numbers and fates stay', () => {
  const tally = { total: 2, done: 1, isFailure: true, open: [{ operation: raised, fate: 'failed', reason: address }] } as const;
  expect(redactTally(tally, 'none')).toBe(tally);
  expect(redactTally(tally, 'emails')).toMatchObject({
    total: 2,
    done: 1,
    isFailure: true,
    open: [{ operation: { name: 'a…@example.com' }, fate: 'failed', reason: '' }],
  });
  const superseded = (reason: string) =>
    redactTally({ ...tally, open: [{ ...tally.open[0], fate: 'superseded', reason }] }, 'all').open[0]?.reason;
  expect(superseded(`taken back by 1a2b3c4 of ${address}`)).toBe('by 1a2b3c4');
  expect(superseded(address)).toBe('');
});
