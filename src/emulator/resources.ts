import type { Json } from './json.ts';

/** The URN of the core User schema. */
export const coreUser = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** The URN of the core Group schema. */
export const coreGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** The URN of the enterprise extension of RFC 7643, section 4.3. */
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The URN of Figma's own extension; `figmaAdmin` in it makes an administrator, `figmaAdmin` anywhere else makes nothing. */
export const figma = 'urn:ietf:params:scim:schemas:extension:figma:enterprise:2.0:User';

/** An entry of `roles`; the one of type `seatType` is the seat. */
export type Role = { type: string; value: string; [key: string]: Json };

/** The one e-mail of a user as it is held; how it goes over the wire is a quirk. */
export type Email = { value: string; type: string };

/** What is held of a user besides id and times: every attribute, unknown ones as they came. */
export interface UserAttributes {
  [attribute: string]: Json | undefined;
  userName: string;
  active: boolean;
  displayName: string;
  emails: Email;
  roles?: Role[];
}

/** A user; changing one means putting another record in its place. */
export interface UserRecord {
  readonly id: string;
  readonly attributes: UserAttributes;
  readonly createdMs: number;
  readonly modifiedMs: number;
}

/** A member of a group; `display` is held only for ids that are nobody's. */
export interface Member {
  readonly value: string;
  readonly display?: string;
}

/** What is held of a group besides id, members and times. */
interface GroupAttributes {
  [attribute: string]: Json | undefined;
  displayName: string;
  externalId?: string;
}

/** A group; changing one means putting another record in its place. */
export interface GroupRecord {
  readonly id: string;
  readonly attributes: GroupAttributes;
  readonly members: readonly Member[];
  readonly createdMs: number;
  readonly modifiedMs: number;
}

/** The seats that can be given. */
export const seatNames = ['Full', 'Dev', 'Collab', 'View'] as const;

/** Whether a role is the seat. */
export function isSeat(role: Role): boolean {
  return role.type.toLowerCase() === 'seattype';
}

/** The seat in the attributes of a user, if there is one. */
export function seatOf(attributes: Pick<UserAttributes, 'roles'>): string | undefined {
  return attributes.roles?.find(isSeat)?.value;
}
