import { userAttributeNames, type Value } from '../model/directory.ts';
import type { LiveUser } from '../model/live.ts';
import { unfitness } from './fitness.ts';
import { comment, scalar } from './scalar.ts';

/** Attributes of an entry, in the order in which they are written. Nobody writes `active`: import lists only those who are. */
const written = userAttributeNames.filter((attribute) => attribute !== 'userName' && attribute !== 'active');

/** The longest live value that a comment repeats. */
const mostRepeated = 120;

/** A user as lines of the list under `users:`, with exactly the attributes that are live; one that cannot be written is a comment. */
export function userEntry({ attributes }: LiveUser): readonly string[] {
  const reason = unfitness('userName', attributes.userName);
  if (reason !== undefined) return [comment(`not listed: userName ${repeated(attributes.userName)} (${reason})`, 2)];
  const lines = [`  - userName: ${scalar(attributes.userName)}`];
  let parent = '';
  for (const attribute of written) {
    const value = attributes[attribute];
    if (value === undefined) continue;
    const reason = unfitness(attribute, value);
    if (reason !== undefined) {
      lines.push(comment(`${attribute} ${repeated(String(value))} is left out (${reason})`, 4));
      continue;
    }
    const [outer = '', inner] = attribute.split('.');
    if (inner !== undefined && outer !== parent) lines.push(`    ${outer}:`);
    parent = inner === undefined ? '' : outer;
    lines.push(inner === undefined ? `    ${outer}: ${valueText(value)}` : `      ${inner}: ${valueText(value)}`);
  }
  return lines;
}

/** Whether a configuration can name this user. */
export function isNameable({ attributes }: LiveUser): boolean {
  return unfitness('userName', attributes.userName) === undefined;
}

/** A live text as a comment repeats it: in quotes, cut where it is very long. */
export function repeated(text: string): string {
  const characters = Array.from(text);
  return JSON.stringify(characters.length > mostRepeated ? `${characters.slice(0, mostRepeated).join('')}…` : text);
}

function valueText(value: Value): string {
  return typeof value === 'boolean' ? String(value) : scalar(value);
}
