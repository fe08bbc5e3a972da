import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Host } from '../../cmd/host.ts';
import { run } from '../../cmd/program.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator.ts';

/** What a command line printed and answered. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Scene {
  readonly folder: string;
  readonly env?: Record<string, string>;
  /** What a person types when asked, or `Ctrl-C`; without it nobody can be asked. */
  readonly answer?: string;
  readonly stdin?: string;
  readonly terminal?: boolean;
  readonly onInterrupt?: Host['onInterrupt'];
}

/** Runs a command line in this process, on a host of the test's making, where waiting costs a hundredth. */
export async function seatform(scene: Scene, ...args: string[]): Promise<Ran> {
  let [out, err] = ['', ''];
  const stream = (write: (text: string) => void) => ({
    write,
    isTerminal: scene.terminal ?? false,
    columns: scene.terminal === true ? 100 : undefined,
  });
  const { answer } = scene;
  const host: Host = {
    env: scene.env ?? {},
    cwd: scene.folder,
    out: stream((text) => {
      out += text;
    }),
    err: stream((text) => {
      err += text;
    }),
    ask: answer === undefined ? undefined : async () => (answer === 'Ctrl-C' ? { interrupted: true } : { text: answer }),
    readStdin: async () => scene.stdin ?? '',
    now: () => new Date(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / 100)),
    random: () => 0.5,
    onInterrupt: scene.onInterrupt ?? (() => () => {}),
  };
  const code = await run(args, host);
  return { code, out, err };
}

/** A folder with these files, gone after the test. */
export async function folderWith(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seatform-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** An emulator that ends with the test, and the environment that leads to it. */
export async function emulated(options: EmulatorOptions): Promise<{ emulator: Emulator; env: Record<string, string> }> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return { emulator, env: { FIGMA_SCIM_BASE_URL: emulator.baseUrl, FIGMA_TENANT_ID: emulator.tenantId, FIGMA_SCIM_TOKEN: emulator.token } };
}

/** The requests that were not GET. */
export function writes({ requests }: Emulator): string[] {
  return requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.replace(/^\/scim\/v2\/\d+/, '')}`);
}
