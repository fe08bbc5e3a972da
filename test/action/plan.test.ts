import { describe, expect, test } from 'vitest';
import { asking, file, roomy } from './drama.ts';
import { created, createdAsNew, opened, replanned, signedIn, three, unplanned, updated, updatedAsNew } from './planned.ts';
import { annotationsIn } from './runner-log.ts';

/** The limits that hold by default. */
const strict = 'organization:\n  separation: { approvals: 0 }\n';

describe('the comment of a pull request', () => {
  test('is made once, stays as it is while it says the same, and is changed in place', async () => {
    const drama = await opened();
    const { github } = drama;
    const pull = await drama.propose(asking({ ...three, ada: 'View', bob: 'off', max: 'Dev' }), unplanned);
    const first = await replanned(drama, pull);
    expect(first).toMatchObject({ code: 0, wrote: createdAsNew(pull) });
    const [comment] = github.comments(pull);
    expect(first.outputs).toEqual({
      'exit-code': '0',
      'failure-reason': '',
      changes: 'true',
      'to-create': '1',
      'to-change': '1',
      'to-deactivate': '1',
      'to-delete': '0',
      'seats-delta': '{"Full":-2,"Dev":1,"View":1}',
      summary: 'Plan: 1 to create, 1 to change, 1 to deactivate.',
      'plan-path': expect.stringContaining('seatform-default.plan'),
      'plan-digest': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      'due-soon': '[]',
      'comment-truncated': 'false',
      'comment-url': `https://github.com/acme/figma/pull/${pull}#issuecomment-${comment?.id}`,
    });
    expect(annotationsIn(first.log)).toEqual([]);
    const shown = drama.comment(pull);
    expect(shown).toMatch(/^### Figma plan: 1 to create, 1 to change, 1 to deactivate\n/);
    expect(shown).toContain('**1 user will be deactivated.**');
    const link = `https://github.com/acme/figma/blob/${github.tip('change-1')}/seatform/users.yaml`;
    const rows = shown.split('\n').filter((line) => /^\| [➖🟡➕]/u.test(line));
    expect(rows).toEqual([
      expect.stringContaining(`| ➖ | \`bob@acme.com\` | Full → deactivated | [\`users.yaml:8\`](${link}#L8) |`),
      expect.stringContaining('| 🟡 | `ada@acme.com` | Full → View |'),
      expect.stringContaining('| ➕ | `max@acme.com` |'),
    ]);
    expect(shown).toContain('· applied on merge</sub>');
    expect(first.summary).toContain('### Figma plan: 1 to create');
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [], outputs: first.outputs });
    github.push(pull, { [file]: asking({ ...three, ada: 'Dev' }) });
    expect(await replanned(drama, pull)).toMatchObject({
      code: 0,
      wrote: updatedAsNew,
      outputs: { 'comment-url': first.outputs['comment-url'] },
    });
    expect(github.comments(pull)).toHaveLength(1);
    expect(drama.comment(pull)).toMatch(/^### Figma plan: 0 to create, 1 to change, 0 to deactivate\n/);
    expect(drama.comment(pull)).not.toContain('bob@acme.com');
  });

  test('is signed anew for a new head that asks for the same', async () => {
    const drama = await opened();
    const pull = await drama.propose(asking({ ...three, ada: 'View' }));
    drama.github.push(pull, { 'README.md': 'words' });
    expect((await replanned(drama, pull)).wrote).toEqual([updated]);
    drama.github.mergePull(pull);
    expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada'] });
  });

  test('is not made where nothing changes, and says so where it stood', async () => {
    const drama = await opened();
    const idle = await drama.propose({ 'README.md': 'words' }, unplanned);
    expect(await replanned(drama, idle)).toMatchObject({
      code: 0,
      wrote: [],
      outputs: { changes: 'false', summary: 'This pull request changes nothing in Figma.', 'exit-code': '0' },
    });
    expect(drama.github.comments(idle)).toEqual([]);
    const pull = await drama.propose(asking({ ...three, ada: 'View' }));
    drama.github.push(pull, { [file]: asking(three) });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated], outputs: { changes: 'false' } });
    expect(drama.comment(pull)).toMatch(/^### Figma plan: no changes\n\nThis pull request changes nothing in Figma\.\n/);
    expect((await replanned(drama, pull)).wrote).toEqual([]);
  });

  test('shows what is pending without the pull request, and does not approve it', async () => {
    const drama = await opened(three, { files: { [file]: asking({ ...three, bob: 'View' }) } });
    const pull = await drama.propose(asking({ ...three, bob: 'View', ada: 'View' }));
    const shown = drama.comment(pull);
    expect(shown).toMatch(/^### Figma plan: 0 to create, 1 to change/);
    const [own, pending = ''] = shown.split('<details><summary>Pending on the base branch, not part of this pull request (1)</summary>');
    expect(own).not.toContain('bob@acme.com');
    expect(pending).toContain('bob@acme.com');
    drama.github.mergePull(pull);
    expect(await drama.applied()).toMatchObject({ code: 4, wrote: ['ada'] });
  });

  test('says of an idle pull request nothing of what is pending', async () => {
    const drama = await opened(three, { files: { [file]: asking({ ...three, bob: 'View' }) } });
    const pull = await drama.propose({ 'README.md': 'words' }, unplanned);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [], outputs: { changes: 'false', 'to-change': '0' } });
  });

  test('of a pull request into another branch promises no apply', async () => {
    const drama = await opened();
    drama.github.commit('release', { 'README.md': 'release' });
    const pull = await drama.propose(asking({ ...three, ada: 'View' }), { base: 'release' });
    expect(drama.comment(pull)).toContain('| 🟡 | `ada@acme.com` | Full → View |');
    expect(drama.comment(pull)).not.toContain('applied on merge');
    drama.github.editPull(pull, { base: 'main' });
    expect((await replanned(drama, pull, { event: 'pull_request_target' })).wrote).toEqual(updatedAsNew);
    expect(drama.comment(pull)).toContain('applied on merge');
  });
});

describe('what the pull request is compared with', () => {
  test.each<[string, Record<string, string>]>([
    ['a base without configuration', { 'README.md': 'words' }],
    ['a base whose configuration is invalid', { [file]: 'version: 1\nusers: nobody\n' }],
  ])('%s: everything is its own, and that is said', async (_, files) => {
    const drama = await opened(three, { files });
    const pull = await drama.propose(asking({ ...three, ada: 'View' }));
    expect(drama.comment(pull)).toMatch(/^### Figma plan: 0 to create, 1 to change/);
    expect(drama.comment(pull)).toContain('cannot be read, so everything counts as caused by this pull request.');
  });

  test('an edited base counts at once', async () => {
    const drama = await opened();
    drama.github.commit('other', { [file]: asking({ ...three, ada: 'View' }), 'README.md': 'words' });
    const pull = await drama.propose(asking({ ...three, ada: 'View' }));
    expect(drama.comment(pull)).toMatch(/^### Figma plan: 0 to create, 1 to change/);
    drama.github.editPull(pull, { base: 'other' });
    expect((await replanned(drama, pull)).wrote).toEqual([updated]);
    expect(drama.comment(pull)).toMatch(/^### Figma plan: no changes\n/);
  });

  test('main that has moved on, and Figma that has changed meanwhile', async () => {
    const drama = await opened();
    const pull = await drama.propose(asking({ ...three, ada: 'View' }));
    drama.github.commit('main', { 'README.md': 'words' });
    expect((await replanned(drama, pull)).wrote).toEqual([]);
    await drama.byHand('ada', 'Dev');
    expect((await replanned(drama, pull)).wrote).toEqual([updated]);
    expect(drama.comment(pull)).toContain('| 🟡 | `ada@acme.com` | Dev → View |');
    await drama.byHand('ada', 'View');
    expect((await replanned(drama, pull)).wrote).toEqual(updatedAsNew);
    expect(drama.comment(pull)).toMatch(/^### Figma plan: takes back 1 change that is approved and not applied yet\n/);
  });
});

describe('what a reviewer must not overlook', () => {
  test('an entry that is removed while its user is live, also when nothing is planned', async () => {
    const drama = await opened();
    const pull = await drama.propose(asking({ ada: 'Full', eve: 'View' }));
    const shown = drama.comment(pull);
    expect(shown).toMatch(/^### Figma plan: removes 1 entry\n/);
    expect(shown).toContain('This pull request changes nothing in Figma.');
    expect(shown).toContain('> [!CAUTION]\n> **1 entry is removed, and its user keeps access.**');
    const base = `https://github.com/acme/figma/blob/${drama.github.tip()}/seatform/users.yaml#L8`;
    expect(shown).toContain(
      `| ⚠️ | \`bob@acme.com\` | keeps access and a Full seat; to off-board write \`active: false\` | [\`users.yaml:8\`](${base}) |`,
    );
  });

  test('a grant of the days to come', async () => {
    const drama = await opened();
    const grants = 'grants:\n  - { user: eve@acme.com, seat: Full, from: 2026-12-01, until: 2026-12-31, reason: cover }\n';
    const pull = await drama.propose(asking(three) + grants);
    const shown = drama.comment(pull);
    expect(shown).toMatch(/^### Figma plan: schedules 2 changes\n\nThis pull request changes nothing in Figma today\.\n/);
    expect(shown).toContain('**Scheduled by this pull request**');
    expect(shown).toMatch(/- from 2026-12-01 `eve@acme\.com` View → Full \(.*\n- after 2026-12-31 `eve@acme\.com` Full → View \(/);
  });

  test('a guard that blocks: red, with the comment, and nothing a merge would write', async () => {
    const drama = await opened(three, { files: { [file]: asking(three, strict) } });
    const pull = await drama.propose(asking({ ...three, bob: 'off', ada: 'off' }, strict), unplanned);
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({
      code: 3,
      wrote: createdAsNew(pull),
      outputs: { 'exit-code': '3', 'failure-reason': 'guard', 'to-deactivate': '2' },
    });
    expect(ran.outputs['summary']).toBe('Plan: 0 to create, 0 to change, 2 to deactivate. It is blocked by deactivations 2.');
    expect(annotationsIn(ran.log)).toEqual([
      expect.stringMatching(/^::error title=E218::the plan is blocked by deactivations 2\nhelp: .*: `seatform-allow: deactivations=2`$/),
    ]);
    expect(drama.comment(pull)).toContain('> This plan cannot be applied as it is.');
    expect(drama.comment(pull)).toContain('`seatform-allow: deactivations=2`');
    expect(drama.comment(pull) + ran.log + ran.summary).not.toContain('--allow');
    expect(drama.comment(pull)).not.toContain('applied on merge');
    drama.github.mergePull(pull);
    expect(await drama.applied()).toMatchObject({ code: 3, wrote: [] });
  });

  test('a guard is lifted by the description, at exactly its number, and that is shown and signed', async () => {
    const drama = await opened(three, { files: { [file]: asking(three, strict) } });
    const pull = await drama.propose(asking({ ...three, bob: 'off', ada: 'off' }, strict), {
      code: 3,
      body: 'Off-boarding.\r\n\r\nseatform-allow: deactivations=3\r\n',
    });
    expect(drama.comment(pull)).toContain('an allowance of 3 was given: give exactly 2');
    drama.github.editPull(pull, { body: 'Off-boarding.\r\n\r\nseatform-allow: deactivations=2\r\n' });
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 0, wrote: updatedAsNew, outputs: { 'failure-reason': '' } });
    expect(drama.comment(pull)).toContain('**Allowed by the description of this pull request**: `deactivations=2`');
    expect(drama.comment(pull)).not.toContain('--allow');
    drama.github.editPull(pull, { body: 'nothing' });
    drama.github.mergePull(pull);
    expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada', 'bob'] });
  });

  test('an allowance that nobody sees who reads the description gives nothing', async () => {
    const drama = await opened(three, { files: { [file]: asking(three, strict) } });
    const pull = await drama.propose(asking({ ...three, bob: 'off', ada: 'off' }, strict), {
      ...unplanned,
      body: 'Off-boarding.\n<!--\nseatform-allow: deactivations=2\n-->\n<!-- seatform-allow: deactivations=2',
    });
    expect(await replanned(drama, pull)).toMatchObject({ code: 3, outputs: { 'failure-reason': 'guard' } });
    expect(signedIn(drama, pull).header.allowances).toEqual({});
    expect(drama.comment(pull)).not.toContain('Allowed by the description');
  });

  test.each([
    ['deactivation=2', 'there is no guard "deactivation"', 'did you mean deactivations?'],
    ['deactivations=two', '"deactivations=two" is not GUARD=N', 'write a line such as'],
    ['deactivations=2 (agreed with Ann)', 'what is written there is not GUARD=N', 'nothing after it'],
    ['deactivations=2 deactivations=3', 'deactivations is given twice', 'write a line such as'],
  ])('an allowance of another form: %s', async (text, said, help) => {
    const drama = await opened(three, { github: { private: false } });
    const pull = await drama.propose(asking({ ...three, bob: 'off' }), { body: `seatform-allow: ${text}`, isPlanned: false });
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, wrote: [created(pull)], outputs: { 'failure-reason': 'config-invalid' } });
    const message = `seatform-allow in the description of the pull request: ${said}`;
    expect(annotationsIn(ran.log)[0]).toContain(`::error title=E212::${message}`);
    expect(annotationsIn(ran.log)[0]).toContain(help);
    expect(drama.comment(pull)).toMatch(/^### ❌ Figma plan failed\n/);
    expect(drama.comment(pull)).toContain(said);
  });

  test('a name that cannot be told apart makes the plan incomplete, and the check red', async () => {
    const drama = await opened();
    const pull = await drama.propose(`${asking(three)}groups:\n  - { displayName: Design, members: [nobody@acme.com] }\n`, unplanned);
    const ran = await replanned(drama, pull);
    expect(ran.code).toBe(1);
    expect(ran.outputs['failure-reason']).toBe('config-invalid');
    expect(annotationsIn(ran.log).some((text) => text.includes('nobody@acme.com'))).toBe(true);
  });
});

describe('more than a comment can carry', () => {
  const many = (count: number, seat: string) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`user-${at}`, seat]));

  const vast = roomy.replaceAll(/: 100\b/g, ': 5000');

  test.each([
    ['changes', 'View', 'to-change'],
    ['ends', 'off', 'to-deactivate'],
  ])('too many %s: none is signed, the check is red, and both it and the comment say what to do', async (_, seat, figure) => {
    const drama = await opened(many(2000, 'Full'), { files: { [file]: asking(many(2000, 'Full'), vast) } });
    const pull = await drama.propose(asking(many(2000, seat), vast), unplanned);
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, wrote: [created(pull)] });
    expect(ran.outputs).toMatchObject({ [figure]: '2000', 'comment-truncated': 'true', 'failure-reason': 'too-large' });
    expect(annotationsIn(ran.log)).toEqual([
      expect.stringMatching(/^::error title=E220::a merge will not apply this plan: .*\nhelp: split the pull request, or .* the digest/),
    ]);
    expect(drama.comment(pull)).toContain('**A merge will not apply this plan**: not all that it changes fits into a comment.');
    expect(drama.comment(pull)).toContain('not applied on merge</sub>');
    expect(drama.github.comments(pull)[0]?.body.length).toBeLessThan(61_000);
    expect(signedIn(drama, pull)).toMatchObject({ header: { tenant: '', counts: [0, 0, 0, 0] } });
    expect(ran.summary).toContain('user-1999@acme.com');
    expect((await replanned(drama, pull)).wrote).toEqual([]);
    drama.github.mergePull(pull);
    expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
  });

  test('many equal ends are one line with every name, and all are signed', async () => {
    const drama = await opened(many(1200, 'Full'), { files: { [file]: asking(many(1200, 'Full'), vast) } });
    const pull = await drama.propose(asking(many(1200, 'off'), vast), unplanned);
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 0, outputs: { 'to-deactivate': '1200', 'comment-truncated': 'false', 'failure-reason': '' } });
    const shown = drama.comment(pull);
    expect(shown).toContain('**1200 users will be deactivated.**');
    expect(shown.split('\n').filter((line) => line.startsWith('| ➖ |'))).toEqual([
      expect.stringContaining('| 1200 users | Full → deactivated |'),
    ]);
    expect([...Array(1200).keys()].filter((at) => !shown.includes(`\`user-${at}@acme.com\``))).toEqual([]);
    expect(signedIn(drama, pull).header.counts).toEqual([1200, 0, 0, 0]);
    expect(drama.github.comments(pull)[0]?.body.length).toBeLessThan(60_000);
  });

  test('one that is split fits again', async () => {
    const drama = await opened(many(2000, 'Full'), { files: { [file]: asking(many(2000, 'Full'), vast) } });
    const pull = await drama.propose(asking(many(2000, 'View'), vast), { code: 1 });
    drama.github.push(pull, { [file]: asking({ ...many(2000, 'Full'), ...many(900, 'View') }, vast) });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: updatedAsNew, outputs: { 'failure-reason': '' } });
    expect(signedIn(drama, pull).header.counts).toEqual([900, 0, 0, 0]);
  });
});
