/** Figma's seat types, lowest first. Source: Figma's SCIM documentation, `roles` of type `seatType`. */
export const seats = ['View', 'Collab', 'Dev', 'Full'] as const;

export type Seat = (typeof seats)[number];

/** Where a seat stands among the others: 0 for View to 3 for Full, -1 for none and for a type that Figma may add later. */
export function seatRank(seat: string | undefined): number {
  return (seats as readonly (string | undefined)[]).indexOf(seat);
}

/** Whether one seat is lower than another; a type that Figma may add later counts as higher than all but Full, so that giving it up is a loss. */
export function isLowerSeat(seat: string | undefined, than: string | undefined): boolean {
  if (seat === undefined || than === undefined || seat === than) return false;
  const rank = seatRank(seat);
  return rank !== -1 && rank < (seatRank(than) === -1 ? seatRank('Full') : seatRank(than));
}

/** The seat type that a service means by `value`, whatever its case (Figma has answered `view`); a type of its own is kept as it is. */
export function seatNamed(value: string): string {
  return seats.find((seat) => seat.toLowerCase() === value.toLowerCase()) ?? value;
}

/** What a value of an attribute can be. */
export type Value = string | boolean;

/** A user as seatform manages one: the leaves of the SCIM resource by their path. Absent, null and "" are one state on the live side: absent. */
export interface User {
  userName: string;
  active: boolean;
  seat: string;
  figmaAdmin: boolean;
  externalId: string;
  displayName: string;
  'name.givenName': string;
  'name.familyName': string;
  title: string;
  employeeNumber: string;
  costCenter: string;
  organization: string;
  division: string;
  department: string;
  'manager.value': string;
  'manager.displayName': string;
}

export type UserAttribute = keyof User;

/**
 * How each attribute travels: `patch` alone can change it (seat, admin, active), or it needs the whole resource (`put`).
 * The order is the order in which edits are shown.
 */
export const userAttributes: Readonly<Record<UserAttribute, 'put' | 'patch'>> = {
  userName: 'put',
  active: 'patch',
  seat: 'patch',
  figmaAdmin: 'patch',
  externalId: 'put',
  displayName: 'put',
  'name.givenName': 'put',
  'name.familyName': 'put',
  title: 'put',
  employeeNumber: 'put',
  costCenter: 'put',
  organization: 'put',
  division: 'put',
  department: 'put',
  'manager.value': 'put',
  'manager.displayName': 'put',
};

/** The attributes in the order in which they are shown. */
export const userAttributeNames = Object.keys(userAttributes) as readonly UserAttribute[];

/** A group's own attributes; its membership is a set of users beside them. */
export interface Group {
  displayName: string;
  externalId: string;
}

/** A user's name as it is compared: without case, in one Unicode form. Writes send the form that was declared. */
export type UserName = string & { readonly comparable: 'UserName' };

/** A group's name as it is compared: with case and in one Unicode form, since Figma links groups to workspaces by their exact name. */
export type GroupName = string & { readonly comparable: 'GroupName' };

export function userNameOf(name: string): UserName {
  return name.normalize('NFC').toLowerCase() as UserName;
}

export function groupNameOf(name: string): GroupName {
  return name.normalize('NFC') as GroupName;
}

/**
 * Whether a wanted and a live value of one attribute are the same state: "" wants absence, and an absent `figmaAdmin` grants nothing.
 * A `userName` is the same in another case, and any text in another Unicode form.
 */
export function sameValue(attribute: string, want: Value | undefined, have: Value | undefined): boolean {
  if (attribute === 'figmaAdmin') return (want ?? false) === (have ?? false);
  if (attribute === 'userName') return userNameOf(String(want ?? '')) === userNameOf(String(have ?? ''));
  return text(want) === text(have);
}

function text(value: Value | undefined): string {
  return String(value ?? '').normalize('NFC');
}

/** How the service addresses an object; opaque to all but `scim/` and the JSON's `remote_id`. */
export interface RemoteRef {
  readonly id: string;
}
