/*
 * Figma's SCIM API on loopback: Figma has no sandbox, so this is where a change is rehearsed and what tests talk to. Nothing here is
 * shared with the client, so that one misunderstanding cannot hide in both.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Access } from './access.ts';
import { FaultPlan, parseFaults, type Fault } from './faults.ts';
import { groupId, userId } from './ids.ts';
import type { SeatCounts } from './ledger.ts';
import { people } from './people.ts';
import { plant } from './planting.ts';
import { quirkProfiles, type Quirks } from './quirks.ts';
import { seededRandom } from './random.ts';
import { parseSeed, type ScimGroup, type ScimUser, type Seed } from './seed.ts';
import { scimServer, type LoggedRequest } from './server.ts';
import { groupShape, userShape } from './shapes.ts';
import { Store } from './store.ts';
import type { World } from './world.ts';

/** How an emulator is to be; everything has a default. */
export interface EmulatorOptions {
  /** Default: any that is free. */
  readonly port?: number;
  readonly seed?: Seed;
  /** How many made-up users to add to the seed, with groups. */
  readonly users?: number;
  readonly tenantId?: string;
  readonly token?: string;
  /** What differs from the default profile. */
  readonly quirks?: Partial<Quirks>;
  /** As `NAME=VALUE` texts or parsed. */
  readonly faults?: readonly (string | Fault)[];
  /** The seconds in the Retry-After of `throttle`; default 1. */
  readonly retryAfter?: number;
  /** How long the fault `slow` drips; default 3000. */
  readonly slowMs?: number;
  readonly now?: () => Date;
  /** Draws the chances of faults; default: the same row every time. */
  readonly random?: () => number;
}

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:PORT/scim/v2`; the tenant id comes after it. */
  readonly baseUrl: string;
  readonly tenantId: string;
  readonly token: string;
  /** Folded userNames, ids and group names that every write refuses: at first those of the seed. */
  readonly refused: Set<string>;
  /** Users and groups as they are now, in the documented shape whatever the quirks; usable as a seed. */
  state(): Seed;
  /** Every request since the start or the last resetLog, in order. */
  readonly requests: readonly LoggedRequest[];
  /** Forgets the requests; the peaks start again from what is in use now. */
  resetLog(): void;
  /** The most of each seat that active users held at one moment. */
  peaks(): SeatCounts;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/** Starts an emulator on 127.0.0.1; a seed or fault that is wrong, or a port that is taken, rejects with a message for the user. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { tenantId = '964615200748176016', token = 'emulator-token', random = seededRandom(1), now = () => new Date() } = options;
  const seed = wholeSeed(options);
  const faults = new FaultPlan(allFaults(options.faults ?? []), random);
  const store = new Store();
  plant(store, seed);
  store.ledger.restart();
  const requests: LoggedRequest[] = [];
  const accounts = new Set(seed.accounts?.map((name) => name.toLowerCase()));
  const refused = new Set(seed.refused?.map((name) => name.toLowerCase()));
  const quirks = { ...quirkProfiles.default, ...options.quirks };
  // The port is known only once the server listens, and no request comes earlier.
  const place = { tenantUrl: '' };
  const world: World = {
    store,
    quirks,
    get tenantUrl() {
      return place.tenantUrl;
    },
    now: () => now().getTime(),
    ...mint(store, now),
    domains: new Set(seed.domains?.map((name) => name.toLowerCase())),
    accounts,
  };
  const server = scimServer({
    world,
    tenantId,
    access: new Access(token, faults, () => performance.now()),
    faults,
    refused,
    retryAfter: options.retryAfter ?? 1,
    slowMs: options.slowMs ?? 3000,
    log: (request) => requests.push(request),
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`;
  place.tenantUrl = `${baseUrl}/${tenantId}`;
  return {
    baseUrl,
    tenantId,
    token,
    refused,
    state: () => ({ ...seed, ...held(world), ...(seed.accounts === undefined ? {} : { accounts: [...accounts] }) }),
    requests,
    resetLog: () => {
      requests.length = 0;
      store.ledger.restart();
    },
    peaks: () => store.ledger.peaks(),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function wholeSeed(options: EmulatorOptions): Seed {
  const given = parseSeed(options.seed ?? {});
  if (!given.ok) {
    throw new Error(given.message);
  }
  const made = people(options.users ?? 0);
  return { ...given.value, users: [...given.value.users, ...made.users], groups: [...given.value.groups, ...made.groups] };
}

function allFaults(faults: readonly (string | Fault)[]): Fault[] {
  return faults.flatMap((fault) => {
    if (typeof fault !== 'string') {
      return [fault];
    }
    const parsed = parseFaults([fault]);
    if (!parsed.ok) {
      throw new Error(parsed.message);
    }
    return parsed.value;
  });
}

function mint(store: Store, now: () => Date): Pick<World, 'nextUserId' | 'nextGroupId'> {
  let counter = 0;
  const fresh = (make: () => string, taken: (id: string) => boolean): string => {
    let id = make();
    while (taken(id)) {
      counter += 1;
      id = make();
    }
    counter += 1;
    return id;
  };
  return {
    nextUserId: () =>
      fresh(
        () => userId(now().getTime(), counter),
        (id) => store.users.get(id) !== undefined,
      ),
    nextGroupId: (displayName) =>
      fresh(
        () => groupId(displayName, counter),
        (id) => store.groups.get(id) !== undefined,
      ),
  };
}

function held(world: World): { users: ScimUser[]; groups: ScimGroup[] } {
  const { store, tenantUrl } = world;
  const look = { store, tenantUrl, quirks: { ...quirkProfiles.default, 'external-id-in-groups': 'externalId' as const } };
  return {
    users: store.users.all().map((user) => userShape(user, look) as unknown as ScimUser),
    groups: store.groups.all().map((group) => groupShape(group, look) as unknown as ScimGroup),
  };
}
