import { setTimeout as delay } from 'node:timers/promises';
import type { Cause } from '../../src/model/desired.ts';
import { userNameOf, groupNameOf, type RemoteRef } from '../../src/model/directory.ts';
import type { Live, LiveGroup, LiveUser } from '../../src/model/live.ts';
import type { Action, Edit, Kind, Operation } from '../../src/model/operation.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator.ts';
import { openDirectory, type DirectoryOptions } from '../../src/scim/directory.ts';

const cause: Cause = { via: 'entry' };

/** A clock whose waits take a thousandth of their time, and which remembers them. */
export function fastClock(): DirectoryOptions['clock'] & { readonly slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => Date.now(),
    sleep: async (ms, signal) => {
      slept.push(ms);
      await delay(Math.min(ms / 1000, 20), undefined, signal === undefined ? {} : { signal });
    },
  };
}

export const noSignal = new AbortController().signal;

export function edit(attribute: string, before: Edit['before'], after: Edit['after']): Edit {
  return { attribute, cause, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

export const joins = (name: string): Edit => edit('member', undefined, name);
export const leaves = (name: string): Edit => edit('member', name, undefined);

export function operation(action: Action, kind: Kind, name: string, edits: readonly Edit[], ref?: RemoteRef): Operation {
  return { id: `${action} ${kind} ${name}`, action, kind, name, edits, needs: [], ...(ref && { ref }) };
}

/** What a test needs of a connection; everything else has a default. */
export type Settings = Partial<DirectoryOptions> & Pick<DirectoryOptions, 'baseUrl'>;

export function connect(settings: Settings) {
  return openDirectory({
    tenantId: '964615200748176016',
    token: 'emulator-token',
    userAgent: 'seatform/test',
    clock: fastClock(),
    random: () => 0.5,
    ...settings,
  });
}

/** Runs `test` with an emulator and a directory on it, and closes both. */
export async function withEmulator(
  options: EmulatorOptions,
  test: (emulator: Emulator, directory: ReturnType<typeof connect>) => Promise<void>,
  settings: Partial<DirectoryOptions> = {},
): Promise<void> {
  const emulator = await startEmulator(options);
  const directory = connect({ baseUrl: emulator.baseUrl, tenantId: emulator.tenantId, token: emulator.token, ...settings });
  try {
    await test(emulator, directory);
  } finally {
    await directory.close();
    await emulator.close();
  }
}

/** The live state, or an error that shows why there is none. */
export async function readLive(directory: ReturnType<typeof connect>): Promise<Live> {
  const result = await directory.read();
  if (!result.ok) throw new Error(result.diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  return result.value;
}

export function userIn(live: Live, name: string): LiveUser {
  const user = live.users.get(userNameOf(name));
  if (user === undefined) throw new Error(`no user ${name}`);
  return user;
}

export function groupIn(live: Live, name: string): LiveGroup {
  const group = live.groups.get(groupNameOf(name));
  if (group === undefined) throw new Error(`no group ${name}`);
  return group;
}

/** Carries one operation out in a wave of its own. */
export async function writeOne(directory: ReturnType<typeof connect>, one: Operation, signal = noSignal) {
  const wave = directory.wave([one]);
  const outcome = await wave.write(one, signal);
  return outcome.kind === 'written' ? (await wave.settle(signal)).get(one.id) : outcome;
}
