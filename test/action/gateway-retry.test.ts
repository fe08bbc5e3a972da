import { createServer as createWebServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createComment, updateComment } from '../../cmd/github/comments.ts';
import { openHub } from '../../cmd/github/octokit.ts';
import { changedFiles } from '../../cmd/github/pull.ts';
import { readRepository } from '../../cmd/github/repository.ts';
import { actions, sentTo, troubleOf, valueOf, withPull } from './gateway.ts';

describe('what fails is tried again', () => {
  test.each<[string, Record<string, string>, number, number]>([
    ['429 with retry-after', { 'retry-after': '7' }, 429, 7],
    ['a secondary limit with retry-after', { 'retry-after': '30' }, 403, 30],
    ['a wait over a minute', { 'retry-after': '90' }, 403, 60],
    ['a spent limit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.parse('2026-10-03T09:00:20Z') / 1000) }, 403, 20],
    ['429 without a word', {}, 429, 60],
  ])('%s: as long as it says', async (_, headers, status, seconds) => {
    const { github, hub, pauses } = await withPull();
    github.fail({ path: /pulls/, status, headers });
    expect(valueOf(await changedFiles(hub, 1))).toEqual(['seatform.yaml']);
    expect(pauses).toEqual([seconds]);
  });

  test('a secondary limit that only its text tells', async () => {
    const { github, hub, pauses } = await withPull();
    github.fail({ path: /pulls/, status: 403, body: { message: 'You have exceeded a secondary rate limit.' } });
    expect(valueOf(await changedFiles(hub, 1))).toEqual(['seatform.yaml']);
    expect(pauses).toEqual([60]);
  });

  test('a limit in a GraphQL answer', async () => {
    const { github, hub, pauses } = await withPull();
    github.fail({
      graphql: /viewer/,
      status: 200,
      headers: { 'retry-after': '3' },
      body: { errors: [{ type: 'RATE_LIMITED', message: 'x' }] },
    });
    expect(valueOf(await readRepository(hub)).viewer).toEqual(actions);
    expect(pauses).toEqual([3]);
  });

  test('a write that was put off is sent again, and stands there once', async () => {
    const { github, hub } = await withPull();
    github.fail({ method: 'POST', status: 429, headers: { 'retry-after': '1' }, times: 4 });
    valueOf(await createComment(hub, 1, 'text', actions));
    expect(github.comments(1)).toHaveLength(1);
  });

  test('five times, and no more', async () => {
    const { github, hub } = await withPull();
    github.fail({ path: /pulls/, status: 429, headers: { 'retry-after': '1' }, times: 9 });
    expect(troubleOf(await changedFiles(hub, 1))).toContain('E210 GitHub answered 429 to `GET /repos/acme/figma/pulls/1/files`');
    expect(sentTo(github)).toHaveLength(5);
  });

  test('not at all where it would take too long', async () => {
    const { github, hub, pauses } = await withPull();
    github.fail({ path: /pulls/, status: 429, headers: { 'retry-after': '3600' } });
    troubleOf(await changedFiles(hub, 1));
    expect(pauses).toEqual([]);
  });

  test.each<[string, { status?: number; kind?: 'reset' | 'reset-after' }]>([
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['a cut connection', { kind: 'reset' }],
    ['a connection cut too late', { kind: 'reset-after' }],
  ])('%s: a read after 1, 2 and 4 seconds', async (_, fault) => {
    const { github, hub, pauses } = await withPull();
    github.fail({ path: /pulls/, times: 3, ...fault });
    expect(valueOf(await changedFiles(hub, 1))).toEqual(['seatform.yaml']);
    expect(pauses).toEqual([1, 2, 4]);
    github.fail({ path: /pulls/, times: 4, ...fault });
    expect(troubleOf(await changedFiles(hub, 1))).toContain('`GET /repos/acme/figma/pulls/1/files`');
    expect(sentTo(github)).toHaveLength(8);
  });

  test('half an answer is none', async () => {
    const { github, hub, pauses } = await withPull();
    github.fail({ path: /pulls/, status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' });
    expect(valueOf(await changedFiles(hub, 1))).toEqual(['seatform.yaml']);
    expect(pauses).toEqual([1]);
  });

  test('a GraphQL query like any read', async () => {
    const { github, hub, pauses } = await withPull();
    github.fail({ graphql: /viewer/, status: 502, times: 2 });
    valueOf(await readRepository(hub));
    expect(pauses).toEqual([1, 2]);
  });

  test('what replaces something is sent again', async () => {
    const { github, hub } = await withPull();
    const { id } = valueOf(await createComment(hub, 1, 'text', actions));
    github.fail({ method: 'PATCH', kind: 'reset-after' });
    expect(valueOf(await updateComment(hub, id, 'new'))).toMatchObject({ body: 'new' });
  });

  test('a connection that was never made is tried again for writes too', async () => {
    const server = createServer();
    const { hub, pauses } = await bare(server);
    await new Promise((closed) => server.close(closed));
    expect(troubleOf(await createComment(hub, 1, 'text', actions))).toContain('no connection could be made');
    expect(pauses).toEqual([1000, 2000, 4000]);
  });

  test('an answer that breaks off is none, be it JSON or bytes', async () => {
    const server = createWebServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"number":');
      setTimeout(() => response.destroy(), 20);
    });
    const { hub, pauses } = await bare(server);
    onTestFinished(() => void server.close());
    expect(troubleOf(await hub.rest('GET /repos/{owner}/{repo}'))).toContain('half an answer came');
    expect(troubleOf(await hub.bytes('GET /repos/{owner}/{repo}'))).toContain('the connection was cut');
    expect(pauses).toEqual([1000, 2000, 4000, 1000, 2000, 4000]);
  });
});

/** The gateway to a server that is no GitHub. */
async function bare(server: Server) {
  const pauses: number[] = [];
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sleep = async (ms: number) => void pauses.push(ms);
  return { hub: openHub({ token: 't', apiUrl, owner: 'a', repo: 'b', sleep, now: () => new Date(0), userAgent: 'x' }), pauses };
}
