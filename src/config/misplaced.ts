import schema from '../../schemas/seatform.v1.schema.json' with { type: 'json' };
import { quoted } from './report.ts';
import type { Stop } from './route.ts';
import { nearestKey } from './suggest.ts';

const fileKeys = Object.keys(schema.properties);
const organizationKeys = Object.keys(schema.definitions.organization.properties);

/** The key of `organization` that a key at the top of a file was meant for, by its name or by a likeness of it. */
export function organizationKey(name: string): string | undefined {
  return organizationKeys.includes(name) ? name : nearestKey(name, organizationKeys);
}

/** What to do about a key that is known elsewhere than where it stands; `guess` is the key that it resembles here. */
export function misplaced(name: string, { path }: Stop, guess: string | undefined): string | undefined {
  if (path.length === 0) {
    if (guess !== undefined && !organizationKeys.includes(name)) return undefined;
    const key = organizationKey(name);
    if (key === undefined) return undefined;
    return key === name ? `${quoted(key)} belongs under \`organization\`` : `did you mean "${key}"? It belongs under \`organization\``;
  }
  const [section, part] = path;
  if (section === 'organization' && path.length === 1 && fileKeys.includes(name)) {
    return `${quoted(name)} belongs at the top of a file, beside \`organization\``;
  }
  const isPool = section === 'organization' && part === 'seats' && path.length === 2;
  if (isPool && name.toLowerCase() === 'view') return 'remove it: View is free of charge and has no pool';
  if (section === 'groups' && path.length === 2 && name === 'where') return 'did you mean "membersWhere"?';
  return undefined;
}
