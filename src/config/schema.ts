import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import schema from '../../schemas/seatform.v1.schema.json' with { type: 'json' };
import { dayOf } from '../model/day.ts';
import type { Mapping } from './tree.ts';

/** A list of a file by the keys that lead to it, and what checks an entry of it. */
interface List {
  readonly path: readonly string[];
  readonly validate: ValidateFunction;
}

let compiled: { readonly file: ValidateFunction; readonly lists: readonly List[] } | undefined;

/**
 * Every way in which the value of a file departs from the JSON schema, in ajv's words; nothing if it agrees. The entries of the long lists are
 * checked one by one, since ajv copies all errors so far for each faulty entry that it checks itself.
 */
export function schemaErrors(value: Mapping): readonly ErrorObject[] {
  compiled ??= compile();
  const errors = errorsOf(compiled.file, value, '');
  for (const { path, validate } of compiled.lists) {
    const list = path.reduce<unknown>((holder, key) => (isMapping(holder) ? holder[key] : undefined), value);
    if (!Array.isArray(list)) continue;
    for (let index = 0; index < list.length; index += 1) {
      for (const error of errorsOf(validate, list[index], `/${path.join('/')}/${index}`)) errors.push(error);
    }
  }
  return errors;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What `if` says is said again, with its place, by what it leads to. */
function errorsOf(validate: ValidateFunction, value: unknown, pointer: string): ErrorObject[] {
  if (validate(value)) return [];
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  for (const error of errors) error.instancePath = pointer + error.instancePath;
  return errors;
}

function compile(): NonNullable<typeof compiled> {
  const ajv = new Ajv({ allErrors: true, verbose: true, strictTypes: false });
  ajv.addVocabulary(['defaultSnippets', 'enumDescriptions']);
  ajv.addFormat('date', { type: 'string', validate: (text: string) => dayOf(text) !== undefined });
  const { definitions, properties } = schema;
  const { organization } = definitions;
  const { users, groups, grants } = properties;
  const { budgets, defaults } = organization.properties;
  const entryless = {
    ...schema,
    properties: { ...properties, users: bare(users), groups: bare(groups), grants: bare(grants) },
    definitions: {
      ...definitions,
      organization: { ...organization, properties: { ...organization.properties, budgets: bare(budgets), defaults: bare(defaults) } },
    },
  };
  const list = (path: readonly string[], { items }: { readonly items: object }): List => ({
    path,
    validate: ajv.compile({ ...items, definitions }),
  });
  return {
    file: ajv.compile(entryless),
    lists: [
      list(['organization', 'budgets'], budgets),
      list(['organization', 'defaults'], defaults),
      list(['users'], users),
      list(['groups'], groups),
      list(['grants'], grants),
    ],
  };
}

/** A list without a word about its entries. */
function bare({ type }: { readonly type: string }): object {
  return { type };
}
