import type { GroupEntry, UserEntry, Written } from '../model/declaration.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { type UserAttribute, userAttributeNames } from '../model/directory.ts';
import { Reader, type Via, direct } from './reader.ts';
import type { NodeId, Tree } from './tree.ts';

/** `organization` as one file has it; `at` is the key. */
export interface OrganizationPart {
  readonly at: Span;
  readonly tenantId?: Written<string>;
}

/** What one file declares: every entry that can be read, also beside entries that cannot. */
export interface Entries {
  readonly organization?: OrganizationPart;
  readonly users: readonly UserEntry[];
  readonly groups: readonly GroupEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the entries of a file, passing over the nodes that are known to be faulty. */
export function entriesOf(tree: Tree, faulty: ReadonlySet<NodeId>): Entries {
  const reader = new Reader(tree, faulty);
  const users: UserEntry[] = [];
  const groups: GroupEntry[] = [];
  let organization: OrganizationPart | undefined;
  reader.eachPair(tree.root, direct, (name, node, via) => {
    if (name === 'organization') organization = organizationOf(reader, tree, node, via);
    if (name === 'users') reader.eachItem(node, via, (item, itemVia) => add(users, userOf(reader, item, itemVia)));
    if (name === 'groups') reader.eachItem(node, via, (item, itemVia) => add(groups, groupOf(reader, item, itemVia)));
  });
  return { ...(organization ? { organization } : {}), users, groups, diagnostics: reader.diagnostics };
}

function add<T>(entries: T[], entry: T | undefined): void {
  if (entry !== undefined) entries.push(entry);
}

function organizationOf(reader: Reader, tree: Tree, part: NodeId, partVia: Via): OrganizationPart {
  const at = tree.span(tree.pairs(tree.root).get('organization')?.key ?? part);
  let tenantId: Written<string> | undefined;
  reader.eachPair(part, partVia, (name, node, via) => {
    if (name === 'tenantId') tenantId = reader.text(node, via);
  });
  return { at, ...(tenantId ? { tenantId } : {}) };
}

type Attributes = Partial<Record<UserAttribute, Written<string | boolean>>>;

/** The keys of a user that are attributes as they stand, and the parts of those that are mappings. */
const ownAttributes: ReadonlyMap<string, UserAttribute> = new Map(
  userAttributeNames.filter((name) => name !== 'userName' && !name.includes('.')).map((name) => [name, name]),
);
const partAttributes: ReadonlyMap<string, ReadonlyMap<string, UserAttribute>> = new Map(
  ['name', 'manager'].map((key) => [key, partsOf(`${key}.`)]),
);

function partsOf(prefix: string): ReadonlyMap<string, UserAttribute> {
  return new Map(userAttributeNames.filter((name) => name.startsWith(prefix)).map((name) => [name.slice(prefix.length), name]));
}

function userOf(reader: Reader, user: NodeId, userVia: Via): UserEntry | undefined {
  const attributes: Attributes = {};
  let userName: Written<string> | undefined;
  let previously: readonly Written<string>[] = [];
  reader.eachPair(user, userVia, (key, node, via) => {
    const attribute = ownAttributes.get(key);
    const parts = partAttributes.get(key);
    if (attribute !== undefined) setAttribute(reader, attributes, attribute, node, via);
    else if (key === 'userName') userName = reader.text(node, via);
    else if (key === 'previously') previously = reader.texts(node, via) ?? [];
    else if (parts)
      reader.eachPair(node, via, (part, value, valueVia) => setAttribute(reader, attributes, parts.get(part), value, valueVia));
  });
  if (!userName) return undefined;
  return { at: userName.at, userName, previously, attributes: attributes as UserEntry['attributes'] };
}

function setAttribute(reader: Reader, attributes: Attributes, name: UserAttribute | undefined, node: NodeId, via: Via): void {
  if (name === undefined) return;
  const isTruth = name === 'active' || name === 'figmaAdmin';
  const written = isTruth ? reader.truth(node, via) : reader.text(node, via);
  if (written) attributes[name] = written;
}

function groupOf(reader: Reader, group: NodeId, groupVia: Via): GroupEntry | undefined {
  const texts = new Map<string, Written<string>>();
  const lists = new Map<string, readonly Written<string>[]>();
  let membersAt: Span | undefined;
  reader.eachPair(group, groupVia, (key, node, via, keyNode) => {
    const text = key === 'displayName' || key === 'externalId' ? reader.text(node, via) : undefined;
    const list = key === 'previously' || key === 'members' ? reader.texts(node, via) : undefined;
    if (key === 'members') membersAt = reader.place(keyNode, groupVia);
    if (text) texts.set(key, text);
    if (list) lists.set(key, list);
  });
  const displayName = texts.get('displayName');
  const externalId = texts.get('externalId');
  const members = lists.get('members');
  const previously = lists.get('previously') ?? [];
  if (!displayName) return undefined;
  return {
    at: displayName.at,
    displayName,
    previously,
    ...(externalId ? { externalId } : {}),
    ...(members && membersAt ? { members: { at: membersAt, list: members } } : {}),
  };
}
