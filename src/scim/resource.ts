/** An object of the service's JSON, of which nothing is known yet. */
export type Resource = Readonly<Record<string, unknown>>;

export function isResource(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The key under which `resource` holds `name`: exactly, else without case, since attribute names have none (RFC 7643, 2.1). */
export function keyOf(resource: Resource, name: string): string | undefined {
  if (Object.hasOwn(resource, name)) return name;
  const folded = name.toLowerCase();
  return Object.keys(resource).find((key) => key.toLowerCase() === folded);
}

/** The value of an attribute, or undefined. Never reads what `resource` does not hold itself. */
export function property(resource: Resource, name: string): unknown {
  const key = keyOf(resource, name);
  return key === undefined ? undefined : resource[key];
}

/** The object under `name`; an empty one where there is none. */
export function part(resource: Resource, name: string): Resource {
  const value = property(resource, name);
  return isResource(value) ? value : {};
}

/** Text as it is compared: numbers become text; "", null and all else are absent. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** A boolean that may come as text or number: `"False"` is not true (scim-client rule 13). Anything else is undefined. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = textOf(value)?.trim().toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

/** The entries of a multi-valued attribute; a single value counts as a list of one (Figma sends `emails` as an object). */
export function entriesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}

/**
 * The id of a resource, or undefined where it has none that can be used. Ids are opaque text; a number is taken only while it is exact,
 * since Figma's ids are beyond 2^53. `.` and `..` would change the path, half a surrogate pair cannot be encoded.
 */
export function idOf(resource: unknown): string | undefined {
  if (!isResource(resource)) return undefined;
  const value = property(resource, 'id');
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && isUsableId(id) ? id : undefined;
}

function isUsableId(id: string): boolean {
  return id !== '' && id !== '.' && id !== '..' && !/\p{Surrogate}/u.test(id);
}
