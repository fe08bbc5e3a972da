import { describe, expect, test } from 'vitest';
import { listStatuses, setStatus } from '../../cmd/github/statuses.ts';
import { actions, gate, person, sentTo, troubleOf, valueOf, type Gate } from './gateway.ts';
import type { FaultRule } from './hub/faults.ts';
import type { HubOptions } from './hub/hub.ts';

const context = 'seatform/applied';

async function withCommit(options: HubOptions = {}): Promise<Gate & { readonly sha: string }> {
  const opened = await gate(options);
  return { ...opened, sha: opened.github.commit('main', { a: '1' }) };
}

describe('a status', () => {
  test('is a success that says all it was given', async () => {
    const { github, hub, sha } = await withCommit();
    const description = `${'x'.repeat(138)}😀😀`;
    valueOf(await setStatus(hub, sha, { context, description, targetUrl: 'https://example.com/1' }));
    expect(github.statuses(sha)).toMatchObject([{ context, state: 'success', description, targetUrl: 'https://example.com/1' }]);
  });

  test('is never cut', async () => {
    const { github, hub, sha } = await withCommit();
    await expect(setStatus(hub, sha, { context, description: 'x'.repeat(141) })).rejects.toThrow('more than 140 characters');
    expect(github.requests).toEqual([]);
  });

  test.each<[string, FaultRule, number]>([
    ['502', { status: 502 }, 1],
    ['a cut connection', { kind: 'reset' }, 1],
    ['a connection cut after the effect', { kind: 'reset-after' }, 3],
  ])('is set again after %s', async (_, fault, count) => {
    const { github, hub, sha, pauses } = await withCommit();
    github.fail({ path: /statuses/, times: 2, ...fault });
    valueOf(await setStatus(hub, sha, { context, description: 'd' }));
    expect(github.statuses(sha)).toHaveLength(count);
    expect(pauses).toEqual([1, 2]);
    github.fail({ path: /statuses/, times: 4, ...fault });
    expect(troubleOf(await setStatus(hub, sha, { context, description: 'd' }))).toContain(`\`POST /repos/acme/figma/statuses/${sha}\``);
  });

  test('that finds no room is said to be helped by another commit', async () => {
    const { github, hub, sha } = await withCommit({ mostStatuses: 1 });
    github.setStatus(sha, { context });
    valueOf(await setStatus(hub, sha, { context: 'other', description: 'd' }));
    expect(troubleOf(await setStatus(hub, sha, { context, description: 'd' }))).toBe(
      `E210 the commit ${sha.slice(0, 7)} can take no more statuses \`${context}\`: GitHub keeps at most 1,000 = push an empty commit: the next run marks that one`,
    );
  });

  test('finds no room in whatever form GitHub says so', async () => {
    const { github, hub, sha } = await withCommit();
    const reason = 'This SHA and context has reached the maximum number of statuses.';
    for (const body of [{ message: 'Validation Failed', errors: [{ message: reason }] }, { message: reason }]) {
      github.fail({ path: /statuses/, status: 422, body });
      expect(troubleOf(await setStatus(hub, sha, { context, description: 'd' }))).toContain('push an empty commit');
    }
  });

  test('that is refused for another reason is said with it', async () => {
    const { github, hub } = await withCommit();
    const said = 'E210 GitHub answered 422 to `POST /repos/acme/figma/statuses/1111111111111111111111111111111111111111`: No commit found';
    expect(troubleOf(await setStatus(hub, '1'.repeat(40), { context, description: 'd' }))).toContain(said);
    github.fail({ path: /statuses/, status: 403 });
    expect(troubleOf(await setStatus(hub, github.tip(), { context, description: 'd' }))).toContain('grant `statuses: write`');
  });
});

describe('all statuses of a context', () => {
  test('newest first, with who set them and when', async () => {
    const { github, hub, sha } = await withCommit();
    github.setStatus(sha, { context, description: 'one', createdAt: new Date('2026-10-01T09:00:00Z') });
    github.setStatus(sha, { context: 'ci', description: 'no' });
    github.setStatus(sha, { context, state: 'failure', creator: 'mallory', createdAt: new Date('2026-10-02T09:00:00Z') });
    expect(valueOf(await listStatuses(hub, sha, context))).toEqual([
      { state: 'failure', description: '', at: '2026-10-02T09:00:00Z', creator: person('mallory') },
      { state: 'success', description: 'one', at: '2026-10-01T09:00:00Z', creator: actions },
    ]);
  });

  test('over all pages, among those of other contexts', async () => {
    const { github, hub, sha } = await withCommit();
    for (let count = 0; count < 130; count += 1) {
      github.setStatus(sha, { context, description: String(count) });
      github.setStatus(sha, { context: 'ci' });
    }
    const listed = valueOf(await listStatuses(hub, sha, context));
    expect(listed.map(({ description }) => Number(description))).toEqual(Array.from({ length: 130 }, (_, index) => 129 - index));
    expect(sentTo(github)).toHaveLength(3);
  });

  test('are trouble where a page fails', async () => {
    const { github, hub, sha } = await withCommit();
    for (let count = 0; count < 101; count += 1) github.setStatus(sha, { context });
    github.fail({ path: /page=2/, status: 403 });
    expect(troubleOf(await listStatuses(hub, sha, context))).toContain('grant `statuses: read`');
    expect(troubleOf(await listStatuses(hub, '1'.repeat(40), context))).toContain('422');
  });
});
