import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../../src/emulator/emulator.ts';

/*
 * Whole processes against a floor in the same run, taken in turns: what counts is the ratio. The machine's own speed cancels out.
 * plan: 10,000 users and 100 groups in agreement, against fetching and parsing the same pages and the same YAML.
 */
const rounds = 7;
const command = join(import.meta.dirname, '../../dist/seatform.js');
const folder = await mkdtemp(join(tmpdir(), 'seatform-bench-'));
const emulator = await startEmulator({ seed: seed(10_000, 100) });
try {
  const file = join(folder, 'seatform.yaml');
  await writeFile(file, yaml(emulator));
  const floor = join(import.meta.dirname, 'floor.mjs');
  await compare(
    'plan of 10,000 users and 100 groups',
    3,
    [command, 'plan', file],
    [floor, `${emulator.baseUrl}/${emulator.tenantId}`, emulator.token, file],
  );
  await compare('--version', 2.2, [command, '--version'], ['-e', '0']);
} finally {
  await emulator.close();
  await rm(folder, { recursive: true });
}

async function compare(name: string, limit: number, ours: readonly string[], floor: readonly string[]): Promise<void> {
  await time(ours);
  await time(floor);
  const pairs: { ours: number; floor: number }[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push({ ours: await time(ours), floor: await time(floor) });
  const ratio = median(pairs.map((pair) => pair.ours / pair.floor));
  const [mine, least] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.floor))];
  console.log(
    `${name}: ${mine.toFixed(0)} ms, floor ${least.toFixed(0)} ms, ratio ${ratio.toFixed(2)} (at most ${limit}), median of ${rounds}`,
  );
  if (ratio > limit) process.exitCode = 1;
}

function time(args: readonly string[]): Promise<number> {
  const env = {
    ...process.env,
    FIGMA_SCIM_BASE_URL: emulator.baseUrl,
    FIGMA_TENANT_ID: emulator.tenantId,
    FIGMA_SCIM_TOKEN: emulator.token,
  };
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(performance.now() - started) : reject(new Error(`${args.join(' ')}: exit ${code}`))));
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function seed(users: number, groups: number) {
  const names = Array.from({ length: users }, (_, index) => `person.${index}@example.com`);
  return {
    users: names.map((userName, index) => ({
      userName,
      displayName: `Person ${index}`,
      title: 'Designer',
      name: { givenName: 'Person', familyName: String(index) },
      roles: [{ type: 'seatType', value: ['Full', 'Dev', 'Collab', 'View'][index % 4] ?? 'View' }],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
        department: `Department ${index % 40}`,
        employeeNumber: String(index),
      },
    })),
    groups: Array.from({ length: groups }, (_, index) => ({
      displayName: `Group ${index}`,
      members: names.slice(index * 80, index * 80 + 80).map((value) => ({ value })),
    })),
  };
}

function yaml(from: Emulator): string {
  const { users, groups } = from.state();
  const entries = users.map(
    ({ userName, displayName, roles }, index) =>
      `  - userName: ${userName}\n    seat: ${roles?.[0]?.value}\n    displayName: ${displayName}\n    title: Designer\n    name: { givenName: Person, familyName: "${index}" }\n    department: Department ${index % 40}\n    employeeNumber: "${index}"\n`,
  );
  const teams = groups.map(
    ({ displayName, members = [] }) =>
      `  - displayName: ${displayName}\n    members:\n${members.map(({ display }) => `      - ${display}\n`).join('')}`,
  );
  return `version: 1\nusers:\n${entries.join('')}groups:\n${teams.join('')}`;
}
