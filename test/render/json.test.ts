import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BudgetBasis } from '../../src/model/basis.ts';
import { userNameOf, type UserName } from '../../src/model/directory.ts';
import { planDocument, renderFailureJson, renderPlanJson } from '../../src/render/json.ts';
import { anyPlan } from './any-plan.ts';
import { hostileText } from './hostile.ts';
import { basis, blocked, created, day, deleted, ended, expiries, planWith, raised, regrouped, renamed, user } from './plans.ts';

const making = { version: '0.1.0', createdAt: '2026-11-22T09:00:00.000Z' };
const isPlan = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(
  JSON.parse(readFileSync('schemas/plan.v1.schema.json', 'utf8')),
);

const full = planWith({
  operations: [ended, { ...raised, needs: [ended.id] }, created, renamed, regrouped, deleted],
  unmanaged: [
    { kind: 'user', name: 'x@example.com', seat: 'Full' },
    { kind: 'group', name: 'Old' },
  ],
  guards: [blocked, { guard: 'pool', outcome: 'allow', count: 0, message: 'fits', operations: [] }],
  diagnostics: [
    {
      severity: 'warning',
      code: 'W001',
      message: 'deactivated',
      at: { file: 'a.yaml', line: 3, column: 5, length: 4 },
      label: 'here',
      help: 'say so',
      also: [{ at: { file: 'b.yaml', line: 1, column: 2, length: 3 }, message: 'and here' }],
    },
    { severity: 'warning', code: 'W003', message: 'strangers' },
  ],
  seats: { Full: { before: 115, after: 116, purchased: 120, outside: 4 } },
  budgets: [{ name: 'Design', seats: { Full: { before: 38, after: 40, limit: 40 } } }],
  cost: { currency: 'USD', monthly: 90, term: { ends: day('2027-03-01'), total: 300 } },
  expiries,
  selection: { by: 'target', others: 3 },
  unresolved: 1,
});

const [ada, grace, finn] = ['ada@example.com', 'grace@example.com', 'finn@example.com'].map(userNameOf) as [UserName, UserName, UserName];
const designBudget: BudgetBasis = { name: 'Design', seats: { Full: 40 }, users: [ada, grace], joining: [grace], leaving: [finn] };

describe('the document', () => {
  test('is what the contract shows', () => {
    const document = planDocument(
      planWith({ operations: [{ ...raised, needs: [ended.id] }], seats: full.seats, unmanaged: full.unmanaged }),
      making,
    );
    expect(document).toMatchObject({
      format_version: '1.0',
      tool: { name: 'seatform', version: '0.1.0' },
      created_at: '2026-11-22T09:00:00.000Z',
      as_of: '2026-11-22',
      applyable: true,
      complete: true,
      live: { tenant: '964615200748176016', users: 412, groups: 37, requests: 5 },
      summary: {
        create: 0,
        put: 0,
        patch: 1,
        deactivate: 0,
        delete: 0,
        unmanaged: 2,
        seats: { Full: { before: 115, after: 116, purchased: 120, outside: 4 } },
      },
      unmanaged: [
        { kind: 'user', name: 'x@example.com', seat: 'Full' },
        { kind: 'group', name: 'Old' },
      ],
    });
    expect(document.operations).toEqual([
      {
        id: 'patch user ada@example.com',
        action: 'patch',
        kind: 'user',
        name: 'ada@example.com',
        remote_id: '974343320676444348',
        seat: { before: 'View', after: 'Full' },
        edits: [
          { attribute: 'seat', before: 'View', after: 'Full', cause: { file: 'seatform/users.yaml', line: 42, column: 5, via: 'entry' } },
        ],
        needs: ['deactivate user bob@example.com'],
      },
    ]);
  });

  test('membership edits have one side and the needs of their own', () => {
    const [operation] = planDocument(planWith({ operations: [regrouped] }), making).operations;
    expect(operation?.edits[0]).toEqual({
      attribute: 'member',
      after: 'ada@example.com',
      cause: { file: 'seatform/groups.yaml', line: 5, column: 5, via: 'entry' },
      needs: ['create user ada@example.com'],
    });
    expect(operation).not.toHaveProperty('seat');
  });

  test('what a plan rests on and leaves out is in it', () => {
    const document = planDocument(
      {
        ...full,
        seats: { Full: { before: 1, after: 2, peak: 3 } },
        basis: {
          ...basis,
          limits: { ...basis.limits, groupDeletions: { count: 0 }, creations: { percent: 12.5 } },
          protected: ['it-*@example.com'],
          pools: { Full: { purchased: 120, outside: 4, monthlyPrice: 90 }, Dev: { purchased: 60, outside: 0 } },
          budgets: [designBudget],
          doubts: [{ message: 'two of them' }, { message: 'who is it', operation: created.id }],
          undeclaredMembers: [],
          onlyExpired: true,
        },
      },
      making,
    );
    expect(JSON.parse(JSON.stringify(document))).toMatchObject({
      complete: false,
      unresolved: 1,
      selection: { by: 'target', others: 3 },
      summary: {
        seats: { Full: { before: 1, after: 2, peak: 3 } },
        cost: { currency: 'USD', monthly: 90, term: { ends: '2027-03-01', total: 300 } },
        budgets: [{ name: 'Design', seats: { Full: { before: 38, after: 40, limit: 40 } } }],
      },
      expiries: [
        {
          until: '2026-11-25',
          user: 'grace@example.com',
          seat: 'Dev',
          to: 'View',
          cause: { file: 'grants.yaml', line: 3, column: 5, via: 'grant', until: '2026-11-25' },
        },
        { until: '2026-11-28', user: 'bob@example.com', group: 'Design Systems' },
      ],
      basis: {
        limits: { creations: '12.5%', downgrades: '20%', groupDeletions: 0, adminChanges: 2 },
        min_admins: 2,
        protected: ['it-*@example.com'],
        pools: { Full: { purchased: 120, outside: 4, monthly_price: 90 }, Dev: { purchased: 60, outside: 0 } },
        budgets: [designBudget],
        population: { users: 400, paid: 320, memberships: 900, groups: 37 },
        declared: { users: 400, missing: 0 },
        doubts: [{ message: 'two of them' }, { message: 'who is it', operation: 'create user grace@example.com' }],
        undeclared_members: [],
        only_expired: true,
      },
      seal: full.seal,
    });
  });

  test.each([
    [{}, true],
    [{ unresolved: 1 }, false],
    [{ selection: { by: 'expired', others: 0 } }, false],
  ] as const)('with %j, complete is %j', (part, complete) => {
    expect(planDocument(planWith(part), making).complete).toBe(complete);
  });

  test('what there is none of is not in it', () => {
    const document = planDocument(planWith(), making);
    expect(document).not.toHaveProperty('selection');
    expect(document.summary).not.toHaveProperty('cost');
    expect(document.summary).not.toHaveProperty('budgets');
    expect(document).toMatchObject({ complete: true, unresolved: 0, expiries: [] });
  });

  test('any plan is valid by its schema', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        isPlan(JSON.parse(renderPlanJson(plan, making)));
        expect(isPlan.errors ?? []).toEqual([]);
      }),
    );
  });

  test('a blocked plan is not applyable', () => {
    expect(planDocument(full, making).applyable).toBe(false);
  });

  test.each([
    ['a full plan', full],
    ['an empty plan', planWith()],
  ])('%s is valid by its schema', (_, plan) => {
    isPlan(JSON.parse(renderPlanJson(plan, making)));
    expect(isPlan.errors ?? []).toEqual([]);
  });

  test('the schema notices what is missing and lets minor versions add', () => {
    const { digest, ...rest } = planDocument(full, making);
    expect(isPlan(rest)).toBe(false);
    expect(isPlan({ ...JSON.parse(JSON.stringify(rest)), digest, format_version: '1.1', news: [] })).toBe(true);
    expect(isPlan({ ...JSON.parse(JSON.stringify(rest)), digest, format_version: '2.0' })).toBe(false);
  });
});

test('a failure is one document too', () => {
  expect(JSON.parse(renderFailureJson([{ severity: 'error', code: 'E101', message: 'no' }], making))).toEqual({
    format_version: '1.0',
    tool: { name: 'seatform', version: '0.1.0' },
    created_at: '2026-11-22T09:00:00.000Z',
    applyable: false,
    complete: false,
    diagnostics: [{ severity: 'error', code: 'E101', message: 'no' }],
  });
});

test('any text survives, and only as escapes where it is hidden', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const json = renderPlanJson(planWith({ operations: [user('patch', text, [])] }), making);
      expect(json).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      expect(JSON.parse(json)).toMatchObject({ operations: [{ name: text }] });
    }),
  );
});
