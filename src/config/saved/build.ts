import type { Day } from '../../model/day.ts';
import type { BudgetUse, Cost, Plan } from '../../model/plan.ts';
import { basisOf } from './basis.ts';
import type { PlanDocument, SummaryDocument } from './document.ts';
import { diagnosticsOf, expiryOf, only, operationOf } from './parts.ts';

/** The plan of a checked document; what the document has beyond a plan, a later version may have added, and is left behind. */
export function planOf(document: PlanDocument): Plan {
  const { selection, summary } = document;
  const { cost, budgets = [] } = summary;
  return {
    asOf: document.as_of as Day,
    operations: document.operations.map(operationOf),
    unmanaged: document.unmanaged.map((object) => only(object, 'kind', 'name', 'seat')),
    guards: document.guards.map((verdict) => only(verdict, 'guard', 'day', 'outcome', 'count', 'limit', 'message', 'operations')),
    diagnostics: document.diagnostics.flatMap(diagnosticsOf),
    unresolved: document.unresolved,
    ...(selection === undefined ? {} : { selection: only(selection, 'by', 'others', 'held') }),
    seats: Object.fromEntries(
      Object.entries(summary.seats).map(([seat, count]) => [seat, only(count, 'before', 'after', 'purchased', 'outside', 'peak')]),
    ),
    budgets: budgets.map(({ name, seats }) => ({ name, seats: usesOf(seats) })),
    ...(cost === undefined ? {} : { cost: costOf(cost) }),
    expiries: document.expiries.map(expiryOf),
    basis: basisOf(document.basis),
    live: only(document.live, 'tenant', 'digest', 'users', 'groups', 'requests'),
    config: only(document.config, 'digest', 'files'),
    digest: document.digest,
    seal: document.seal,
  };
}

function usesOf(seats: BudgetUse['seats']): BudgetUse['seats'] {
  return Object.fromEntries(Object.entries(seats).map(([seat, use]) => [seat, only(use, 'before', 'after', 'limit')]));
}

function costOf(cost: NonNullable<SummaryDocument['cost']>): Cost {
  const { term } = cost;
  return {
    ...only(cost, 'currency', 'monthly'),
    ...(term === undefined ? {} : { term: { ends: term.ends as Day, total: term.total } }),
  };
}
