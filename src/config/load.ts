import { createHash } from 'node:crypto';
import type { Declaration, GroupEntry, SourceFile, UserEntry } from '../model/declaration.ts';
import { type Diagnostic, type Result, succeed } from '../model/diagnostic.ts';
import { crossCheck, twice } from './crosscheck.ts';
import { type Entries, type OrganizationPart, entriesOf } from './entries.ts';
import { schemaFaults } from './faults.ts';
import { byCodeUnit, errorAt, sorted } from './report.ts';
import { readYaml } from './yaml.ts';

/**
 * The configuration that the files declare together, or every error in them: of syntax, against the schema and between files. What could not
 * be read (`unread`) is told along with it, and then a configuration without a user is not held against the files that could.
 */
export function load(files: readonly SourceFile[], unread: readonly Diagnostic[] = []): Result<Declaration> {
  const ordered = [...files].sort((a, b) => byCodeUnit(a.path, b.path));
  const parts = ordered.map((file) => entriesOfFile(file));
  const users: UserEntry[] = [];
  const groups: GroupEntry[] = [];
  for (const part of parts) {
    for (const user of part.users) users.push(user);
    for (const group of part.groups) groups.push(group);
  }
  const organizations = parts.map((part) => part.organization).filter((part) => part !== undefined);
  const diagnostics = [
    ...unread,
    ...parts.flatMap((part) => part.diagnostics),
    ...organizationTwice(organizations),
    ...crossCheck({ users, groups }),
  ];
  if (diagnostics.length === 0 && users.length === 0) diagnostics.push(noUser(ordered));
  if (diagnostics.length > 0) return { ok: false, diagnostics: sorted(diagnostics) };
  const { tenantId } = organizations[0] ?? {};
  return succeed({
    organization: tenantId ? { tenantId } : {},
    users,
    groups,
    files: ordered.map(({ path }) => path),
    digest: digestOf(ordered),
  });
}

function entriesOfFile(file: SourceFile): Entries {
  const { tree, diagnostics } = readYaml(file);
  if (!tree) return { users: [], groups: [], diagnostics };
  if (!tree.isMapping(tree.root)) {
    const help = 'start the file with `version: 1`, then `users:` or `groups:`';
    const fault = errorAt(tree.span(tree.root), 'E008', 'a file must be one mapping', { label: 'expected `version: 1`', help });
    return { users: [], groups: [], diagnostics: tree.refused.has(tree.root) ? diagnostics : [...diagnostics, fault] };
  }
  const faults = schemaFaults(tree);
  const entries = entriesOf(tree, faults.nodes);
  return { ...entries, diagnostics: [...diagnostics, ...faults.diagnostics, ...entries.diagnostics] };
}

function organizationTwice(organizations: readonly OrganizationPart[]): readonly Diagnostic[] {
  const [first, ...others] = organizations;
  if (!first) return [];
  return others.map(({ at }) => twice(at, first.at, 'E022', '`organization` is declared twice', 'declared again', 'declared first'));
}

function noUser(files: readonly SourceFile[]): Diagnostic {
  const [file] = files;
  const help = 'declare a user; `seatform import` writes the live ones for you';
  if (!file) return { severity: 'error', code: 'E023', message: 'the configuration declares no user', help };
  return errorAt({ file: file.path, line: 1, column: 1, length: 1 }, 'E023', 'the configuration declares no user', { help });
}

function digestOf(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const { path, text } of files) hash.update(`${Buffer.byteLength(path)}:${path}:${Buffer.byteLength(text)}:`).update(text);
  return `sha256:${hash.digest('hex')}`;
}
