import { posix, resolve } from 'node:path';
import schema from '../schemas/seatform.v1.schema.json' with { type: 'json' };
import { importFiles } from '../src/edit/import.ts';
import { writeFiles } from '../src/edit/write.ts';
import { connectionOf } from './connection.ts';
import { complain } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import type { ConnectionFlags, LookFlags } from './options.ts';
import { reader } from './service.ts';

export type ImportFlags = ConnectionFlags & LookFlags & { readonly out: string };

/** The schema lies beside the files, so that editors complete and check them without a network; readers of the configuration skip dot-files. */
const schemaFile = '.seatform.v1.schema.json';

/** Writes configuration for the live organization, never over a file that exists. */
export async function importLive(host: Host, flags: ImportFlags): Promise<number> {
  const connection = await connectionOf(host, flags);
  if (!connection.ok) {
    complain(host, flags, connection.diagnostics);
    return exitCodes.error;
  }
  const service = reader(host, connection.value);
  try {
    const live = await service.read();
    if (!live.ok) {
      complain(host, flags, live.diagnostics);
      return exitCodes.error;
    }
    const files = importFiles(live.value, { modeline });
    const written = await writeFiles(resolve(host.cwd, flags.out), [
      ...files,
      { path: schemaFile, text: `${JSON.stringify(schema, null, 2)}\n` },
    ]);
    complain(host, flags, [...live.value.diagnostics, ...(written.ok ? [] : written.diagnostics)]);
    if (!written.ok) return exitCodes.error;
    const listed = [...live.value.users.values()].filter(({ attributes }) => attributes.active).length;
    host.out.write(`Wrote ${files.length} files to ${flags.out}: ${listed} active users and ${live.value.groups.size} groups.\n`);
    host.out.write(`Next: seatform plan${flags.out === 'seatform' ? '' : ` ${flags.out}`}, which finds nothing to do.\n`);
    return exitCodes.done;
  } finally {
    await service.close();
  }
}

function modeline(path: string): string {
  return `# yaml-language-server: $schema=${posix.relative(posix.dirname(path), schemaFile).replace(/^(?!\.\.?\/)/, './')}`;
}
