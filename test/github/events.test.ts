import { describe, expect, test } from 'vitest';
import { commandFor, eventOf, type ActionEvent } from '../../src/github/events.ts';
import type { Command } from '../../src/github/inputs.ts';

const sha = 'a1'.repeat(20);
const repository = { id: 7, default_branch: 'main' };
const named = { full_name: 'Acme/Figma' };

function payloadOf(change: object = {}): object {
  const pull = { number: 12, user: { login: 'ada' }, head: { sha, repo: { id: 7 } }, base: { repo: { id: 7 } }, ...change };
  return { action: 'opened', repository, sender: { login: 'ada' }, pull_request: pull };
}

function factsOf(name: string, payload: unknown): ActionEvent {
  const event = eventOf(name, payload);
  if (!event.ok) throw new Error('no event');
  return event.value;
}

function commandOf(event: ActionEvent, inputs: { command?: Command; approve?: string } = {}): unknown {
  const result = commandFor(event, { command: undefined, approve: undefined, ...inputs });
  return result.ok ? result.value : result.diagnostics;
}

describe('the facts of an event', () => {
  test('a pull request', () => {
    expect(factsOf('pull_request_target', payloadOf())).toEqual({
      name: 'pull_request_target',
      action: 'opened',
      defaultBranch: 'main',
      pull: { number: 12, head: sha, isFork: false, author: 'ada', isDependabot: false },
    });
  });

  test('a push and a merge group', () => {
    expect(factsOf('push', { ref: 'refs/heads/main', after: sha, repository })).toEqual({
      name: 'push',
      ref: 'refs/heads/main',
      sha,
      defaultBranch: 'main',
    });
    expect(factsOf('merge_group', { action: 'checks_requested', merge_group: { head_sha: sha }, repository }).sha).toBe(sha);
    expect(factsOf('push', { ref: 'refs/heads/old', after: '0'.repeat(40), repository })).not.toHaveProperty('sha');
  });

  test('a push to the branch of a pull request names its new head, which is not what is to be looked at', () => {
    expect(factsOf('pull_request', { ...payloadOf(), action: 'synchronize', after: sha })).not.toHaveProperty('sha');
  });

  test.each([
    ['from another repository', { head: { sha, repo: { id: 8 } } }, true],
    ['from a repository that is gone', { head: { sha, repo: null } }, true],
    ['from nowhere that is named', { head: { sha } }, true],
    ['with ids that are no numbers', { head: { sha, repo: { id: '7' } }, base: { repo: { id: '7' } } }, true],
    ['with no base of its own, into the repository of the event', { base: {} }, false],
    ['by its full name alone', { head: { sha, repo: named }, base: { repo: { full_name: 'acme/figma' } } }, false],
    ['by its full name, where the other has an id too', { head: { sha, repo: named }, base: { repo: { id: 7, ...named } } }, false],
    ['by the full name of another repository', { head: { sha, repo: { full_name: 'eve/figma' } }, base: { repo: named } }, true],
    ['by a full name that the other has not', { head: { sha, repo: named } }, true],
    ['of another id, whatever its name', { head: { sha, repo: { id: 8, ...named } }, base: { repo: { id: 7, ...named } } }, true],
    [
      'of the same id, whatever its name',
      { head: { sha, repo: { id: 7, full_name: 'old/name' } }, base: { repo: { id: 7, ...named } } },
      false,
    ],
    ['by empty names', { head: { sha, repo: { full_name: '' } }, base: { repo: { full_name: '' } } }, true],
  ])('a pull request %s', (_, change, isFork) => {
    expect(factsOf('pull_request_target', payloadOf(change)).pull).toMatchObject({ isFork });
  });

  test('Dependabot, by who opened it and by who caused the event', () => {
    expect(factsOf('pull_request', payloadOf({ user: { login: 'dependabot[bot]' } })).pull?.isDependabot).toBe(true);
    expect(factsOf('pull_request', { ...payloadOf(), sender: { login: 'dependabot[bot]' } }).pull?.isDependabot).toBe(true);
    expect(factsOf('pull_request', payloadOf({ user: { login: 'dependabot' } })).pull?.isDependabot).toBe(false);
    expect(factsOf('pull_request', payloadOf({ user: null })).pull).toMatchObject({ author: 'ghost', isDependabot: false });
  });

  test.each<[string, unknown]>([
    ['no payload', undefined],
    ['null', null],
    ['text', 'pull_request'],
    ['a list', [1]],
    ['other shapes', { action: 1, ref: {}, after: 'main', repository: 'o/r', pull_request: 'x', merge_group: [] }],
    ['a number that is none', pullOnly({ number: '12' })],
    ['a negative number', pullOnly({ number: -1 })],
    ['a head that is no commit', pullOnly({ head: { sha: 'main', repo: { id: 7 } } })],
    ['what an object inherits', Object.create({ action: 'opened', ref: 'refs/heads/main' })],
  ])('%s is tolerated', (_, payload) => {
    expect(factsOf('pull_request_target', payload)).toEqual({ name: 'pull_request_target' });
  });

  test('outside a workflow there is none', () => {
    for (const name of [undefined, '']) expect(eventOf(name, {})).toMatchObject({ ok: false, diagnostics: [{ code: 'E212' }] });
  });
});

function pullOnly(change: object): object {
  return { pull_request: (payloadOf(change) as { pull_request: object }).pull_request };
}

describe('the command', () => {
  const pull = { number: 12, head: sha, isFork: false, author: 'ada', isDependabot: false };
  const main = { ref: 'refs/heads/main', defaultBranch: 'main' };

  test.each<[ActionEvent, Command]>([
    [{ name: 'pull_request_target', pull }, 'plan'],
    [{ name: 'push', ...main }, 'apply'],
    [{ name: 'schedule' }, 'apply'],
    [{ name: 'workflow_dispatch' }, 'apply'],
    [{ name: 'pull_request', pull }, 'validate'],
    [{ name: 'merge_group' }, 'validate'],
    [{ name: 'push', ...main, ref: 'refs/heads/main2' }, 'validate'],
    [{ name: 'push', ...main, ref: 'refs/tags/main' }, 'validate'],
    [{ name: 'push', ref: 'refs/heads/trunk', defaultBranch: 'trunk' }, 'apply'],
  ])('%j → %s', (event, command) => {
    expect(commandOf(event)).toBe(command);
  });

  test.each(['issue_comment', 'workflow_run', 'repository_dispatch', 'Push', 'constructor'])('%s needs the input command', (name) => {
    expect(commandOf({ name, ...main, pull })).toMatchObject([{ code: 'E212', help: expect.stringContaining('command: plan, apply') }]);
    expect(commandOf({ name, ...main, pull }, { command: 'drift' })).toBe('drift');
  });

  test('a push that does not say where to is not taken for the default branch', () => {
    expect(commandOf({ name: 'push' })).toMatchObject([{ code: 'E212' }]);
    expect(commandOf({ name: 'push', ref: 'refs/heads/undefined' })).toMatchObject([{ code: 'E212' }]);
  });

  test('an input wins over the event', () => {
    expect(commandOf({ name: 'pull_request', pull }, { command: 'plan' })).toBe('plan');
    expect(commandOf({ name: 'schedule' }, { command: 'drift' })).toBe('drift');
  });

  test('plan needs a pull request', () => {
    expect(commandOf({ name: 'pull_request_target' })).toMatchObject([{ code: 'E212' }]);
    expect(commandOf({ name: 'push', ...main }, { command: 'plan' })).toMatchObject([
      { code: 'E212', help: expect.stringContaining('drift') },
    ]);
  });

  test('approve goes with apply alone', () => {
    const approve = `sha256:${'0'.repeat(64)}`;
    expect(commandOf({ name: 'workflow_dispatch' }, { approve })).toBe('apply');
    expect(commandOf({ name: 'workflow_dispatch' }, { approve, command: 'drift' })).toMatchObject([{ code: 'E212' }]);
  });
});
