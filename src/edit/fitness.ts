/**
 * What a configuration can hold, so that import writes nothing that `validate` then refuses. These are the limits of
 * `schemas/seatform.v1.schema.json`; the tests load what import wrote.
 */
import { seatRank, type UserAttribute, type Value } from '../model/directory.ts';

/** Members that one group may list. */
export const mostMembers = 5000;

const address = /^[^@,;<>\s\u200c\u200d]+@[^@,;<>\s\u200c\u200d]+$/u;
const tenant = /^(?!\.{1,2}$)[^/?#\s]+$/u;
/** What `validate` refuses in any text: control characters and those that nobody sees. */
const unwritable = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/u;

/** Why a configuration cannot hold this value of a user's attribute; nothing if it can. */
export function unfitness(attribute: UserAttribute, value: Value): string | undefined {
  if (typeof value === 'boolean') return undefined;
  if (attribute === 'seat') return seatRank(value) === -1 ? 'a seat type that seatform does not know' : undefined;
  if (attribute === 'userName') return address.test(value) ? textUnfitness(value, 100) : 'no e-mail address';
  return textUnfitness(value, attribute === 'displayName' ? 100 : 255);
}

/** Why a configuration cannot hold this text; nothing if it can. `most` counts code points. */
export function textUnfitness(text: string, most: number): string | undefined {
  if (unwritable.test(text)) return 'it holds invisible characters';
  return text.length > most && Array.from(text).length > most ? `longer than ${most} characters` : undefined;
}

/** Whether a configuration can name this tenant. */
export function isTenantId(text: string): boolean {
  return tenant.test(text) && textUnfitness(text, 255) === undefined;
}
