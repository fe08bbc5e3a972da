import type { Span } from './diagnostic.ts';
import type { User } from './directory.ts';

/** A file of the configuration as it was read. `path` is what people are shown. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A value as somebody wrote it, with its place. */
export interface Written<T> {
  readonly value: T;
  readonly at: Span;
}

/** A user's entry: `at` is its `userName`; an attribute that is absent here is not managed. */
export interface UserEntry {
  readonly at: Span;
  readonly userName: Written<string>;
  readonly previously: readonly Written<string>[];
  readonly attributes: { readonly [K in Exclude<keyof User, 'userName'>]?: Written<User[K]> };
}

/** A group's entry. `members` absent: membership is not managed; empty: the group must be empty. `members.at` is the key. */
export interface GroupEntry {
  readonly at: Span;
  readonly displayName: Written<string>;
  readonly previously: readonly Written<string>[];
  readonly externalId?: Written<string>;
  readonly members?: { readonly at: Span; readonly list: readonly Written<string>[] };
}

export interface OrganizationEntry {
  readonly tenantId?: Written<string>;
}

/** The configuration as written: every entry of every file with its place, checked for what can be checked offline. */
export interface Declaration {
  readonly organization: OrganizationEntry;
  readonly users: readonly UserEntry[];
  readonly groups: readonly GroupEntry[];
  /** The files in sorted order. */
  readonly files: readonly string[];
  /** `sha256:` and 64 hexadecimal digits over the paths and the bytes of the files. */
  readonly digest: string;
}
