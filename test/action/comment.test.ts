import { describe, expect, test } from 'vitest';
import { keysFrom } from '../../src/github/key.ts';
import { open } from '../../src/github/marker.ts';
import { asking, type Drama } from './drama.ts';
import { created, createdAsNew, opened, replanned, signedIn, three, unplanned, updated, updatedAsNew } from './planned.ts';
import { annotationsIn } from './runner-log.ts';

const wanted = asking({ ...three, ada: 'View' });
const retired =
  /^The plan of this pull request is in \[another comment\]\(https:\/\/github\.com\/acme\/figma\/pull\/\d+#issuecomment-\d+\)\.$/;

/** The comments that say something signed. */
const signedOn = ({ github }: Drama, pull: number) => github.comments(pull).filter(({ body }) => open(body));

function only(drama: Drama, pull: number) {
  const [comment, ...others] = drama.github.comments(pull);
  if (!comment || others.length > 0) throw new Error('there is not one comment');
  return comment;
}

/** The same text in another comment, as old as the first: what a second run at the same time, or another account, has written. */
function copied(drama: Drama, pull: number, author: string) {
  const { id, body } = only(drama, pull);
  drama.wait(-60);
  const copy = drama.github.comment(pull, author, body);
  drama.wait(60);
  return { id, copy };
}

/** Merges, and applies: who was written. */
async function merged(drama: Drama, pull: number): Promise<readonly string[]> {
  drama.github.mergePull(pull);
  return (await drama.applied()).wrote;
}

describe('a comment that somebody else has touched', () => {
  test.each<[string, (body: string) => string]>([
    ['edited', (body) => body.replace('ada@acme.com', 'eve@acme.com')],
    ['edited, and changed back', (body) => body],
    ['edited below', (body) => `${body}\n\nApproved.`],
  ])('%s is void: a new one is made, and the old one leads there', async (_, change) => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted);
    const { id, body } = only(drama, pull);
    github.editComment(id, 'mallory', `${change(body)}!`);
    github.editComment(id, 'mallory', change(body));
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [...createdAsNew(pull), updated] });
    expect(signedOn(drama, pull)).toHaveLength(1);
    expect(github.comments(pull)[0]?.body).toMatch(retired);
    expect((await replanned(drama, pull)).wrote).toEqual([]);
    expect(await merged(drama, pull)).toEqual(['ada']);
  });

  test('and not planned again approves nothing', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    const { id, body } = only(drama, pull);
    drama.github.editComment(id, 'mallory', `${body}!`);
    drama.github.editComment(id, 'mallory', body);
    expect(await merged(drama, pull)).toEqual([]);
  });

  test('loses its first line: it is a comment like any other, and a new one is made', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    const { id, body } = only(drama, pull);
    drama.github.editComment(id, 'mallory', body.replace(/^.*\n/, ''));
    expect((await replanned(drama, pull)).wrote).toEqual(createdAsNew(pull));
    expect(signedOn(drama, pull)).toHaveLength(1);
  });
});

describe('a comment that somebody else has written', () => {
  test('is never edited, though it is signed for this pull request', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    const { id, body } = only(drama, pull);
    drama.github.deleteComment(id);
    const forged = drama.github.comment(pull, 'mallory', body);
    expect((await replanned(drama, pull)).wrote).toEqual(createdAsNew(pull));
    expect(drama.github.comments(pull).find((comment) => comment.id === forged.id)?.body).toBe(body);
  });

  test('a user named like the bot is not the bot', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    const { id, copy } = copied(drama, pull, 'github-actions');
    drama.github.deleteComment(id);
    expect(await merged(drama, pull)).toEqual([]);
    const other = await drama.propose({ 'seatform/more.yaml': 'version: 1\nusers:\n  - { userName: max@acme.com, seat: Dev }\n' });
    const { id: own, body: signed } = only(drama, other);
    drama.github.editComment(own, 'github-actions', `${signed}!`);
    drama.github.editComment(own, 'github-actions', signed);
    expect(await replanned(drama, other)).toMatchObject({ code: 0, wrote: [...createdAsNew(other), updated] });
    expect(drama.github.comments(pull).find((comment) => comment.id === copy.id)?.body).toBe(copy.body);
  });

  test('with the first line of another pull request approves nothing here', async () => {
    const drama = await opened();
    const one = await drama.propose(wanted);
    const two = await drama.propose({ 'README.md': 'words' }, unplanned);
    drama.github.comment(two, 'github-actions[bot]', only(drama, one).body);
    drama.github.comment(two, 'mallory', only(drama, one).body);
    expect((await replanned(drama, two)).wrote).toEqual([]);
    expect(await merged(drama, two)).toEqual([]);
  });

  test.each([
    ['a first line without a plan', '<!-- seatform:plan:v1 AAAA -->\nx'],
    ['a long first line', `<!-- seatform:plan:v1 ${'A'.repeat(60_000)} -->`],
    ['the first line of another tool', '<!-- plan -->'],
  ])('%s is no trouble', async (_, body) => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    drama.github.comment(pull, 'github-actions[bot]', body);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: createdAsNew(pull) });
  });
});

describe('a comment that is gone', () => {
  test('is made again', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    drama.github.deleteComment(only(drama, pull).id);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: createdAsNew(pull) });
  });

  test('just before it is changed, too', async () => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted);
    const { id } = only(drama, pull);
    github.push(pull, { 'README.md': 'words' });
    github.meanwhile({ method: 'PATCH' }, () => github.deleteComment(id));
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated, ...createdAsNew(pull)] });
    expect(await merged(drama, pull)).toEqual(['ada']);
  });

  test('between its two writes was not stored, and the next plan makes it anew', async () => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted, unplanned);
    github.meanwhile({ method: 'PATCH' }, () => github.deleteComment(only(drama, pull).id));
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, wrote: [...createdAsNew(pull), created(pull)] });
    expect(ran.outputs).toMatchObject({ 'failure-reason': 'approval-not-stored' });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: updatedAsNew });
    expect(await merged(drama, pull)).toEqual(['ada']);
  });

  test('and is written again by a copy approves nothing until it is planned again', async () => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted);
    const { id, body } = only(drama, pull);
    drama.wait(60);
    github.deleteComment(id);
    github.comment(pull, 'github-actions[bot]', body);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: updatedAsNew });
    expect(await merged(drama, pull)).toEqual(['ada']);
  });

  test('before it could be read back was not stored', async () => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted, unplanned);
    github.meanwhile({ method: 'GET', path: /issues\/comments\/\d+$/ }, () => github.deleteComment(only(drama, pull).id));
    expect(await replanned(drama, pull)).toMatchObject({ code: 1, outputs: { 'failure-reason': 'approval-not-stored' } });
  });
});

describe('two runs at once', () => {
  test('both are green, and what they say is approved', async () => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted, unplanned);
    const begun = new Promise<void>((resolve) => github.meanwhile({ graphql: /object\(oid/ }, resolve));
    const first = drama.plan(pull);
    await begun;
    drama.wait(60);
    const [one, other] = await Promise.all([first, drama.plan(pull)]);
    expect([one.code, other.code]).toEqual([0, 0]);
    expect(await merged(drama, pull)).toEqual(['ada']);
  });

  test('the older plan gives way to a newer one of the same head', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    const newer = only(drama, pull).body;
    await drama.byHand('ada', 'Dev');
    drama.wait(-120);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [] });
    expect(only(drama, pull).body).toBe(newer);
    drama.wait(240);
    expect((await replanned(drama, pull)).wrote).toEqual([updated]);
  });

  test('a newer plan that overwrites this one before it is read back is no failure', async () => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted);
    const { id } = only(drama, pull);
    drama.wait(300);
    await drama.byHand('ada', 'Dev');
    await replanned(drama, pull);
    const newer = only(drama, pull).body;
    github.deleteComment(id);
    drama.wait(-200);
    github.meanwhile({ method: 'GET', path: /issues\/comments\/\d+$/ }, () =>
      github.editComment(only(drama, pull).id, 'github-actions[bot]', newer),
    );
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, outputs: { 'failure-reason': '' } });
    expect(only(drama, pull).body).toBe(newer);
  });

  test('of two comments that came of it the newest is kept', async () => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted);
    const { copy } = copied(drama, pull, 'github-actions[bot]');
    github.push(pull, { 'README.md': 'words' });
    expect((await replanned(drama, pull)).wrote).toEqual([updated, updated]);
    expect(signedOn(drama, pull)).toHaveLength(1);
    expect(github.comments(pull).some(({ body }) => retired.test(body))).toBe(true);
    expect(copy.number).toBe(pull);
    expect((await replanned(drama, pull)).wrote).toEqual([]);
  });

  test.each(['closed', 'pushed to'])('a pull request that is %s while it is planned is not written to', async (what) => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted, unplanned);
    const change = () => (what === 'closed' ? github.closePull(pull) : void github.push(pull, { 'README.md': 'words' }));
    github.meanwhile({ graphql: /object\(oid/ }, change);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [] });
    expect(github.comments(pull)).toEqual([]);
  });
});

describe('an approval that cannot be stored makes the check red', () => {
  const said = (log: string) => annotationsIn(log).join('\n');

  test('for want of a permission, which is named', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    drama.github.permissions.delete('pull-requests: write');
    drama.github.permissions.delete('issues: write');
    drama.github.permissions.add('pull-requests: read');
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, outputs: { 'exit-code': '1', 'failure-reason': 'approval-not-stored', 'to-change': '1' } });
    expect(said(ran.log)).toContain('::error title=E214::the approval could not be stored in a comment: GitHub answered 403');
    expect(said(ran.log)).toContain('grant `pull-requests: write`');
    expect(ran.log).toContain('ada@acme.com');
    expect(ran.summary).toContain('ada@acme.com');
    expect(ran.summary).not.toContain('applied on merge');
  });

  test('where GitHub changes it on the way', async () => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted, unplanned);
    github.meanwhile({ method: 'GET', path: /issues\/comments\/\d+$/ }, () => {
      const { id, body } = only(drama, pull);
      github.editComment(id, 'github-actions[bot]', body.replace('Full → View', 'Full -> View'));
    });
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'approval-not-stored' } });
    expect(said(ran.log)).toContain('what GitHub shows of it is something else');
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: updatedAsNew });
  });

  test.each<[string, { status: number; body?: unknown; times?: number }, string]>([
    ['too long', { status: 422, body: { message: 'Validation Failed', errors: [{ message: 'Body is too long' }] } }, 'Body is too long'],
    ['a service that stays broken', { status: 502, times: 3 }, 'GitHub answered 502'],
    ['a locked conversation', { status: 403, body: { message: 'Unable to create comment because issue is locked.' } }, 'issue is locked'],
  ])('%s', async (_, fault, message) => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    drama.github.fail({ method: 'POST', path: /comments$/, ...fault });
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'approval-not-stored' } });
    expect(ran.wrote).toEqual(Array.from({ length: fault.times ?? 1 }, () => created(pull)));
    expect(said(ran.log)).toContain(message);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0 });
    expect(only(drama, pull).body).toContain('Full → View');
  });

  test('where the second write fails, and the next plan signs it', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    drama.github.fail({ method: 'PATCH', path: /comments\/\d+$/, status: 403 });
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, wrote: createdAsNew(pull), outputs: { 'failure-reason': 'approval-not-stored' } });
    expect(signedIn(drama, pull).header.since).toBe('');
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: updatedAsNew });
    expect(await merged(drama, pull)).toEqual(['ada']);
  });

  test('and nothing to be approved, for what it is', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    drama.github.push(pull, { 'seatform/users.yaml': asking(three) });
    drama.github.fail({ method: 'PATCH', status: 403, times: 9 });
    expect(await replanned(drama, pull)).toMatchObject({ code: 1, outputs: { 'failure-reason': 'api-failed' } });
  });
});

describe('an answer that is lost', () => {
  test.each(['answer-after', 'reset-after'] as const)('%s: the comment is looked for, and not made twice', async (kind) => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    drama.github.fail({ method: 'POST', path: /comments$/, kind, status: 502 });
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({
      code: 0,
      wrote: createdAsNew(pull),
      outputs: { 'comment-url': expect.stringContaining('#issuecomment-') },
    });
    expect(await merged(drama, pull)).toEqual(['ada']);
  });

  test('a limit is waited for', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    drama.github.fail({ method: 'POST', path: /comments$/, status: 403, headers: { 'retry-after': '5' } });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [created(pull), ...createdAsNew(pull)] });
    expect(drama.github.comments(pull)).toHaveLength(1);
  });
});

test('among 250 comments the right one is found', async () => {
  const drama = await opened();
  const { github } = drama;
  const pull = await drama.propose(wanted, unplanned);
  for (let at = 0; at < 230; at += 1) github.comment(pull, 'octocat', `comment ${at}`);
  await drama.plan(pull);
  for (let at = 0; at < 20; at += 1) github.comment(pull, 'octocat', `comment ${at}`);
  github.push(pull, { 'README.md': 'words' });
  expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated] });
  expect(signedOn(drama, pull)).toHaveLength(1);
});

describe('the key', () => {
  const [one, other] = [{ 'signing-key': 'a key of seventeen' }, { 'signing-key': 'another key, as long' }];

  test('a signing key outlives a token', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted, { given: { inputs: one } });
    drama.github.mergePull(pull);
    expect(await drama.applied({ inputs: one })).toMatchObject({ code: 0, wrote: ['ada'] });
  });

  test('a changed key ends approvals, says so, and a new plan fixes it', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted, { given: { inputs: one } });
    const late = await drama.propose(
      { 'seatform/more.yaml': 'version: 1\nusers:\n  - { userName: max@acme.com, seat: Dev }\n' },
      { given: { inputs: one } },
    );
    drama.github.mergePull(pull);
    const ran = await drama.applied({ inputs: other });
    expect(ran).toMatchObject({ code: 4, wrote: [], outputs: { 'failure-reason': 'token-rotated' } });
    expect(await replanned(drama, late, { inputs: other })).toMatchObject({ code: 0, wrote: updatedAsNew });
  });

  test('of several lines the first signs, and what any of them signed stays approved', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted, { given: { inputs: one } });
    const both = { 'signing-key': `${other['signing-key']}\n${one['signing-key']}` };
    const since = open(only(drama, pull).body)?.marker.header.since;
    expect((await replanned(drama, pull, { inputs: both })).wrote).toEqual([updated]);
    const [{ id: keyId }] = keysFrom(other['signing-key']);
    expect(open(only(drama, pull).body)?.marker.header).toMatchObject({ keyId, since });
    expect((await replanned(drama, pull, { inputs: both })).wrote).toEqual([]);
    drama.github.mergePull(pull);
    expect(await drama.applied({ inputs: other })).toMatchObject({ code: 0, wrote: ['ada'] });
  });

  test('two configurations in one repository have a comment each', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    const given = { inputs: { 'comment-key': 'emea' } };
    expect((await replanned(drama, pull, given)).wrote).toEqual(createdAsNew(pull));
    expect((await replanned(drama, pull, given)).wrote).toEqual([]);
    expect((await replanned(drama, pull)).wrote).toEqual([]);
    expect(signedOn(drama, pull)).toHaveLength(2);
  });
});

describe('a plan and an apply that run as different accounts', () => {
  const app = { 'comment-author': 'figma-plans[bot]' };

  test('the input comment-author names who plans', async () => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(wanted);
    github.deleteComment(copied(drama, pull, 'figma-plans[bot]').id);
    github.mergePull(pull);
    expect((await drama.applied()).wrote).toEqual([]);
    expect((await drama.applied({ inputs: { 'comment-author': 'figma-plans' } })).wrote).toEqual([]);
    expect(await drama.applied({ inputs: app })).toMatchObject({ code: 0, wrote: ['ada'] });
  });

  test('then a comment of the account that applies does not count', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    drama.github.mergePull(pull);
    expect((await drama.applied({ inputs: app })).wrote).toEqual([]);
  });
});
