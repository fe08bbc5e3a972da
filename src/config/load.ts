import { createHash } from 'node:crypto';
import type { Declaration, GrantEntry, GroupEntry, SourceFile, UserEntry } from '../model/declaration.ts';
import { type Diagnostic, type Result, succeed } from '../model/diagnostic.ts';
import { crossCheck } from './crosscheck.ts';
import { Doubts } from './doubts.ts';
import { type Entries, type OrganizationPart, entriesOf } from './entries.ts';
import { schemaFaults } from './faults.ts';
import { lookalikeWarnings } from './lookalikes.ts';
import { byCodeUnit, errorAt, sorted, twice } from './report.ts';
import { readYaml } from './yaml.ts';

/**
 * The configuration that the files declare together, or every error in them: of syntax, against the schema and between files. The
 * errors of `unread`, the files that could not be read, are reported too; a configuration without a user is then no error. Warnings, those of
 * `unread` too, fail nothing and are returned with the result.
 */
export function load(files: readonly SourceFile[], unread: readonly Diagnostic[] = []): Result<Declaration> {
  const unreadable = unread.filter(({ severity }) => severity === 'error');
  const ordered = [...files].sort((a, b) => byCodeUnit(a.path, b.path));
  const doubts = new Doubts();
  const parts = ordered.map((file) => entriesOfFile(file, doubts));
  const users: UserEntry[] = [];
  const groups: GroupEntry[] = [];
  const grants: GrantEntry[] = [];
  for (const part of parts) {
    for (const user of part.users) users.push(user);
    for (const group of part.groups) groups.push(group);
    for (const grant of part.grants) grants.push(grant);
  }
  const organizations = parts.map((part) => part.organization).filter((part) => part !== undefined);
  const organization = organizations[0]?.entry ?? {};
  const isWhole = unreadable.length === 0 && organizations.length < 2 && parts.every((part) => part.isWhole);
  const doubtful = unread.filter(({ severity }) => severity !== 'error');
  const warnings = sorted([...doubtful, ...lookalikeWarnings({ organization, users, groups, grants })]);
  const diagnostics = [
    ...unreadable,
    ...parts.flatMap((part) => part.diagnostics),
    ...organizationTwice(organizations),
    ...crossCheck({ organization, users, groups, grants, doubts, isWhole }),
  ];
  if (diagnostics.length === 0 && users.length === 0) diagnostics.push(noUser(ordered));
  if (diagnostics.length > 0) return { ok: false, diagnostics: sorted([...warnings, ...diagnostics]) };
  const paths = ordered.map(({ path }) => path);
  return succeed({ organization, users, groups, grants, files: paths, digest: digestOf(ordered) }, warnings);
}

const nothing = { users: [], groups: [], grants: [], isWhole: false } as const;

function entriesOfFile(file: SourceFile, doubts: Doubts): Entries {
  const { tree, diagnostics } = readYaml(file);
  if (!tree) return { ...nothing, diagnostics };
  if (!tree.isMapping(tree.root)) {
    const help = 'start the file with `version: 1`, then `users:` or `groups:`';
    const fault = errorAt(tree.span(tree.root), 'E008', 'a file must be one mapping', { label: 'expected `version: 1`', help });
    return { ...nothing, diagnostics: tree.refused.has(tree.root) ? diagnostics : [...diagnostics, fault] };
  }
  const faults = schemaFaults(tree);
  const entries = entriesOf(tree, faults, doubts);
  const isWhole = entries.isWhole && diagnostics.every(({ code }) => code !== 'E018');
  return { ...entries, isWhole, diagnostics: [...diagnostics, ...faults.diagnostics, ...entries.diagnostics] };
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
