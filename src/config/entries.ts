import type { GrantEntry, GroupEntry, OrganizationEntry, UserEntry } from '../model/declaration.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import type { Doubts } from './doubts.ts';
import type { Faults } from './faults.ts';
import { grantOf } from './grant-entry.ts';
import { groupOf } from './group-entry.ts';
import { organizationKey } from './misplaced.ts';
import { organizationOf } from './organization-entry.ts';
import type { Place } from './parts.ts';
import { Reader, direct } from './reader.ts';
import { nearestKey } from './suggest.ts';
import type { Tree } from './tree.ts';
import { Guesses, userOf } from './user-entry.ts';

/** `organization` as one file has it; `at` is the key. */
export interface OrganizationPart {
  readonly at: Span;
  readonly entry: OrganizationEntry;
}

/** What one file declares: every entry that can be read, also beside entries that cannot. */
export interface Entries {
  readonly organization?: OrganizationPart;
  readonly users: readonly UserEntry[];
  readonly groups: readonly GroupEntry[];
  readonly grants: readonly GrantEntry[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether all entries of the file could be found, be they faulty or not. */
  readonly isWhole: boolean;
}

const sections: readonly string[] = ['organization', 'users', 'groups', 'grants'];

/** Reads the entries of a file, passing over the nodes that are known to be faulty; what is not known of those that stand goes to `doubts`. */
export function entriesOf(tree: Tree, faults: Pick<Faults, 'nodes' | 'unclear'>, doubts: Doubts): Entries {
  const reader = new Reader(tree, faults);
  const users: UserEntry[] = [];
  const groups: GroupEntry[] = [];
  const grants: GrantEntry[] = [];
  const guesses = new Guesses();
  let organization: OrganizationPart | undefined;
  let isWhole = !tree.partial.has(tree.root);
  reader.eachPair(tree.root, direct, (name, node, via, key) => {
    const place = { node, via, key: reader.place(key, direct) };
    if (faults.nodes.has(node) || tree.refused.has(node) || isMeantForSection(name)) isWhole = false;
    if (name === 'organization') organization = { at: place.key, entry: organizationOf(reader, place, doubts) };
    if (name === 'users') collect(reader, place, users, (entry) => userOf(reader, entry, doubts, guesses));
    if (name === 'groups') collect(reader, place, groups, (entry) => groupOf(reader, entry, doubts));
    if (name === 'grants') collect(reader, place, grants, (entry) => grantOf(reader, entry, doubts));
  });
  return { ...(organization ? { organization } : {}), users, groups, grants, diagnostics: reader.diagnostics, isWhole };
}

/** Whether a key of a file is a section or a part of one in another spelling or place. */
function isMeantForSection(name: string): boolean {
  if (name === 'version' || sections.includes(name)) return false;
  return nearestKey(name, sections) !== undefined || organizationKey(name) !== undefined;
}

function collect<T>(reader: Reader, { node, via }: Place, entries: T[], entryOf: (entry: Place) => T | undefined): void {
  reader.eachItem(node, via, (item, itemVia) => {
    const entry = entryOf({ node: item, via: itemVia, key: reader.place(item, itemVia) });
    if (entry !== undefined) entries.push(entry);
  });
}
