import { resolve } from 'node:path';
import { importFiles } from '../src/edit/import.ts';
import { writeFiles } from '../src/edit/write.ts';
import { connectionOf } from './connection.ts';
import type { Declaration, SourceFile } from '../src/model/declaration.ts';
import { fail, succeed, type Result } from '../src/model/diagnostic.ts';
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
import { checkedSources } from './sources.ts';

export type ImportFlags = ConnectionFlags & LookFlags & { readonly out: string };

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
    const present = await presentIn(host, flags.out, live.value);
    const files = present.ok ? importFiles(live.value, { modeline, hasOrganization: present.value.hasOrganization }) : [];
    const written = present.ok ? await writeFiles(resolve(host.cwd, flags.out), [...files, ...present.value.schema]) : present;
    complain(host, flags, [...live.value.diagnostics, ...(written.ok ? [] : written.diagnostics)]);
    if (!written.ok) return exitCodes.error;
    host.out.write(importedText(files, flags.out));
    return exitCodes.done;
  } finally {
    await service.close();
  }
}

/** What the directory holds already that the imported files have to go with. */
interface Present {
  readonly hasOrganization: boolean;
  /** The schema, where it does not lie there yet. */
  readonly schema: readonly SourceFile[];
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
  const { checked } = await checkedSources(host, [out]);
  if (checked.ok && !declaresLive(checked.value, live)) {
    return succeed({ hasOrganization: Object.keys(checked.value.organization).length > 0, schema });
  }
  const message = `${out} holds a configuration already: ${present.sort().slice(0, 3).join(', ')}${present.length > 3 ? ', …' : ''}`;
  return fail({ severity: 'error', code: 'E205', message, help: 'choose another directory with --out, or move the files away' });
}

function declaresLive({ users, groups }: Declaration, live: Live): boolean {
  return (
    users.some(({ userName, previously }) => [userName, ...previously].some(({ value }) => live.users.has(userNameOf(value)))) ||
    groups.some(({ displayName, previously }) => [displayName, ...previously].some(({ value }) => live.groups.has(groupNameOf(value))))
  );
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
