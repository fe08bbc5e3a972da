import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { emulated, folderWith, writes } from './stage.ts';

/** The built command as a process of its own; `npm test` builds it first. */
const command = join(import.meta.dirname, '../../dist/seatform.js');
const seat = (value: string) => [{ type: 'seatType', value }];
const users = Array.from({ length: 12 }, (_, index) => ({ userName: `u${index}@example.com`, roles: seat('View') }));
const yaml = `version: 1\nusers:\n${users.map(({ userName }) => `  - userName: ${userName}\n    seat: Dev\n`).join('')}`;

function start(folder: string, env: Record<string, string>, ...args: string[]): ChildProcess & { readonly text: () => string } {
  const child = spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return Object.assign(child, { text: () => text });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('an interrupt finishes what is in flight and says what was not done', async () => {
  const { emulator, env } = await emulated({ seed: { users, groups: [] }, faults: ['latency=60'] });
  const child = start(await folderWith({ 'seatform.yaml': yaml }), env, 'apply', '--auto-approve', '--parallelism', '2');
  await until(() => writes(emulator).length > 0);
  child.kill('SIGINT');
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(130);
  expect(child.text()).toMatch(/Apply incomplete: \d+ of 12 done, \d+ held\. It was interrupted\./);
  const done = Number(/incomplete: (\d+) of/.exec(child.text())?.[1]);
  expect(emulator.state().users.filter(({ roles }) => roles?.[0]?.value === 'Dev')).toHaveLength(done);
});

test('a second interrupt stops at once', async () => {
  const { emulator, env } = await emulated({ seed: { users, groups: [] }, faults: ['latency=1500@PATCH'] });
  const child = start(await folderWith({ 'seatform.yaml': yaml }), env, 'apply', '--auto-approve');
  await until(() => emulator.requests.some(({ path }) => path.startsWith('/Users/')));
  child.kill('SIGINT');
  await until(() => child.text().includes('Interrupted'));
  const asked = performance.now();
  child.kill('SIGINT');
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(130);
  expect(performance.now() - asked).toBeLessThan(1000);
  expect(child.text()).not.toContain('Apply');
});

test.each([1, 5, 8])('a journal on a disk that is full after %i blocks: nothing is sent that does not stand in it', async (blocks) => {
  const { emulator, env } = await emulated({ seed: { users, groups: [] } });
  const folder = await folderWith({ 'seatform.yaml': yaml });
  const line = [process.execPath, command, 'apply', '--auto-approve', '--parallelism', '2', '--journal', 'run.journal'];
  const child = spawn('sh', ['-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', ...line], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  const whole = readFileSync(join(folder, 'run.journal'), 'utf8').split('\n').slice(0, -1);
  const started = whole.filter((entry) => entry.startsWith('{"type":"started"')).length;
  expect({ code, told: /E206.*the journal run\.journal could not be written \(EFBIG\)/.test(text) }).toEqual({ code: 1, told: true });
  expect(writes(emulator).length).toBeLessThanOrEqual(started);
});

test('a reader that goes away ends the output, not the work', async () => {
  const { emulator, env } = await emulated({ seed: { users, groups: [] } });
  const child = start(await folderWith({ 'seatform.yaml': yaml }), env, 'apply', '--auto-approve');
  child.stdout?.destroy();
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  expect(emulator.state().users.every(({ roles }) => roles?.[0]?.value === 'Dev')).toBe(true);
  expect(child.text()).not.toMatch(/EPIPE|bug/);
});

test.skipIf(!existsSync('/dev/full'))('a result that cannot be written is an error', async () => {
  const { env } = await emulated({ seed: { users, groups: [] } });
  const folder = await folderWith({ 'seatform.yaml': yaml });
  const child = spawn('/bin/sh', ['-c', `exec "${process.execPath}" "${command}" plan --json >/dev/full`], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining('could not write its result') });
});

test('interrupted while it reads, it exits as interrupts do', async () => {
  const { emulator, env } = await emulated({ seed: { users, groups: [] }, faults: ['latency=2000'] });
  const child = start(await folderWith({ 'seatform.yaml': yaml }), env, 'plan');
  await until(() => emulator.requests.length > 0 || child.exitCode !== null);
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([143, null]);
});
