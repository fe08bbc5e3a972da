import { readdir } from 'node:fs/promises';
import { posix, resolve } from 'node:path';
import schema from '../schemas/seatform.v1.schema.json' with { type: 'json' };
import { importFiles } from '../src/edit/import.ts';
import { writeFiles } from '../src/edit/write.ts';
import { connectionOf } from './connection.ts';
import type { SourceFile } from '../src/model/declaration.ts';
import { fail, type Result } from '../src/model/diagnostic.ts';
import { count } from '../src/render/count.ts';
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
    const written = await writeConfiguration(host, flags.out, files);
    complain(host, flags, [...live.value.diagnostics, ...(written.ok ? [] : written.diagnostics)]);
    if (!written.ok) return exitCodes.error;
    host.out.write(importedText(files, flags.out));
    return exitCodes.done;
  } finally {
    await service.close();
  }
}

/** A directory that holds YAML already is left alone: together with what is there, the files would declare everybody twice. */
async function writeConfiguration(host: Host, out: string, files: readonly SourceFile[]): Promise<Result<void>> {
  const directory = resolve(host.cwd, out);
  const present = (await readdir(directory, { recursive: true }).catch(() => [])).filter((path) => /\.ya?ml$/.test(path));
  if (present.length > 0) {
    const message = `${out} holds a configuration already: ${present.sort().slice(0, 3).join(', ')}${present.length > 3 ? ', …' : ''}`;
    return fail({ severity: 'error', code: 'E205', message, help: 'choose another directory with --out, or move the files away' });
  }
  return writeFiles(directory, [...files, { path: schemaFile, text: `${JSON.stringify(schema, null, 2)}\n` }]);
}

function importedText(files: readonly SourceFile[], out: string): string {
  const listed = files.reduce((sum, { text }) => sum + (text.match(/^ {2}- userName: /gm)?.length ?? 0), 0);
  const grouped = files.reduce((sum, { text }) => sum + (text.match(/^ {2}- displayName: /gm)?.length ?? 0), 0);
  const counts = `${count(listed, 'active user')} and ${count(grouped, 'group')}`;
  const next =
    listed === 0
      ? 'Declare a user before you plan.'
      : `Next: seatform plan${out === 'seatform' ? '' : ` ${out}`}, which finds nothing to do.`;
  return `Wrote ${count(files.length, 'file')} to ${out} for ${counts}, and the schema that editors check them with.\n${next}\n`;
}

function modeline(path: string): string {
  return `# yaml-language-server: $schema=${posix.relative(posix.dirname(path), schemaFile).replace(/^(?!\.\.?\/)/, './')}`;
}
