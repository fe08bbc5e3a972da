import { unresolvedReferences } from '../src/config/references.ts';
import { count } from '../src/render/count.ts';
import { complain, diagnosticsText } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import { formatOf, type LookFlags } from './options.ts';
import { checkedSources } from './sources.ts';

/** Checks the configuration offline; notes references that only the live state can resolve. */
export async function validate(host: Host, paths: readonly string[], flags: LookFlags): Promise<number> {
  const { files, checked } = await checkedSources(host, paths);
  const diagnostics = checked.ok ? [...checked.warnings, ...unresolvedReferences(checked.value)] : checked.diagnostics;
  const style = formatOf(flags) === 'json' ? 'json' : (flags.diagnostics ?? 'human');
  if (style === 'json' || style === 'concise')
    host.out.write(diagnosticsText(host.out, host, { ...flags, diagnostics: style }, diagnostics, files));
  else complain(host, flags, diagnostics, files);
  if (checked.ok && style !== 'json' && style !== 'concise') {
    const { users, groups } = checked.value;
    host.out.write(
      `The configuration is valid: ${count(users.length, 'user')} and ${count(groups.length, 'group')} in ${count(files.length, 'file')}.\n`,
    );
  }
  return checked.ok ? exitCodes.done : exitCodes.error;
}
