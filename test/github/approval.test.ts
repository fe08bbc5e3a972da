import { describe, expect, test } from 'vitest';
import { approvalOf, type Claim, type SignedComment } from '../../src/github/approval.ts';
import { keyFrom, type KeyRing } from '../../src/github/key.ts';
import { sign, type Said } from '../../src/github/marker.ts';
import type { Refusal } from '../../src/model/approval.ts';
import type { ChangeId } from '../../src/model/change-id.ts';

const key = keyFrom('figma-token');
const ring: KeyRing = [key];
const head = 'a1'.repeat(20);
const claim: Claim = {
  repository: 812,
  pull: 12,
  commentKey: 'default',
  tenant: '9646',
  head,
  mergedAt: '2026-11-22T13:00:00Z',
};
type Made = Partial<Said> &
  Partial<Pick<SignedComment, 'isOwn' | 'isForeign' | 'createdAt'>> & {
    readonly secret?: string;
    readonly changeId?: string;
    readonly signs?: boolean;
    readonly shown?: string;
  };

let lastId = 100;

/** A comment that approves, but for what is changed. */
function comment({
  isOwn = true,
  isForeign = false,
  createdAt = '2026-11-22T12:00:05Z',
  secret = 'figma-token',
  changeId = 'one',
  signs = true,
  shown = 'plan',
  ...change
}: Made = {}): SignedComment {
  const said: Said = {
    repository: 812,
    pull: 12,
    commentKey: 'default',
    tenant: '9646',
    head,
    merge: 'b2'.repeat(20),
    plannedAt: '2026-11-22T12:00:00Z',
    since: '2026-11-22T12:00:06Z',
    allowances: {},
    digest: 'sha256:0',
    returns: [],
    updates: [],
    access: {},
    spent: [],
    result: 0,
    ...change,
  };
  const signing = keyFrom(secret);
  lastId += 1;
  const hashes = { changes: signs ? [signing.hashOf(changeId as ChangeId)] : [], rules: [], takenBack: [], dated: [] };
  return { id: lastId, body: sign(said, hashes, shown, signing), createdAt, isOwn, isForeign };
}

const judged = (comments: readonly SignedComment[], change: Partial<Claim> = {}) => approvalOf(comments, { ...claim, ...change }, ring);

function approvedBy(comments: readonly SignedComment[], change: Partial<Claim> = {}): number | Refusal {
  const approval = judged(comments, change);
  return approval.kind === 'signed' ? approval.comment : approval.because;
}

test('a genuine comment approves what it holds', () => {
  const one = comment({ shown: '### Figma plan', allowances: { deactivations: 3 } });
  expect(judged([one])).toMatchObject({
    kind: 'signed',
    comment: one.id,
    body: '### Figma plan',
    marker: { header: { allowances: { deactivations: 3 } } },
    plan: { hashes: { changes: [key.hashOf('one' as ChangeId)] }, allowances: { deactivations: 3 } },
  });
});

describe('what approves nothing', () => {
  test.each<[string, SignedComment[], Refusal]>([
    ['no comment', [], 'none'],
    ['talk', [{ ...comment(), body: 'LGTM' }], 'none'],
    ['pasted from another pull request', [comment({ pull: 13 })], 'none'],
    ['pasted from another repository', [comment({ repository: 813 })], 'none'],
    ['of another configuration in the repository', [comment({ commentKey: 'emea' })], 'none'],
    ['of another organization in Figma', [comment({ tenant: '1' })], 'none'],
    ['a comment that only says why nothing could be planned', [comment({ tenant: '', digest: '', since: '' })], 'none'],
    ['a plan that had no room', [comment({ tenant: '', since: '' })], 'too-large'],
    ['signed with another key', [comment({ secret: 'figma-token-2' })], 'token-rotated'],
    ['edited by somebody else', [comment({ isForeign: true })], 'edited'],
    ['signed by another account that knows the key', [comment({ isOwn: false })], 'foreign-author'],
    ['of another head', [comment({ head: 'c3'.repeat(20) })], 'other-head'],
    ['planned after the merge', [comment({ plannedAt: '2026-11-22T13:00:01Z' })], 'after-merge'],
    ['seen only after the merge', [comment({ since: '2026-11-22T13:00:01Z' })], 'after-merge'],
    ['of which nobody knows since when it could be seen', [comment({ since: '' })], 'after-merge'],
    ['written again after it was deleted', [comment({ createdAt: '2026-11-22T12:00:07Z' })], 'forged'],
  ])('%s', (_, comments, because) => {
    expect(judged(comments)).toEqual({ kind: 'refused', because });
  });

  test('what was changed by hand', () => {
    const one = comment();
    expect(approvedBy([{ ...one, body: one.body.replace('plan\n', 'plan') }])).toBe(one.id);
    expect(approvedBy([{ ...one, body: `${one.body}, nothing to see` }])).toBe('forged');
  });

  test('a forged one that names the right key', () => {
    const one = comment();
    const bytes = Buffer.from(/v1 (\S+)/.exec(one.body)?.[1] ?? '', 'base64url');
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    expect(approvedBy([{ ...one, body: one.body.replace(/v1 \S+/, `v1 ${bytes.toString('base64url')}`) }])).toBe('forged');
  });
});

describe('what does not matter', () => {
  test('when it was planned, while the pull request is open', () => {
    const one = comment({ plannedAt: '2030-01-01T00:00:00Z' });
    const { mergedAt: _, ...open } = claim;
    expect(approvalOf([one], open, ring)).toMatchObject({ kind: 'signed', comment: one.id });
  });

  test('with which key of the ring it was signed', () => {
    const one = comment({ secret: 'old' });
    expect(approvalOf([one], claim, [key, keyFrom('old')])).toMatchObject({ kind: 'signed', comment: one.id });
  });

  test('that it was written in the second since when it could be seen', () => {
    const one = comment({ createdAt: '2026-11-22T12:00:06Z' });
    expect(approvedBy([one])).toBe(one.id);
  });

  test('that it was planned and seen in the second of the merge', () => {
    const one = comment({ plannedAt: '2026-11-22T13:00:00Z', since: '2026-11-22T13:00:00Z' });
    expect(approvedBy([one])).toBe(one.id);
  });
});

describe('of several comments', () => {
  test('the newest valid one counts, wherever it stands', () => {
    const older = comment({ plannedAt: '2026-11-22T11:59:59Z' });
    const newer = comment();
    expect(approvedBy([older, newer])).toBe(newer.id);
    expect(approvedBy([newer, older])).toBe(newer.id);
  });

  test('of the same second, the one that was written later', () => {
    const [one, other] = [comment(), comment()];
    expect(approvedBy([one, other])).toBe(other.id);
    expect(approvedBy([other, one])).toBe(other.id);
  });

  test('a newer one that is void does not count', () => {
    const valid = comment();
    const changes = [
      { secret: 'other' },
      { pull: 13 },
      { head: '0'.repeat(40) },
      { plannedAt: '2026-11-24T00:00:00Z' },
      { isOwn: false },
      { since: '' },
    ];
    const voids = changes.map((change) => comment({ plannedAt: '2026-11-22T12:30:00Z', ...change }));
    expect(approvedBy([valid, ...voids])).toBe(valid.id);
    expect(approvedBy([...voids, valid])).toBe(valid.id);
  });

  test('the one that was there counts, although somebody posts a copy of it later', () => {
    const one = comment();
    const copy = { ...one, id: one.id + 1, createdAt: '2026-11-22T12:30:00Z' };
    expect(approvedBy([one, copy])).toBe(one.id);
    expect(approvedBy([copy, one])).toBe(one.id);
    expect(approvedBy([copy])).toBe('forged');
  });

  test('one that signs nothing is no copy, whenever it was written', () => {
    const one = comment({ signs: false, createdAt: '2026-11-22T12:30:00Z' });
    expect(approvedBy([comment({ plannedAt: '2026-11-22T11:59:59Z' }), one])).toBe(one.id);
  });

  test('an older one does not come back to life by an edit of the newest', () => {
    const older = comment({ plannedAt: '2026-11-22T11:59:59Z' });
    expect(approvedBy([older, comment({ isForeign: true })])).toBe('edited');
    const changed = comment();
    expect(approvedBy([{ ...changed, body: `${changed.body}!` }, older])).toBe('forged');
  });

  test('a plan without room takes back what an older one approved', () => {
    const older = comment({ plannedAt: '2026-11-22T11:59:59Z' });
    expect(approvedBy([older, comment({ tenant: '', since: '' })])).toBe('too-large');
    expect(approvedBy([older, comment({ tenant: '', since: '', digest: '' })])).toBe('none');
  });

  test.each<[string, SignedComment[], Refusal]>([
    [
      'signed for another head and after the merge: the latter, since there was a plan for this head',
      [comment({ head: '0'.repeat(40) }), comment({ plannedAt: '2026-11-23T00:00:00Z' })],
      'after-merge',
    ],
    ['signed for another head, and one with another key', [comment({ secret: 'other' }), comment({ head: '0'.repeat(40) })], 'other-head'],
    [
      'signed for another head, and by a stranger for this one',
      [comment({ isOwn: false }), comment({ head: '0'.repeat(40) })],
      'other-head',
    ],
    ['what strangers write under a foreign key is no reason', [comment({ secret: 'other', isOwn: false })], 'none'],
    [
      'an own one under another key, beside that of a stranger',
      [comment({ secret: 'other', isOwn: false }), comment({ secret: 'other' })],
      'token-rotated',
    ],
  ])('of void ones: %s', (_, comments, because) => {
    expect(approvedBy(comments)).toBe(because);
  });
});
