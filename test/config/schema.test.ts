import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import schema from '../../schemas/seatform.v1.schema.json' with { type: 'json' };
import { load } from '../../src/config/load.ts';
import { userAttributeNames } from '../../src/model/directory.ts';
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

test('a user can have every attribute of the model, and no other', () => {
  const { user } = schema.definitions;
  const keys = Object.entries(user.properties).flatMap(([key, shape]: [string, Shape]) =>
    shape.properties ? Object.keys(shape.properties).map((part) => `${key}.${part}`) : [key],
  );
  expect(keys.toSorted()).toEqual([...userAttributeNames, 'previously'].toSorted());
});

const examples = {
  file: schema.examples,
  user: schema.definitions.user.examples.map((user) => ({ version: 1, users: [user] })),
  group: schema.definitions.group.examples.map((group) => ({ version: 1, users: [{ userName: 'ada@example.com' }], groups: [group] })),
};

test.each(Object.entries(examples))('the examples of a %s are correct', (_, files) => {
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
  const users = schema.definitions.user.defaultSnippets.map(({ body }) => ({ version: 1, users: [inserted(body)] }));
  for (const file of [...files, ...users]) expect(faults(load([{ path: 'a.yaml', text: stringify(file) }]))).toEqual([]);
});
