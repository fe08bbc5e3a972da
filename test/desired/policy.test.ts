import { describe, expect, test } from 'vitest';
import { policyOf } from '../../src/desired/policy.ts';
import { defaultPolicy } from '../../src/model/policy.ts';

describe('the separation of duties', () => {
  test('where nothing is written, one person approves, and nobody who has to do with the change', () => {
    expect(policyOf({})).toEqual(defaultPolicy);
    expect(policyOf({}).separation).toEqual({ approvals: 1, notBy: ['author', 'committer', 'requester', 'beneficiary'] });
  });

  test.each([
    [{ approvals: 0 }, { ...defaultPolicy.separation, approvals: 0 }],
    [{ notBy: [] }, { ...defaultPolicy.separation, notBy: [] }],
    [
      { approvals: 3, notBy: ['author'] },
      { approvals: 3, notBy: ['author'] },
    ],
  ] as const)('%j is taken as it is, and the default where it says nothing', (separation, expected) => {
    expect(policyOf({ separation }).separation).toEqual(expected);
  });
});
