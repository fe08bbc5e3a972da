import type { Directory, DirectoryReader } from '../src/model/live.ts';
import { openDirectory, openReader } from '../src/scim/directory.ts';
import type { Connection } from './connection.ts';
import type { Host } from './host.ts';
import { version } from './version.ts';

/** The service for as long as a command needs it. */
export type Open<T> = T & { readonly close: () => Promise<void> };

/** The service as `plan` and `import` see it: nothing but GET can leave. */
export function reader(host: Host, connection: Connection): Open<DirectoryReader> {
  return openReader(optionsOf(host, connection));
}

/** The service as `apply` sees it. */
export function directory(host: Host, connection: Connection): Open<Directory> {
  return openDirectory(optionsOf(host, connection));
}

function optionsOf(host: Host, connection: Connection) {
  return {
    ...connection,
    userAgent: `seatform/${version}`,
    clock: { now: () => host.now().getTime(), sleep: host.sleep },
    random: host.random,
  };
}
