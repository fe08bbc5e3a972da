import type { GrantEntry, GroupEntry, OrganizationEntry, UserEntry } from '../model/declaration.ts';
import type { Doubts } from './doubts.ts';
import { Population } from './population.ts';
import { type Roster, groupsByName, usersByName } from './roster.ts';

/** All entries of all files, as far as they can be read. */
export interface Collected {
  readonly organization: OrganizationEntry;
  readonly users: readonly UserEntry[];
  readonly groups: readonly GroupEntry[];
  readonly grants: readonly GrantEntry[];
  readonly doubts: Doubts;
  /** Whether there can be no further entries: only then is it an error that something is not found. */
  readonly isWhole: boolean;
}

/** What the checks of grants and rules look at. */
export interface Scope {
  readonly grants: readonly GrantEntry[];
  readonly groupEntries: readonly GroupEntry[];
  readonly users: Roster<UserEntry>;
  readonly groups: Roster<GroupEntry>;
  readonly population: Population;
  readonly doubts: Doubts;
}

/** Makes what the checks look at; it takes a while where users are many, so that it is made only where there are grants or rules. */
export function scopeOf({ organization, users, groups, grants, doubts }: Collected): Scope {
  const roster = usersByName(users);
  const population = new Population(users, organization.defaults ?? [], doubts);
  population.grant(grants, roster, doubts);
  return { grants, groupEntries: groups, users: roster, groups: groupsByName(groups), population, doubts };
}
