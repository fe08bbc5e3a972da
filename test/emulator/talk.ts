import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator.ts';

// The tests spell the URNs themselves, so that a slip in the emulator shows.
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const figma = 'urn:ietf:params:scim:schemas:extension:figma:enterprise:2.0:User';

/** A SCIM resource, list or error as it came; attributes that are not named here are looked at through `at`. */
export interface Answered {
  readonly [attribute: string]: unknown;
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly active?: boolean;
  readonly roles?: readonly { type: string; value: string }[];
  readonly members: readonly { value: string; display?: string }[];
  readonly totalResults: number;
  readonly Resources: readonly Answered[];
  readonly scimType?: string;
}

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Answered;
}

/** Sends a request below the tenant's base URL and gives the answer. */
export type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;

/** Runs something against an emulator of its own over a real socket, and closes it whatever happens. */
export async function withEmulator<T>(options: EmulatorOptions, run: (send: Send, emulator: Emulator) => Promise<T>): Promise<T> {
  const emulator = await startEmulator(options);
  const send: Send = async (method, path, body, headers = {}) => {
    const response = await fetch(`${emulator.baseUrl}/${emulator.tenantId}${path}`, {
      method,
      headers: { authorization: `Bearer ${emulator.token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: readJson(text) };
  };
  try {
    return await run(send, emulator);
  } finally {
    await emulator.close();
  }
}

/** A PatchOp of these operations. */
export function patch(...operations: readonly object[]): object {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}

/** A role that is a seat. */
export function seat(value: string): { type: string; value: string }[] {
  return [{ type: 'seatType', value }];
}

/** The seat of a resource. */
export function seatOf(resource: Answered | undefined): string | undefined {
  return resource?.roles?.[0]?.value;
}

/** The value at the end of a way into something unknown. */
export function at(value: unknown, ...way: readonly (string | number)[]): unknown {
  return way.reduce((inner: unknown, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}

function readJson(text: string): Answered {
  try {
    return JSON.parse(text) as Answered;
  } catch {
    return {} as Answered;
  }
}
