import type { OrganizationEntry } from '../model/declaration.ts';
import { defaultsOf } from './default-entry.ts';
import type { Doubts } from './doubts.ts';
import { type Parts, type Place, partsOf } from './parts.ts';
import { budgetsOf, limitsOf, seatsOf, separationOf } from './policy-entries.ts';
import type { Reader } from './reader.ts';

type Unmanaged = NonNullable<OrganizationEntry['unmanaged']>;
type Ignore = NonNullable<OrganizationEntry['ignore']>;

const texts = (reader: Reader, { node, via }: Place): Ignore['users'] | undefined => reader.texts(node, via);

const unmanagedParts: Parts<Unmanaged> = {
  users: (reader, { node }) => reader.choice(node) as Unmanaged['users'],
  groups: (reader, { node }) => reader.choice(node) as Unmanaged['groups'],
};

/** What of `organization` can be read. */
export function organizationOf(reader: Reader, place: Pick<Place, 'node' | 'via'>, doubts: Doubts): OrganizationEntry {
  return partsOf<OrganizationEntry>(reader, place, {
    tenantId: (_, { node, via }) => reader.text(node, via),
    unmanaged: (_, value) => partsOf<Unmanaged>(reader, value, unmanagedParts),
    ignore: (_, value) => ({ users: [], groups: [], ...partsOf<Ignore>(reader, value, { users: texts, groups: texts }) }),
    protected: texts,
    minAdmins: (_, { node, via }) => reader.figure(node, via),
    limits: limitsOf,
    seats: seatsOf,
    budgets: budgetsOf,
    separation: separationOf,
    defaults: (_, list) => defaultsOf(reader, list, doubts),
  });
}
