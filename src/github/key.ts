import { createHmac, hkdfSync } from 'node:crypto';
import type { ChangeId } from '../model/change-id.ts';

/**
 * A key that signs approvals. It is derived from a secret that only the workflows of the default branch have (HKDF, RFC 5869), so that neither
 * the secret can be learnt from a signature nor a signature be made without it.
 */
export interface Key {
  /** Tells keys apart and says nothing of them: 8 hexadecimal digits. */
  readonly id: string;
  /** The first 8 bytes of HMAC-SHA256 (RFC 2104) over a change id. */
  readonly hashOf: (changeId: ChangeId) => string;
  /** HMAC-SHA256 over bytes, 32 bytes. */
  readonly macOf: (bytes: Uint8Array) => Buffer;
}

/** The key of a secret, such as the SCIM token. */
export function keyFrom(secret: string): Key {
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'seatform', `seatform:approval:v1:${use}`, 32));
  const [changeIds, markers] = [derived('atom'), derived('marker')];
  return {
    id: derived('id').toString('hex').slice(0, 8),
    hashOf: (changeId) => createHmac('sha256', changeIds).update(changeId).digest().subarray(0, hashBytes).toString('base64url'),
    macOf: (bytes) => createHmac('sha256', markers).update(bytes).digest(),
  };
}

/** How many bytes of a change id's hash are kept. */
export const hashBytes = 8;
