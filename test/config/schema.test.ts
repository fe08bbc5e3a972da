import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import schema from '../../schemas/seatform.v1.schema.json' with { type: 'json' };
import { load } from '../../src/config/load.ts';
import { userAttributeNames } from '../../src/model/directory.ts';
import { defaultLimits, defaultPolicy, limitNames, notByKinds } from '../../src/model/policy.ts';
import { whereAttributes } from '../../src/model/where.ts';
import { faults } from './shown.ts';

interface Shape {
  readonly type?: string;
  readonly additionalProperties?: boolean;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly [key: string]: unknown;
}

/** Every shape in the schema with the path that leads to it. */
function shapes(shape: Shape, path: string): readonly (readonly [path: string, shape: Shape])[] {
  const children = [...Object.entries(shape.properties ?? {}), ...Object.entries((shape['definitions'] ?? {}) as Record<string, Shape>)];
  return [[path, shape] as const].concat(children.flatMap(([key, child]) => shapes(child, `${path}.${key}`)));
}

const all = shapes(schema, 'file');

test('no mapping takes unknown keys', () => {
  const open = all.filter(([, shape]) => shape.type === 'object' && shape.additionalProperties !== false);
  expect(open.map(([path]) => path)).toEqual([]);
});

test('everything is described', () => {
  expect(all.filter(([, shape]) => shape.description === undefined && shape['$ref'] === undefined).map(([path]) => path)).toEqual([]);
});

test('a user can have every attribute of the model, and besides only what is never sent to Figma', () => {
  const { user } = schema.definitions;
  const keys = Object.entries(user.properties).flatMap(([key, shape]: [string, Shape]) =>
    shape.properties ? Object.keys(shape.properties).map((part) => `${key}.${part}`) : [key],
  );
  expect(keys.toSorted()).toEqual([...userAttributeNames, 'previously', 'github'].toSorted());
});

/** Somebody whom every rule and grant of the examples can mean. */
const users = [
  { userName: 'ada@example.com', department: 'Design', seat: 'Dev' },
  { userName: 'grace@example.com', seat: 'Dev' },
];
const groups = [{ displayName: 'Design Systems', members: [] }];

/** A file about a part of the schema. */
const filesAbout: Record<string, (part: unknown) => object> = {
  user: (user) => ({ version: 1, users: [user] }),
  group: (group) => ({ version: 1, users, groups: [group] }),
  grant: (grant) => ({ version: 1, users, groups, grants: [grant] }),
  organization: (organization) => ({ version: 1, organization, users }),
  budget: (budget) => ({ version: 1, organization: { budgets: [budget] }, users }),
  default: (entry) => ({ version: 1, organization: { defaults: [entry] }, users }),
  pool: (pool) => ({ version: 1, organization: { seats: { Full: pool } }, users }),
  where: (where) => ({ version: 1, organization: { budgets: [{ name: 'A', where, seats: { Full: 1 } }] }, users }),
};
for (const key of Object.keys(schema.definitions.organization.properties)) {
  filesAbout[`organization.${key}`] = (part) => ({ version: 1, organization: { [key]: part }, users });
}
for (const key of ['grants', 'groups'] as const) filesAbout[key] = (part) => ({ version: 1, users, groups, [key]: part });

/** A part of the schema by the name under which `filesAbout` has it. */
function part(name: string): Shape {
  const definitions = schema.definitions as unknown as Readonly<Record<string, Shape>>;
  const [first = '', second] = name.split('.');
  const shape = definitions[first] ?? (schema.properties as unknown as Readonly<Record<string, Shape>>)[first];
  return (second === undefined ? shape : shape?.properties?.[second]) ?? {};
}

test('policies can have every key of the model', () => {
  const keysOf = (name: string) => Object.keys(part(name).properties ?? {});
  expect(keysOf('organization.limits').toSorted()).toEqual(limitNames.toSorted());
  for (const [key, value] of Object.entries(defaultLimits)) {
    const written = 'percent' in value ? `${value.percent}%` : value.count;
    expect(part('organization.limits').properties?.[key]?.['default']).toBe(written);
  }
  const attributes = keysOf('where').flatMap((key) => (key === 'manager' ? ['manager.value', 'manager.displayName'] : [key]));
  expect(attributes.toSorted()).toEqual([...whereAttributes].toSorted());
});

test('the separation of duties can have every word of the model, and says what holds where nothing is written', () => {
  const { approvals, notBy } = schema.definitions.organization.properties.separation.properties;
  expect(notBy.items.enum).toEqual(notByKinds);
  expect({ approvals: approvals.default, notBy: notBy.default }).toEqual(defaultPolicy.separation);
});

const examples = Object.fromEntries(
  Object.entries(filesAbout).map(([name, file]) => [name, ((part(name)['examples'] ?? []) as readonly unknown[]).map((one) => file(one))]),
);

test('the examples of a file are correct', () => {
  for (const file of schema.examples) expect(faults(load([{ path: 'a.yaml', text: stringify(file) }]))).toEqual([]);
});

test.each(Object.entries(examples))('the examples of %s are correct', (_, files) => {
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(faults(load([{ path: 'a.yaml', text: stringify(file) }]))).toEqual([]);
});

/** What an editor inserts: each place to fill in with what it suggests. */
function inserted(body: unknown): unknown {
  const filled = JSON.stringify(body).replaceAll(
    /\$\{\d+(?::([^}]*)|\|([^,|]*)[^}]*\|)\}/g,
    (_, suggestion?: string, choice?: string) => suggestion ?? choice ?? '',
  );
  return JSON.parse(filled);
}

test('what editors insert is correct', () => {
  const files = schema.defaultSnippets.map(({ body }) => inserted(body));
  const parts = Object.entries(filesAbout).flatMap(([name, file]) => {
    const snippets = (part(name)['defaultSnippets'] ?? []) as readonly { readonly body: unknown }[];
    return snippets.map(({ body }) => file(inserted(body)));
  });
  expect(parts.length).toBeGreaterThan(20);
  for (const file of [...files, ...parts]) expect(faults(load([{ path: 'a.yaml', text: stringify(file) }]))).toEqual([]);
});
