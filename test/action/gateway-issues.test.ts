import { describe, expect, test } from 'vitest';
import { authoredIssues, createIssue, updateIssue } from '../../cmd/github/issues.ts';
import { actions, gate, person, sentTo, troubleOf, valueOf } from './gateway.ts';

const path = /\/issues(\?|$)/;

describe('the issues of an author', () => {
  test('are the open ones, or all, newest first, and no pull requests', async () => {
    const { github, hub } = await gate();
    github.commit('main', { a: '1' });
    github.commit('bot', { b: 'c' });
    github.openPull({ head: 'bot', author: actions.login });
    const open = valueOf(await createIssue(hub, { title: 'Figma drift', body: 'b' }, actions));
    const { number } = valueOf(await createIssue(hub, { title: 'Figma drift', body: 'b' }, actions));
    const closed = valueOf(await updateIssue(hub, number, { state: 'closed' }));
    expect(open).toMatchObject({ state: 'open', author: actions, title: 'Figma drift', body: 'b', url: `${github.webUrl}/issues/2` });
    expect(closed).toMatchObject({ state: 'closed', createdAt: '2026-10-03T09:00:01Z', updatedAt: '2026-10-03T09:00:02Z' });
    expect(valueOf(await authoredIssues(hub, actions, 'open'))).toEqual([open]);
    expect(valueOf(await authoredIssues(hub, actions, 'all'))).toEqual([closed, open]);
    expect(valueOf(await authoredIssues(hub, person('ada'), 'all'))).toEqual([]);
  });

  test('are found over all pages', async () => {
    const { github, hub } = await gate();
    for (let count = 0; count < 130; count += 1) github.openIssue('ada', `issue ${count}`);
    expect(valueOf(await authoredIssues(hub, person('ada'), 'open'))).toHaveLength(130);
  });

  test('are none by others, should GitHub list them', async () => {
    const { github, hub } = await gate();
    const listed = [
      ['Ada', 'User'],
      ['mallory', 'User'],
      ['ada', 'Bot'],
    ].map(([login, type], number) => ({ number, node_id: 'I', title: 't', body: null, state: 'open', user: { login, type } }));
    github.fail({ path, status: 200, body: listed });
    expect(valueOf(await authoredIssues(hub, person('ada'), 'open')).map(({ author }) => author)).toEqual([person('Ada')]);
  });

  test('are trouble in another form, and none where issues are disabled', async () => {
    const { github, hub } = await gate({ hasIssues: false });
    expect(valueOf(await authoredIssues(hub, actions, 'all'))).toEqual([]);
    github.fail({ path, status: 200, body: [{ number: 1 }] });
    expect(troubleOf(await authoredIssues(hub, actions, 'all'))).toContain('not known');
  });
});

test('what is not given stays', async () => {
  const { hub } = await gate();
  const { number } = valueOf(await createIssue(hub, { title: 'one', body: 'b' }, actions));
  expect(valueOf(await updateIssue(hub, number, { body: 'c' }))).toMatchObject({ title: 'one', body: 'c' });
});

describe('an issue whose answer is lost', () => {
  test('is found, closed or not', async () => {
    const { github, hub } = await gate();
    github.openIssue('mallory', 'Figma drift', 'b');
    github.fail({ method: 'POST', path, kind: 'reset-after' });
    github.meanwhile({ method: 'GET', path }, () => github.editIssue(2, { state: 'closed' }, 'ada'));
    expect(valueOf(await createIssue(hub, { title: 'Figma drift', body: 'b' }, actions))).toMatchObject({ number: 2, state: 'closed' });
    expect(github.issues).toHaveLength(2);
  });

  test('is opened again if there is none', async () => {
    const { github, hub } = await gate();
    github.fail({ method: 'POST', path, status: 503 });
    expect(valueOf(await createIssue(hub, { title: 't', body: 'b' }, actions)).number).toBe(1);
    expect(sentTo(github).filter((request) => request.startsWith('POST'))).toHaveLength(2);
  });

  test('is not opened again where nobody can look', async () => {
    const { github, hub } = await gate();
    github.fail({ method: 'POST', path, status: 503 });
    github.fail({ method: 'GET', path, status: 403 });
    expect(troubleOf(await createIssue(hub, { title: 't', body: 'b' }, actions))).toContain('403');
    expect(github.issues).toEqual([]);
  });
});

test('issues that are disabled are a warning', async () => {
  const { hub } = await gate({ hasIssues: false });
  const made = await createIssue(hub, { title: 't', body: 'b' }, actions);
  expect(troubleOf(made)).toContain('issues are disabled');
  expect(made).toMatchObject({ diagnostics: [{ severity: 'warning' }] });
});
