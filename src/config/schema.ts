import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import schema from '../../schemas/seatform.v1.schema.json' with { type: 'json' };
import type { Mapping } from './tree.ts';

/** The lists of a file, by their keys, and what checks an entry of each. */
type Lists = ReadonlyMap<string, ValidateFunction>;

let compiled: { readonly file: ValidateFunction; readonly lists: Lists } | undefined;

/**
 * Every way in which the value of a file departs from the JSON schema, in ajv's words; nothing if it agrees. The entries of the long lists are
 * checked one by one, since ajv copies all errors so far for each faulty entry that it checks itself.
 */
export function schemaErrors(value: Mapping): readonly ErrorObject[] {
  compiled ??= compile();
  const errors = errorsOf(compiled.file, value, '');
  for (const [key, validate] of compiled.lists) {
    const list = value[key];
    if (!Array.isArray(list)) continue;
    for (let index = 0; index < list.length; index += 1) {
      for (const error of errorsOf(validate, list[index], `/${key}/${index}`)) errors.push(error);
    }
  }
  return errors;
}

function errorsOf(validate: ValidateFunction, value: unknown, pointer: string): ErrorObject[] {
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  for (const error of errors) error.instancePath = pointer + error.instancePath;
  return errors;
}

function compile(): NonNullable<typeof compiled> {
  const ajv = new Ajv({ allErrors: true, verbose: true, strictTypes: false });
  ajv.addVocabulary(['defaultSnippets', 'enumDescriptions']);
  const { users, groups } = schema.properties;
  const entryless = { ...schema, properties: { ...schema.properties, users: { type: users.type }, groups: { type: groups.type } } };
  const { definitions } = schema;
  const lists = { users: { ...users.items, definitions }, groups: { ...groups.items, definitions } };
  return { file: ajv.compile(entryless), lists: new Map(Object.entries(lists).map(([key, list]) => [key, ajv.compile(list)])) };
}
