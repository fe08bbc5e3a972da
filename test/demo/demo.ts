import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { startEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import type { ScimUser } from '../../src/emulator/seed.ts';

/*
 * A guided story on a made-up organization: import what is live, change the YAML, look at the plan, apply it, and see that nothing is left to do.
 * Everything is real but Figma: the command is the built one, and it talks to the emulator over HTTP.
 */
const people = 320;
const command = join(import.meta.dirname, '../../dist/seatform.js');
const color = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;

const emulator = await startEmulator({ users: people });
const folder = await mkdtemp(join(tmpdir(), 'seatform-demo-'));
try {
  await story();
} finally {
  await emulator.close();
  await rm(folder, { recursive: true });
}

async function story(): Promise<void> {
  say(1, `An emulated Figma organization with ${people} people is listening on loopback. Nothing here reaches the internet.`);
  say(2, 'Write down what is live as YAML. Nothing is managed that the files do not say.');
  await seatform('import', '--out', 'seatform');
  say(3, 'Edit it, as a pull request would: a raise, a lowering, somebody who leaves, and a new hire who joins a group.');
  await edit();
  say(4, 'What would change? A plan sends nothing but GET.');
  await seatform('plan');
  say(5, 'Make it so. Seats are freed before they are taken, and every change is read back.');
  await seatform('apply', '--auto-approve');
  say(6, 'Plan again: the loop is closed.');
  await seatform('plan', '--detailed-exitcode');
  const writes = emulator.requests.filter(({ method }) => method !== 'GET').length;
  console.log(`\nDone: ${writes} writes, and a second plan that is empty. Next: the ten-line configuration in the README.`);
}

async function edit(): Promise<void> {
  await cp(join(folder, 'seatform'), join(folder, 'before'), { recursive: true });
  const [raised, lowered, leaving] = [holder(emulator, 'View', 0), holder(emulator, 'Full', 0), holder(emulator, 'Full', 1)];
  const files = await yamlFiles();
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    const edited = inEntry(inEntry(inEntry(text, raised, 'View', 'Full'), lowered, 'Full', 'View'), leaving, 'seat: Full', 'active: false');
    await writeFile(
      file,
      file.endsWith('groups.yaml') ? edited.replace('members:\n', 'members:\n      - grace.hopper@example.com\n') : edited,
    );
  }
  await writeFile(
    join(folder, 'seatform', 'new.yaml'),
    'version: 1\nusers:\n  - userName: grace.hopper@example.com\n    seat: Dev\n    displayName: Grace Hopper\n',
  );
  for (const file of await yamlFiles()) process.stdout.write(await patchOf(file));
}

/** The n-th active user who holds a seat and is no admin. */
function holder(from: Emulator, seat: string, n: number): string {
  const found = from
    .state()
    .users.filter((user) => user.active !== false && !isAdmin(user) && user.roles?.some(({ value }) => value === seat))[n];
  if (!found) throw new Error(`the made-up organization has nobody with a ${seat} seat`);
  return found.userName;
}

function isAdmin(user: ScimUser): boolean {
  return JSON.stringify(user['urn:ietf:params:scim:schemas:extension:figma:enterprise:2.0:User'])?.includes('true') ?? false;
}

/** Replaces text inside one user's entry. */
function inEntry(text: string, userName: string, from: string, to: string): string {
  const start = text.indexOf(`- userName: ${userName}\n`);
  if (start === -1) return text;
  const end = text.indexOf('- userName:', start + 1);
  const entry = text.slice(start, end === -1 ? undefined : end);
  return text.slice(0, start) + entry.replace(from, to) + (end === -1 ? '' : text.slice(end));
}

async function patchOf(file: string): Promise<string> {
  const name = file.slice(folder.length + 1);
  const before = await readFile(file.replace(join(folder, 'seatform'), join(folder, 'before')), 'utf8').catch(() => '');
  const patch = createTwoFilesPatch(name, name, before, await readFile(file, 'utf8'), '', '', { context: 1 });
  const lines = patch
    .split('\n')
    .slice(1)
    .filter((line) => /^[-+@ ]/.test(line));
  return lines.length > 2 ? `${lines.join('\n')}\n` : '';
}

async function yamlFiles(): Promise<string[]> {
  const entries = await readdir(join(folder, 'seatform'), { recursive: true });
  return entries
    .filter((entry) => entry.endsWith('.yaml'))
    .sort()
    .map((entry) => join(folder, 'seatform', entry));
}

async function seatform(...args: string[]): Promise<void> {
  console.log(`$ seatform ${args.join(' ')}`);
  const env = {
    ...process.env,
    FIGMA_SCIM_BASE_URL: emulator.baseUrl,
    FIGMA_TENANT_ID: emulator.tenantId,
    FIGMA_SCIM_TOKEN: emulator.token,
    ...(color && { FORCE_COLOR: '1' }),
  };
  const code = await new Promise<number | null>((resolve, reject) => {
    spawn(process.execPath, [command, ...args], { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] })
      .on('close', resolve)
      .on('error', reject);
  });
  if (code !== 0) throw new Error(`seatform ${args.join(' ')} ended with exit code ${code}`);
}

function say(step: number, text: string): void {
  console.log(`\n${color ? '\u001B[1m' : ''}${step}. ${text}${color ? '\u001B[0m' : ''}\n`);
}
