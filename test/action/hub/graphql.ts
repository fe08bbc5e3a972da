import { schema as github } from '@octokit/graphql-schema';
import {
  buildSchema,
  execute,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { Reply } from './call.ts';
import { GraphProblem } from './connection.ts';
import { mostNodes, possibleNodes } from './cost.ts';
import { rootNode } from './node-root.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

let built: GraphQLSchema | undefined;

/** What the GraphQL API answers: 200 with `errors` for everything that is wrong, over GitHub's own public schema. */
export async function runQuery(world: World, { query, variables, operationName }: Readonly<Record<string, unknown>>): Promise<Reply> {
  if (typeof query !== 'string') {
    return { status: 400, body: { message: 'A query attribute must be specified and must be a string.' } };
  }
  // It takes a second to build, so only those who ask pay for it, once.
  built ??= buildSchema(github.idl, { assumeValid: true });
  const document = parsed(query);
  if (document instanceof GraphQLError) {
    return { status: 200, body: { errors: [shown(document)] } };
  }
  const faults = validate(built, document);
  if (faults.length > 0) {
    return { status: 200, body: { errors: faults.map(shown) } };
  }
  const given = isRecord(variables) ? variables : {};
  const nodes = possibleNodes(document, given);
  if (nodes > mostNodes) {
    const message = `This query requests up to ${nodes.toLocaleString('en')} possible nodes which exceeds the maximum limit of 500,000.`;
    return { status: 200, body: { errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message }] } };
  }
  const result = await execute({
    schema: built,
    document,
    rootValue: rootNode(world),
    contextValue: world,
    variableValues: given,
    operationName: typeof operationName === 'string' ? operationName : null,
    fieldResolver: resolve,
  });
  const { data, errors } = result;
  return { status: 200, body: { ...(data === undefined ? {} : { data }), ...(errors === undefined ? {} : { errors: errors.map(shown) }) } };
}

const resolve: GraphQLFieldResolver<unknown, World> = (source, args: object, world, { fieldName, fieldNodes, parentType }) => {
  if (!isRecord(source) || !(fieldName in source)) {
    throw world.unplayed(`${parentType.name}.${fieldName}`);
  }
  // What the query says, without what the schema adds where it says nothing.
  const names = new Set(fieldNodes.flatMap((node) => (node.arguments ?? []).map(({ name }) => name.value)));
  const given = Object.fromEntries(Object.entries(args).filter(([name]) => names.has(name)));
  const value = source[fieldName];
  const [argument] = Object.keys(given);
  if (typeof value !== 'function' && argument !== undefined) {
    throw world.unplayed(`${parentType.name}.${fieldName}(${argument}:)`);
  }
  return typeof value === 'function' ? (value as (given: object) => unknown)(given) : value;
};

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) {
      return error;
    }
    throw error;
  }
}

function shown(error: GraphQLError): object {
  const { originalError, message, path, locations } = error;
  const type = originalError instanceof GraphProblem ? originalError.type : originalError instanceof Refusal ? 'FORBIDDEN' : undefined;
  return { ...(type === undefined ? {} : { type }), ...(path === undefined ? {} : { path }), locations, message };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
