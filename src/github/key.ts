import { createHmac, hkdfSync } from 'node:crypto';
import type { ChangeId } from '../model/change-id.ts';

/**
 * A key that signs approvals. It is derived from a secret that only the workflows of the default branch have (HKDF, RFC 5869), so that neither
 * the secret can be learned from a signature nor a signature be made without it.
 */
export interface Key {
  /** Tells keys apart and says nothing of them: 8 hexadecimal digits. */
  readonly id: string;
  /** The first 8 bytes of HMAC-SHA256 (RFC 2104) over a change id, in base64url. */
  readonly hashOf: (id: ChangeId) => string;
  /** HMAC-SHA256 over bytes, 32 bytes. */
  readonly macOf: (bytes: Uint8Array) => Buffer;
}

/** The keys of a repository: the first signs, and what any of them signed is believed. */
export type KeyRing = readonly [Key, ...Key[]];

/** The keys of several secrets, one a line, such as the value of `signing-key`. */
export function keysFrom(secrets: string): KeyRing {
  const [first = '', ...others] = secrets.split(/\r?\n/).filter((line) => line.trim() !== '');
  return [keyFrom(first.trim()), ...others.map((secret) => keyFrom(secret.trim()))];
}

/** The key of a secret, such as the SCIM token. */
export function keyFrom(secret: string): Key {
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'seatform', `seatform:approval:v1:${use}`, 32));
  const [changes, markers] = [derived('atom'), derived('marker')];
  return {
    id: derived('id').toString('hex').slice(0, 8),
    hashOf: (id) => createHmac('sha256', changes).update(id).digest().subarray(0, hashBytes).toString('base64url'),
    macOf: (bytes) => createHmac('sha256', markers).update(bytes).digest(),
  };
}

/** The key with an id, if the ring has it. */
export function keyOf(ring: KeyRing, id: string): Key | undefined {
  return ring.find((key) => key.id === id);
}

/** How many bytes of a change's hash are kept. */
export const hashBytes = 8;
