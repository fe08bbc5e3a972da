import { changesIn, type ApprovableChange } from '../model/change-id.ts';
import type { Operation } from '../model/operation.ts';
import type { Plan, Verdict } from '../model/plan.ts';
import { allowedUpTo, sumOfAllowances } from './allowed.ts';
import type { JudgedPull } from './line.ts';

/** One change, with the operation that it is a part of. */
export interface OperationChange extends ApprovableChange {
  readonly operation: Operation;
}

/** Every change of the operations. */
export function changesOf(operations: readonly Operation[]): readonly OperationChange[] {
  return operations.flatMap((operation) =>
    changesIn(operation).map(({ changeId, edits }): OperationChange => ({ changeId, edits, operation })),
  );
}

/** The verdicts of a plan under what its approvals allow: each allowance covers what was approved in the same pull request, and nothing else. */
export function liftedByApprovals(
  { guards, operations }: Pick<Plan, 'guards' | 'operations'>,
  pulls: readonly JudgedPull[],
  approverOf: (change: OperationChange) => JudgedPull | undefined,
): readonly Verdict[] {
  const plans = pulls.flatMap(({ verdict }) => (verdict.kind === 'approved' ? [verdict.plan] : []));
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  return allowedUpTo(guards, sumOfAllowances(plans.map(({ allowances }) => allowances)), (guard, id) => {
    const operation = byId.get(id);
    return (
      operation !== undefined &&
      changesOf([operation]).every((change) => {
        const verdict = approverOf(change)?.verdict;
        return verdict?.kind === 'approved' && Object.hasOwn(verdict.plan.allowances, guard);
      })
    );
  });
}
