import { fail, type Diagnostic } from '../src/model/diagnostic.ts';
import type { Directory, DirectoryReader } from '../src/model/live.ts';
import { openDirectory, openReader, type DirectoryOptions, type Open } from '../src/scim/directory.ts';
import type { Connection } from './connection.ts';
import { isRedrawable } from './console.ts';
import type { Host } from './host.ts';
import { version } from './version.ts';

/** The service as `plan` and `import` see it: nothing but GET can leave. */
export function reader(host: Host, connection: Connection): Open<DirectoryReader> {
  return placed(host, connection, openReader(optionsOf(host, connection)));
}

/** The service as `apply` sees it. */
export function directory(host: Host, connection: Connection, parallelism: number): Open<Directory> {
  return placed(host, connection, openDirectory({ ...optionsOf(host, connection), connections: Math.max(parallelism, readConnections) }));
}

/** Requests side by side that a read may use, whatever --parallelism says of operations. */
const readConnections = 6;

function optionsOf(host: Host, connection: Connection): DirectoryOptions {
  const { err } = host;
  return {
    ...connection,
    userAgent: `seatform/${version}`,
    clock: { now: () => host.now().getTime(), sleep: host.sleep },
    random: host.random,
    ...(isRedrawable(err, host) && { onProgress: ({ kind, objects }) => err.write(`\r\u001B[KReading Figma: ${objects} ${kind}s`) }),
    onWait: (ms) => {
      if (ms >= longWait)
        err.write(`${isRedrawable(err, host) ? '\r\u001B[K' : ''}Figma asks to slow down: waiting ${Math.ceil(ms / 1000)} s.\n`);
    },
  };
}

/** Waits from this many milliseconds on are told. */
const longWait = 3000;

/** Takes the progress line away when the read ends, and says of a read that failed where it was tried. */
function placed<T extends DirectoryReader>(host: Host, { baseUrl, tenantId }: Connection, service: Open<T>): Open<T> {
  const help = `asked at ${baseUrl} for the tenant ${tenantId}`;
  const read: DirectoryReader['read'] = async () => {
    const live = await service.read();
    if (isRedrawable(host.err, host)) host.err.write('\r\u001B[K');
    return live.ok ? live : fail(...live.diagnostics.map((diagnostic) => withHelp(diagnostic, help)));
  };
  return { ...service, read };
}

function withHelp(diagnostic: Diagnostic, help: string): Diagnostic {
  return diagnostic.help === undefined ? { ...diagnostic, help } : diagnostic;
}
