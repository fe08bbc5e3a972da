import * as fc from 'fast-check';
import type { Day } from '../../src/model/day.ts';
import type { BudgetEntry, DefaultEntry, OrganizationEntry, PoolEntry, Written } from '../../src/model/declaration.ts';
import type { Span } from '../../src/model/diagnostic.ts';
import { type Limit, limitNames } from '../../src/model/policy.ts';
import type { Where } from '../../src/model/where.ts';

/** Where everything stands that nobody wrote. */
export const at: Span = { file: 'a.yaml', line: 1, column: 1, length: 1 };

const number = fc.integer({ min: 0, max: 3 });
const name = fc.constantFrom('a', 'A', 'b', 'a.b', 'a b', '"', '*@x.io', 'p@x.io');
const names: fc.Arbitrary<readonly Written<string>[]> = fc.array(
  name.map((value) => ({ value, at })),
  { maxLength: 3 },
);

function some<T extends object>(model: { [K in keyof T]: fc.Arbitrary<NonNullable<T[K]>> }): fc.Arbitrary<T> {
  return fc.record(model, { requiredKeys: [] }) as unknown as fc.Arbitrary<T>;
}

const limit: fc.Arbitrary<Limit> = fc.oneof(
  number.map((count) => ({ count })),
  fc.constantFrom(0, 1, 3, 50).map((percent) => ({ percent })),
);

const where: fc.Arbitrary<Where> = some<{ department: string[]; title: string[] }>({
  department: fc.array(name, { minLength: 1, maxLength: 2 }),
  title: fc.array(name, { minLength: 1, maxLength: 2 }),
}).map((chosen) => new Map(Object.entries(chosen)) as Where);

const pool: fc.Arbitrary<PoolEntry> = fc.oneof(
  fc.record({ at: fc.constant(at), purchased: number, outside: number }),
  fc.record({ at: fc.constant(at), purchased: number, outside: number, monthlyPrice: number }),
);

const budgets: fc.Arbitrary<readonly BudgetEntry[]> = fc.uniqueArray(
  fc.record({ at: fc.constant(at), name, where, seats: fc.record({ Full: number }) }),
  { maxLength: 3, selector: (budget) => budget.name },
);

const attributes = fc.constantFrom('Dev', 'View').map((value) => ({ seat: { value, at } }));

const defaults: fc.Arbitrary<readonly DefaultEntry[]> = fc.array(
  fc.oneof(fc.record({ at: fc.constant(at), attributes }), fc.record({ at: fc.constant(at), where, attributes })),
  { maxLength: 3 },
);

type Pools = NonNullable<OrganizationEntry['seats']>['pools'];

const termEnds = fc.constantFrom('2027-01-01', '2027-02-01') as fc.Arbitrary<Day>;

/** Organizations of which nothing, something or everything is said, few values each so that two of them often agree. */
export const organizations: fc.Arbitrary<OrganizationEntry> = some<OrganizationEntry>({
  tenantId: fc.constantFrom('1', '2').map((value) => ({ value, at })),
  unmanaged: some<NonNullable<OrganizationEntry['unmanaged']>>({
    users: fc.constantFrom('report', 'deactivate'),
    groups: fc.constantFrom('report', 'delete'),
  }),
  ignore: fc.record({ users: names, groups: names }),
  protected: names,
  minAdmins: number,
  limits: fc.dictionary(fc.constantFrom(...limitNames), limit),
  seats: fc.record({ pools: some<Pools>({ Full: pool, Dev: pool, Collab: pool }), currency: fc.constantFrom('USD', 'EUR'), termEnds }),
  budgets,
  defaults,
});
