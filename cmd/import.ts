import { resolve } from 'node:path';
import { importFiles } from '../src/edit/import.ts';
import { starterFiles } from '../src/edit/starter.ts';
import { writeFiles } from '../src/edit/write.ts';
import { connectionOf } from './connection.ts';
import type { Declaration, SourceFile } from '../src/model/declaration.ts';
import { fail, succeed, type Diagnostic, type Result } from '../src/model/diagnostic.ts';
import { groupNameOf, userNameOf } from '../src/model/directory.ts';
import type { Live } from '../src/model/live.ts';
import { count } from '../src/render/count.ts';
import { complain } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import { pathsBelow } from './listing.ts';
import type { ConnectionFlags, LookFlags } from './options.ts';
import { modeline, schemaBeside, schemaFile } from './schema-beside.ts';
import { reader } from './service.ts';
import { checkedSources, configurationFile, hasConfigurationFile } from './sources.ts';

export type ImportFlags = ConnectionFlags & LookFlags & { readonly out: string };

/** Writes configuration for the live organization, never over a file that exists. */
export async function importLive(host: Host, flags: ImportFlags): Promise<number> {
  if (resolve(host.cwd, flags.out) === resolve(host.cwd, 'seatform') && (await hasConfigurationFile(host.cwd))) {
    complain(host, flags, [superseding]);
    return exitCodes.error;
  }
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
    const present = await presentIn(host, flags.out, live.value);
    const files = present.ok ? importFiles(live.value, { modeline, hasOrganization: present.value.hasOrganization }) : [];
    const written = present.ok ? await writeFiles(resolve(host.cwd, flags.out), [...files, ...present.value.schema]) : present;
    complain(host, flags, [...live.value.diagnostics, ...(written.ok ? [] : written.diagnostics)]);
    if (!written.ok || !present.ok) return exitCodes.error;
    host.out.write(importedText(files, flags.out, present.value));
    return exitCodes.done;
  } finally {
    await service.close();
  }
}

/** Without a PATH the directory is read and not the file, so that the import would switch off what the file says. */
const superseding: Diagnostic = {
  severity: 'error',
  code: 'E205',
  message: `${configurationFile} is there, and would no longer be read once seatform/ exists`,
  help: 'move it into seatform/ first, or name another directory with --out',
};

/** What the directory holds already that the imported files have to go with. */
interface Present {
  readonly hasOrganization: boolean;
  /** The schema, where it does not lie there yet. */
  readonly schema: readonly SourceFile[];
  /** The path of the example that `init` has written, if it is there as it was written. */
  readonly example?: string;
}

/** A directory whose YAML declares somebody who is live is left alone: together with the imported files it would declare them twice. */
async function presentIn(host: Host, out: string, live: Live): Promise<Result<Present>> {
  const directory = resolve(host.cwd, out);
  const below = await pathsBelow(directory, out);
  if (!below.ok) return below;
  const found = below.value;
  const schema = found.includes(schemaFile) ? [] : [schemaBeside()];
  const present = found.filter((path) => /\.ya?ml$/.test(path));
  if (present.length === 0) return succeed({ hasOrganization: false, schema });
  const { files, checked } = await checkedSources(host, [out]);
  if (checked.ok && !declaresLive(checked.value, live)) {
    const hasOrganization = Object.keys(checked.value.organization).length > 0;
    return succeed({ hasOrganization, schema, ...exampleAmong(files) });
  }
  const message = `${out} holds a configuration already: ${present.sort().slice(0, 3).join(', ')}${present.length > 3 ? ', …' : ''}`;
  return fail({ severity: 'error', code: 'E205', message, help: 'choose another directory with --out, or move the files away' });
}

/** The starter's one file with a person in it, by its text: whoever has written into it keeps it. */
function exampleAmong(files: readonly SourceFile[]): Pick<Present, 'example'> {
  const written = starterFiles(modeline).find(({ path }) => path === 'starter.yaml');
  const example = files.find(({ text }) => text.replaceAll('\r\n', '\n') === written?.text);
  return example ? { example: example.path } : {};
}

function declaresLive({ users, groups }: Declaration, live: Live): boolean {
  return (
    users.some(({ userName, previously }) => [userName, ...previously].some(({ value }) => live.users.has(userNameOf(value)))) ||
    groups.some(({ displayName, previously }) => [displayName, ...previously].some(({ value }) => live.groups.has(groupNameOf(value))))
  );
}

function importedText(files: readonly SourceFile[], out: string, { example }: Present): string {
  const listed = files.reduce((sum, { text }) => sum + (text.match(/^ {2}- userName: /gm)?.length ?? 0), 0);
  const grouped = files.reduce((sum, { text }) => sum + (text.match(/^ {2}- displayName: /gm)?.length ?? 0), 0);
  const counts = `${count(listed, 'active user')} and ${count(grouped, 'group')}`;
  const next =
    listed === 0
      ? 'Declare a user before you plan.'
      : `Next: seatform plan${out === 'seatform' ? '' : ` ${out}`}, which finds nothing to do.`;
  const needless = example === undefined ? '' : `${example} is an example only: delete it.\n`;
  return `Wrote ${count(files.length, 'file')} to ${out} for ${counts}, and the schema that editors check them with.\n${needless}${next}\n`;
}
