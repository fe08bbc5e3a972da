import { describe, expect, test } from 'vitest';
import { changesOf, liftedByApprovals } from '../../src/approval/lift.ts';
import { judgePulls, type JudgedPull } from '../../src/approval/line.ts';
import { changeIdsOf, changesIn } from '../../src/model/change-id.ts';
import { defaultPolicy } from '../../src/model/policy.ts';
import { planned, verdicts } from '../plan/declared.ts';
import { hashOf, pull, signedPlan, step } from './pulls.ts';

const yaml = `
users: [{ userName: a@x.io, seat: View, title: T }, { userName: b@x.io, seat: View }]
organization: { limits: { downgrades: 1 } }
`;
const plan = planned(yaml, { users: { 'a@x.io': { seat: 'Full' }, 'b@x.io': { seat: 'Full' } } });

/** Two pull requests, the second with its own allowance, and each with the changes of one user. */
function judged(first: Record<string, number>, second: Record<string, number>, opinions = pull().opinions): readonly JudgedPull[] {
  const [one, other] = plan.operations.map((operation) => [...changeIdsOf([operation])]);
  const steps = [
    step('s0', [pull(signedPlan({ changes: one ?? [] }, { allowances: first }))]),
    step('s1', [pull(signedPlan({ changes: other ?? [] }, { allowances: second }), { opinions })]),
  ];
  return judgePulls(steps, defaultPolicy.separation, hashOf).pulls;
}

const lifted = (pulls: readonly JudgedPull[], approvedBy = [0, 1]): readonly string[] => {
  const owner = (name: string) => pulls[approvedBy[plan.operations.findIndex((operation) => operation.name === name)] ?? -1];
  return verdicts({ ...plan, guards: liftedByApprovals(plan, pulls, ({ operation }) => owner(operation.name)) });
};

test('the plan goes over its limit', () => {
  expect(plan.operations).toHaveLength(2);
  expect(verdicts(plan)).toEqual(['downgrades block 2/1']);
});

describe('a guard under what approvals allow', () => {
  test.each<[string, Record<string, number>, Record<string, number>, number[], string]>([
    ['nothing', {}, {}, [0, 1], 'block'],
    ['both give one each', { downgrades: 1 }, { downgrades: 1 }, [0, 1], 'warn'],
    ['one gives two, and approved both', { downgrades: 2 }, {}, [0, 0], 'warn'],
    ['one gives two, and approved one of them', { downgrades: 2 }, {}, [0, 1], 'block'],
    ['one is allowed for another guard', { downgrades: 1 }, { deactivations: 1 }, [0, 1], 'block'],
    ['they give less together', { downgrades: 1 }, { downgrades: 0 }, [0, 1], 'block'],
    ['one is approved by nobody', { downgrades: 2 }, { downgrades: 2 }, [0, 9], 'block'],
    ['what is allowed for a day to come is not allowed today', { 'downgrades@2026-12-01': 2 }, {}, [0, 0], 'block'],
  ])('%s', (_, first, second, approvedBy, outcome) => {
    expect(lifted(judged(first, second), approvedBy)).toEqual([`downgrades ${outcome} 2/1`]);
  });

  test('a pull request that approves nothing allows nothing', () => {
    expect(lifted(judged({ downgrades: 1 }, { downgrades: 1 }, []))).toEqual(['downgrades block 2/1']);
  });

  test('every change of an operation has to be covered', () => {
    const pulls = judged({ downgrades: 2 }, {});
    const [first] = pulls;
    const guards = liftedByApprovals(plan, pulls, ({ edits }) =>
      edits.some(({ attribute }) => attribute === 'title') ? undefined : first,
    );
    expect(verdicts({ guards })).toEqual(['downgrades block 2/1']);
  });
});

test('every change with the operation that it is a part of', () => {
  expect(changesOf(plan.operations).map(({ operation, changeId }) => [operation.name, changeId])).toEqual(
    plan.operations.flatMap((operation) => changesIn(operation).map(({ changeId }) => [operation.name, changeId])),
  );
});
