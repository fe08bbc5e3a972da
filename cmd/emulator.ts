import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { startEmulator, type EmulatorOptions } from '../src/emulator/emulator.ts';
import { parseFaults } from '../src/emulator/faults.ts';
import { parseQuirks } from '../src/emulator/quirks.ts';
import { parseSeed } from '../src/emulator/seed.ts';
import { fail, succeed, type Result } from '../src/model/diagnostic.ts';
import { complain } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';

export interface EmulatorFlags {
  readonly port?: string;
  readonly seed?: string;
  readonly users?: string;
  readonly quirk: readonly string[];
  readonly fault: readonly string[];
}

/** Serves the emulator until it is interrupted; its address and token are one line of JSON on stdout. */
export async function emulate(host: Host, flags: EmulatorFlags): Promise<number> {
  const options = await optionsOf(host, flags);
  const started = options.ok ? await start(options.value) : options;
  if (!started.ok) {
    complain(host, { color: true }, started.diagnostics);
    return exitCodes.error;
  }
  const emulator = started.value;
  const { baseUrl, tenantId, token } = emulator;
  host.out.write(`${JSON.stringify({ baseUrl, tenantId, token })}\n`);
  await new Promise<void>((stop) => {
    host.onInterrupt(() => stop());
  });
  await emulator.close();
  return exitCodes.done;
}

async function optionsOf(host: Host, flags: EmulatorFlags): Promise<Result<EmulatorOptions>> {
  const quirks = parseQuirks(flags.quirk);
  const faults = parseFaults(flags.fault);
  const port = wholeNumber('--port', flags.port, 65_535);
  const users = wholeNumber('--users', flags.users, 1_000_000);
  const seed = await seedOf(host, flags.seed);
  if (!quirks.ok) return misuse(quirks.message);
  if (!faults.ok) return misuse(faults.message);
  if (!port.ok) return port;
  if (!users.ok) return users;
  if (!seed.ok) return seed;
  return succeed({ quirks: quirks.value, faults: faults.value, ...seed.value, ...port.value, ...users.value });
}

async function start(options: EmulatorOptions): Promise<Result<Awaited<ReturnType<typeof startEmulator>>>> {
  try {
    return succeed(await startEmulator(options));
  } catch (error) {
    return misuse(`the emulator cannot start: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function seedOf(host: Host, file: string | undefined): Promise<Result<Pick<EmulatorOptions, 'seed'>>> {
  if (file === undefined) return succeed({});
  let text: string;
  try {
    text = await readFile(resolve(host.cwd, file), 'utf8');
  } catch {
    return misuse(`the seed ${file} cannot be read: check its path and permissions`);
  }
  const parsed = parseSeed(json(text));
  return parsed.ok ? succeed({ seed: parsed.value }) : misuse(`the seed ${file} does not fit: ${parsed.message}`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wholeNumber(flag: '--port' | '--users', text: string | undefined, most: number): Result<{ port?: number; users?: number }> {
  if (text === undefined) return succeed({});
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most) return misuse(`${flag} takes a whole number from 0 to ${most}`);
  return succeed(flag === '--port' ? { port: number } : { users: number });
}

function misuse<T>(message: string): Result<T> {
  return fail({ severity: 'error', code: 'E201', message });
}
