import type { JsonObject } from './json.ts';
import type { Quirks } from './quirks.ts';
import type { Store } from './store.ts';

/** Everything that a request can see or change. */
export interface World {
  readonly store: Store;
  readonly quirks: Quirks;
  /** The base URL with the tenant, without a slash at its end. */
  readonly tenantUrl: string;
  readonly now: () => number;
  readonly nextUserId: () => string;
  readonly nextGroupId: (displayName: string) => string;
  /** The domains of the organization; empty: any. */
  readonly domains: ReadonlySet<string>;
  /** Folded e-mails of people whom Figma knows and SCIM does not. */
  readonly accounts: Set<string>;
}

/** A write, worked out but not done: what it answers, what it names, and the doing. */
export interface Change {
  readonly status: number;
  readonly body: JsonObject | undefined;
  /** Ids, userNames and group names that this write is about, before and after it. */
  readonly touches: readonly string[];
  readonly commit: () => void;
}
