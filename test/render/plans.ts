import type { Day } from '../../src/model/day.ts';
import type { Cause, Expiry } from '../../src/model/desired.ts';
import type { Basis } from '../../src/model/basis.ts';
import type { Edit, Operation } from '../../src/model/operation.ts';
import type { Plan, Verdict } from '../../src/model/plan.ts';
import { defaultLimits } from '../../src/model/policy.ts';

const none = `sha256:${'0'.repeat(64)}`;

/** What an organization is judged by that asks for nothing special. */
export const basis: Basis = {
  limits: defaultLimits,
  minAdmins: 2,
  protected: [],
  pools: {},
  budgets: [],
  population: { users: 400, paid: 320, memberships: 900, groups: 37 },
  declared: { users: 400, missing: 0 },
  doubts: [],
  undeclaredMembers: [],
  onlyExpired: false,
};

/** The plan of an organization that is as it should be; each test changes what it is about. */
export function planWith(changes: Partial<Plan> = {}): Plan {
  return {
    asOf: day('2026-11-22'),
    operations: [],
    unmanaged: [],
    guards: [],
    diagnostics: [],
    unresolved: 0,
    seats: { View: { before: 88, after: 88 }, Full: { before: 115, after: 115 } },
    budgets: [],
    expiries: [],
    basis,
    live: { tenant: '964615200748176016', digest: none, users: 412, groups: 37, requests: 5 },
    config: { digest: none, files: ['seatform/users.yaml'] },
    digest: none,
    seal: none,
    ...changes,
  };
}

/** A day by its text; tests of hostile text pass any. */
export function day(text: string): Day {
  return text as Day;
}

export function cause(line: number, via: Cause['via'] = 'entry', file = 'seatform/users.yaml'): Cause {
  return { at: { file, line, column: 5 }, via };
}

export function user(action: Operation['action'], name: string, edits: readonly Edit[], seat?: Operation['seat']): Operation {
  return {
    id: `${action} user ${name}`,
    action,
    kind: 'user',
    name,
    ...wasOf(edits, 'userName'),
    ...refOf(action),
    edits,
    needs: [],
    ...(seat ? { seat } : {}),
  };
}

export function group(action: Operation['action'], name: string, edits: readonly Edit[]): Operation {
  return { id: `${action} group ${name}`, action, kind: 'group', name, ...wasOf(edits, 'displayName'), ...refOf(action), edits, needs: [] };
}

function refOf(action: Operation['action']): Pick<Operation, 'ref'> {
  return action === 'create' ? {} : { ref: { id: '974343320676444348' } };
}

function wasOf(edits: readonly Edit[], attribute: string): { was?: string } {
  const before = edits.find((edit) => edit.attribute === attribute && edit.after !== undefined)?.before;
  return before === undefined ? {} : { was: String(before) };
}

export const raised = user('patch', 'ada@example.com', [{ attribute: 'seat', before: 'View', after: 'Full', cause: cause(42) }], {
  before: 'View',
  after: 'Full',
});
export const ended = user('deactivate', 'bob@example.com', [{ attribute: 'active', before: true, after: false, cause: cause(12) }], {
  before: 'Full',
});
export const created = user(
  'create',
  'grace@example.com',
  [
    { attribute: 'userName', after: 'grace@example.com', cause: cause(60) },
    { attribute: 'seat', after: 'Full', cause: cause(61) },
    { attribute: 'displayName', after: 'Grace "Amazing" Hopper', cause: cause(62) },
  ],
  { after: 'Full' },
);
export const renamed = user('put', 'joan.clarke@example.com', [
  { attribute: 'userName', before: 'joan.murray@example.com', after: 'joan.clarke@example.com', cause: cause(50) },
  { attribute: 'title', before: 'Senior Design Manager', after: 'Principal Design Manager', cause: cause(53) },
  { attribute: 'costCenter', before: '0934', after: '', cause: cause(54) },
  { attribute: 'division', after: 'Mobile', cause: cause(55) },
]);
export const lowered = user(
  'patch',
  'dan@example.com',
  [{ attribute: 'seat', before: 'Full', after: 'View', cause: cause(7, 'expired') }],
  {
    before: 'Full',
    after: 'View',
  },
);
export const reactivated = user(
  'patch',
  'eve@example.com',
  [
    { attribute: 'active', before: false, after: true, cause: cause(70) },
    { attribute: 'seat', after: 'Dev', cause: cause(71) },
  ],
  { after: 'Dev' },
);
export const regrouped = group('patch', 'Design Systems', [
  {
    attribute: 'member',
    after: 'ada@example.com',
    cause: cause(5, 'entry', 'seatform/groups.yaml'),
    needs: ['create user ada@example.com'],
  },
  { attribute: 'displayName', before: 'DS', after: 'Design Systems', cause: cause(3, 'entry', 'seatform/groups.yaml') },
  { attribute: 'member', before: 'bob@example.com', cause: cause(4, 'rule', 'seatform/groups.yaml') },
]);
export const deleted = group('delete', 'Old', [{ attribute: 'displayName', before: 'Old', cause: { via: 'unmanaged' } }]);

export const blocked: Verdict = {
  guard: 'deactivations',
  outcome: 'block',
  count: 45,
  limit: 42,
  message: '45 users would be deactivated',
  operations: ['deactivate user bob@example.com'],
};

/** Two grants that end soon, of a seat and of a membership. */
export const expiries: readonly Expiry[] = [
  {
    until: day('2026-11-25'),
    userName: 'grace@example.com',
    gives: { seat: 'Dev', to: 'View' },
    cause: { ...cause(3, 'grant', 'grants.yaml'), until: day('2026-11-25') },
  },
  {
    until: day('2026-11-28'),
    userName: 'bob@example.com',
    gives: { group: 'Design Systems' },
    cause: { ...cause(9, 'grant', 'grants.yaml'), until: day('2026-11-28') },
  },
];
