import { describe, expect, test } from 'vitest';
import { judgeReviews, type Involved } from '../../src/approval/reviews.ts';
import type { Opinion } from '../../src/model/approval.ts';
import { notByKinds, type NotBy } from '../../src/model/policy.ts';
import { minute, opinion } from './pulls.ts';

/** Ada's pull request, with a commit by Carl, a merge of the default branch by Uma, for the access of Ben. */
const involved: Involved = {
  author: 'ada',
  commits: [
    { oid: 'c1', people: ['ada', 'Carl'] },
    { oid: 'm1', people: ['uma'] },
  ],
  updates: ['m1'],
  beneficiaries: ['Ben'],
};

interface Case {
  readonly approvals?: number;
  readonly notBy?: readonly NotBy[];
  readonly involved?: Partial<Involved>;
}

function judged(opinions: readonly Opinion[], { approvals = 1, notBy = notByKinds, involved: change = {} }: Case = {}): string {
  const verdict = judgeReviews({ opinions, mergedAt: minute(20) }, minute(1), { approvals, notBy }, { ...involved, ...change });
  return verdict.kind === 'approved' ? verdict.by.join(' ') : verdict.because;
}

const asks = (author: string, at = 10): Opinion => opinion(author, at, { state: 'CHANGES_REQUESTED' });
const dismissed = (author: string, at = 10): Opinion => opinion(author, at, { state: 'DISMISSED' });

describe('the reviews that count', () => {
  test.each<[string, readonly Opinion[], string]>([
    ['one approval', [opinion('bob')], 'bob'],
    ['none', [], 'not-separate'],
    ['one in the second in which all was shown', [opinion('bob', 1)], 'not-separate'],
    ['one before', [opinion('bob', 0)], 'not-separate'],
    ['one before and one after', [opinion('bob', 0), opinion('bob', 2)], 'bob'],
    ['one after the merge', [opinion('bob', 30)], 'bob'],
    ['one without access', [opinion('bob', 10, { counts: false })], 'not-separate'],
    ['one that was dismissed, which keeps its time', [dismissed('bob')], 'not-separate'],
    ['one dismissed, and a newer approval', [dismissed('bob'), opinion('bob', 11)], 'bob'],
    ['an approval, and an older one that was dismissed', [opinion('bob', 11), dismissed('bob')], 'bob'],
    ['a request for changes', [asks('bob')], 'changes-requested'],
    ['a request that a newer approval of the same person takes back', [asks('bob'), opinion('bob', 11)], 'bob'],
    ['the same in another order of the list, and another case of the name', [opinion('BOB', 11), asks('bob')], 'BOB'],
    ['an approval that a newer request takes back', [opinion('bob'), asks('bob', 11)], 'changes-requested'],
    ['an approval, and a request of somebody else', [opinion('bob'), asks('eve')], 'changes-requested'],
    ['a request by somebody without access', [opinion('bob'), opinion('eve', 10, { state: 'CHANGES_REQUESTED', counts: false })], 'bob'],
    ['a request that was dismissed', [opinion('bob'), dismissed('eve')], 'bob'],
    ['a request of the author, whose approval would not count', [opinion('bob'), asks('ada')], 'changes-requested'],
    ['a request in the second of the merge stops nothing', [opinion('bob'), asks('eve', 20)], 'bob'],
    ['a request after the merge stops nothing', [opinion('bob'), asks('eve', 21)], 'bob'],
    ['a request after the merge by the only one who approved', [opinion('bob'), asks('bob', 21)], 'not-separate'],
    ['a request before the merge, repeated after it', [opinion('bob'), asks('eve', 10), asks('eve', 21)], 'changes-requested'],
    ['a request before the merge, taken back after it', [asks('bob', 10), opinion('bob', 21)], 'bob'],
    ['a request before all was shown', [opinion('bob'), asks('eve', 0)], 'changes-requested'],
    ['two of one second: the later in the list', [opinion('bob'), asks('bob')], 'changes-requested'],
    ['two of one second in the other order', [asks('bob'), opinion('bob')], 'bob'],
    ['what a bot says that once had access', [opinion('bob', 10, { counts: false }), opinion('eve')], 'eve'],
  ])('%s', (_, opinions, expected) => {
    expect(judged(opinions)).toBe(expected);
  });

  test('an opinion that does not count takes back none that does', () => {
    expect(judged([opinion('bob'), opinion('bob', 11, { state: 'DISMISSED', counts: false })])).toBe('bob');
  });
});

describe('how many are needed', () => {
  test.each<[number, readonly Opinion[], string]>([
    [0, [], ''],
    [0, [asks('eve')], 'changes-requested'],
    [1, [opinion('bob'), opinion('eve')], 'bob eve'],
    [2, [opinion('bob'), opinion('eve')], 'bob eve'],
    [2, [opinion('bob'), opinion('Bob', 11)], 'not-separate'],
    [3, [opinion('bob'), opinion('eve')], 'not-separate'],
  ])('%s', (approvals, opinions, expected) => {
    expect(judged(opinions, { approvals })).toBe(expected);
  });
});

describe('whose approval does not count', () => {
  test.each<[string, readonly NotBy[], string]>([
    ['ADA', ['author'], 'not-separate'],
    ['ada', ['beneficiary', 'requester'], 'ada'],
    ['ada', ['committer'], 'not-separate'],
    ['carl', ['committer'], 'not-separate'],
    ['carl', ['author', 'beneficiary', 'requester'], 'carl'],
    ['ben', ['beneficiary'], 'not-separate'],
    ['ben', ['author', 'committer', 'requester'], 'ben'],
    ['uma', notByKinds, 'uma'],
    ['bob', notByKinds, 'bob'],
    ['ada', [], 'ada'],
  ])('%s with notBy %j', (login, notBy, expected) => {
    expect(judged([opinion(login)], { notBy })).toBe(expected);
  });

  test('a merge of the default branch after which the plan grew makes a committer', () => {
    expect(judged([opinion('uma')], { involved: { updates: [] } })).toBe('not-separate');
    expect(judged([opinion('uma')], { involved: { updates: ['c1'] } })).toBe('not-separate');
  });

  test('somebody left out does not fill a place of several', () => {
    expect(judged([opinion('bob'), opinion('ada')], { approvals: 2 })).toBe('not-separate');
  });
});
