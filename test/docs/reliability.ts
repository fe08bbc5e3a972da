import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import { faultNames } from '../../src/emulator/faults.ts';
import { seededRandom } from '../../src/emulator/random.ts';
import { codes, type Code } from '../../src/model/codes.ts';
import { seatform, type Ran } from '../cmd/stage.ts';

/** Every fault of the emulator, in the ways in which it matters. */
const faults: readonly string[] = [
  ['throttle=3', 'throttle=2@PATCH', 'throttle=2@POST', 'throttle=100%', 'throttle=100%@PUT'],
  ['throttle-silent=3', 'throttle-silent=100%', 'rate=20'],
  ['unavailable=2', 'unavailable=1@POST', 'unavailable=1@PUT', 'unavailable=1@PATCH', 'unavailable=1@DELETE'],
  ['unavailable=100%', 'unavailable=100%@POST', 'unavailable=100%@PATCH'],
  ['bad-gateway=2', 'bad-gateway=1@POST', 'bad-gateway=1@PUT', 'bad-gateway=100%'],
  ['reset=2', 'reset=1@POST', 'reset=1@PATCH', 'reset=100%', 'reset=100%@PUT'],
  ['reset-after=2', 'reset-after=1@POST', 'reset-after=1@PUT', 'reset-after=1@PATCH', 'reset-after=1@DELETE', 'reset-after=100%@POST'],
  ['reset-after=100%'],
  ['truncated=2', 'truncated=1@POST', 'truncated=1@PUT', 'truncated=100%@PATCH', 'truncated=100%'],
  ['slow=2', 'slow=100%', 'latency=5'],
  ['ignored=1@POST', 'ignored=1@PUT', 'ignored=1@PATCH', 'ignored=1@DELETE', 'ignored=100%'],
  ['refuse=1', 'refuse=100%'],
  ['short-page=1', 'short-page=100%', 'repeat-page=1', 'repeat-page=100%', 'moving-total=1', 'moving-total=100%'],
  ['empty-list=1', 'empty-list=100%', 'empty-list=100%:zero'],
  ['revoke=2', 'revoke=16'],
].flat();

const person = (userName: string) => ({ userName, title: 'Old', roles: [{ type: 'seatType', value: 'View' }] });
const people = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gus'].map((name) => `${name}@example.com`);
const seed = {
  users: people.map(person),
  groups: [
    { displayName: 'Design', members: [{ value: 'dan@example.com' }, { value: 'eve@example.com' }] },
    { displayName: 'Outdated', members: [] },
  ],
};
const yaml = `version: 1
organization:
  unmanaged: { groups: delete }
  limits: { membershipRemovals: 100% }
users:
  - { userName: ada@example.com, seat: Dev }
  - { userName: bob@example.com, title: New }
  - { userName: cyd@example.com, active: false }
${['dan', 'eve', 'fay', 'gus'].map((name) => `  - { userName: ${name}@example.com, seat: View }`).join('\n')}
  - { userName: new@example.com, seat: Full }
groups:
  - { displayName: Design, members: [ada@example.com, dan@example.com] }
  - { displayName: Founded, members: [new@example.com] }
`;

/** How a command ended, what it sent, and what the service held then. */
interface Ended {
  readonly line: string;
  readonly writes: number;
  readonly state: string;
}

interface Row {
  readonly fault: string;
  readonly plan: string;
  readonly apply: Ended;
  readonly again: Ended;
}

/** What comes of it without a fault. */
interface Usual {
  readonly planned: string;
  readonly declared: string;
}

/** Rows that are tried side by side: most of their time is waiting. */
const atOnce = 6;

/** `docs/reliability.md`: what every fault of the emulator means for a plan and for an apply, as it is when it is tried. */
export async function reliabilityPage(): Promise<string> {
  const untried = faultNames.filter((name) => !faults.some((fault) => fault.startsWith(`${name}=`)));
  if (untried.length > 0) throw new Error(`faults that nobody tries: ${untried.join(', ')}`);
  const folder = await mkdtemp(join(tmpdir(), 'seatform-reliability-'));
  try {
    await writeFile(join(folder, 'seatform.yaml'), yaml);
    const usual = await withoutFault(folder);
    const rows: Row[] = [];
    const queue = faults.entries();
    const worker = async (): Promise<void> => {
      for (const [index, fault] of queue) rows[index] = await tried(folder, fault, usual);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return page(rows, usual);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withoutFault(folder: string): Promise<Usual> {
  return withService(undefined, async (emulator) => {
    const planned = result(await command(folder, emulator, 'plan'));
    const { code, out, err } = await command(folder, emulator, 'apply', '--auto-approve');
    if (code !== 0) throw new Error(`without a fault the apply ends with ${code}: ${out}${err}`);
    return { planned, declared: held(emulator) };
  });
}

async function tried(folder: string, fault: string, { planned, declared }: Usual): Promise<Row> {
  const plan = await withService(fault, async (emulator) => {
    const line = result(await command(folder, emulator, 'plan'));
    if (emulator.requests.some(({ method }) => method !== 'GET')) throw new Error(`${fault}: a plan has written`);
    return line === planned ? '0: the same plan' : line;
  });
  return withService(fault, async (emulator) => {
    const before = held(emulator);
    const apply = async (): Promise<Ended> => {
      emulator.resetLog();
      const line = result(await command(folder, emulator, 'apply', '--auto-approve', '--parallelism', '1'));
      const now = held(emulator);
      const state = now === declared ? 'as declared' : now === before ? 'unchanged' : 'partly';
      // How often a throttled request is repeated is a question of time.
      const writes = emulator.requests.filter(({ method, status }) => method !== 'GET' && status !== 429).length;
      return { line, writes, state };
    };
    return { fault, plan, apply: await apply(), again: await apply() };
  });
}

async function withService<T>(fault: string | undefined, use: (emulator: Emulator) => Promise<T>): Promise<T> {
  const emulator = await startEmulator({
    seed: { ...seed, ...(fault?.startsWith('refuse') === true && { refused: ['ada@example.com'] }) },
    faults: fault === undefined ? [] : [fault],
    random: seededRandom(1),
    quirks: { 'page-max': 3 },
    slowMs: 24,
  });
  try {
    return await use(emulator);
  } finally {
    await emulator.close();
  }
}

function command(folder: string, { baseUrl, tenantId, token }: Emulator, ...args: string[]): Promise<Ran> {
  return seatform({ folder, env: { FIGMA_SCIM_BASE_URL: baseUrl, FIGMA_TENANT_ID: tenantId, FIGMA_SCIM_TOKEN: token } }, ...args);
}

/** The exit code and the line that says how it ended. Both lists are read at once, so which of the two an error names is chance: its title is not. */
function result({ code, out, err }: Ran): string {
  const error = /^error\[(.*?)\]/m.exec(err)?.[1];
  const title = error !== undefined && error in codes ? `${error} (${codes[error as Code].title})` : undefined;
  const line = /^(?:Apply (?:complete|incomplete).*|No changes.*)$/m.exec(out)?.[0] ?? title ?? /^Plan: .*$/m.exec(out)?.[0];
  if (line === undefined) throw new Error(`nothing says how it ended: ${out}${err}`);
  return `${code}: ${line.trim()}`;
}

/** Everybody and every group, one a line; two of one name are a fault that no row may have. */
function held(emulator: Emulator): string {
  const { users, groups } = emulator.state();
  const names = [...users.map(({ userName }) => userName), ...groups.map(({ displayName }) => displayName)];
  if (new Set(names).size !== names.length) throw new Error(`created twice: ${names.join(', ')}`);
  const persons = users.map(({ userName, active, title, roles }) => `${userName} ${active ?? true} ${String(title)} ${roles?.[0]?.value}`);
  const teams = groups.map(
    ({ displayName, members = [] }) => `${displayName}: ${inOrder(members.map(({ display = '' }) => display)).join(' ')}`,
  );
  return [...inOrder(persons), ...inOrder(teams)].join('\n');
}

function inOrder(texts: readonly string[]): readonly string[] {
  return texts.toSorted((a, b) => (a < b ? -1 : 1));
}

function page(rows: readonly Row[], { planned }: Usual): string {
  const cells = ({ line, writes, state }: Ended): string => `${line} | ${writes} | ${state}`;
  const lines = rows.map(({ fault, plan, apply, again }) => `| \`${fault}\` | ${plan} | ${cells(apply)} | ${cells(again)} |`);
  const head = '| fault | plan | apply | writes | then | apply again | writes | then |\n|---|---|---|---|---|---|---|---|\n';
  return `${introduction(planned)}${head}${lines.join('\n')}\n${more}`;
}

function introduction(planned: string): string {
  return `# Reliability

What seatform does when the service does not do what it should. The table is made by trying: every fault of the [emulator](emulator.md) against a
small organization, whose plan without a fault is:

\`\`\`
${planned.replace(/^0: /, '')}
\`\`\`

For each fault a plan, an apply, and another apply, with exit code and outcome. *Writes* are the requests other than GET that the service did not
throttle; *then* is what it held afterwards: all that is declared, nothing new, or a part. A plan never wrote, and nothing was ever created
twice: a row where that is not so cannot be written. \`NAME=2\` strikes twice, \`NAME=100%\` always, \`@METHOD\` only requests of that method. What
an error code means is in [codes.md](codes.md); exit code 3 is a guard that blocks.

`;
}

const more = `
## Throttling

Nothing is paced until the first 429. Then requests follow one another at the rate that the service has shown to allow, which grows with every
answer and is cut at every further 429; Retry-After is waited for. \`npx tsx test/bench/rate.ts --changes 2000\` measures it in real time: 2,000 seat
changes against a service that allows 20 requests a second and fails one in a hundred took 216 s for 4,076 requests; 94 % of the allowed rate
was used, 0.2 % of the requests were throttled, nothing was lost and nothing sent twice that had taken effect.

## What the tests prove beside this

| promise | where |
|---|---|
| at two full pools, 40 swaps at 8 at once never use more seats than purchased, and a raise whose freed seat did not come is held | \`test/apply/swaps.test.ts\` |
| of two applies at once, whoever comes second leaves alone what has moved, and says so | \`test/apply/two-at-once.test.ts\` |
| killed at any write, before or after its effect, the journal shows the doubt and the next run does the rest | \`test/cmd/kill.test.ts\` |
| whatever a service answers, a read is proven or refused, and a write goes to nothing that was not planned | \`test/scim/fuzz.test.ts\` |

Between the look at an object and the write to it lies a moment in which somebody else may change it: SCIM has no transactions. Of two writes in
the same moment the later one stands, and the read after it tells the earlier, if that has not looked already.
`;
