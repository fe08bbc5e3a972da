/** What a connection of GraphQL is asked for. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** An error of GraphQL with the `type` that GitHub gives it. */
export class GraphProblem extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** The page of a list that is asked for, by GitHub's rules: a size has to be given and is at most 100. */
export function connection<T>(name: string, items: readonly T[], page: PageArguments, nodeOf: (item: T) => object, salt = 'cursor') {
  const { first, last, after, before } = page;
  if (typeof first !== 'number' && typeof last !== 'number') {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    throw new GraphProblem('MISSING_PAGINATION_BOUNDARIES', message);
  }
  checkSize(name, 'first', first);
  checkSize(name, 'last', last);
  const indexOf = (cursor: string) => indexAt(cursor, salt);
  let start = typeof after === 'string' ? indexOf(after) + 1 : 0;
  let end = typeof before === 'string' ? indexOf(before) : items.length;
  if (typeof first === 'number') {
    end = Math.min(end, start + first);
  }
  if (typeof last === 'number') {
    start = Math.max(start, end - last);
  }
  const shown = items.slice(start, end);
  const cursorOf = (at: number) => Buffer.from(`${salt} ${at}`).toString('base64');
  return {
    totalCount: items.length,
    nodes: () => shown.map(nodeOf),
    edges: () => shown.map((item, at) => ({ cursor: cursorOf(start + at), node: () => nodeOf(item) })),
    pageInfo: {
      hasNextPage: start + shown.length < items.length,
      hasPreviousPage: start > 0 && items.length > 0,
      startCursor: shown.length === 0 ? null : cursorOf(start),
      endCursor: shown.length === 0 ? null : cursorOf(start + shown.length - 1),
    },
  };
}

function checkSize(name: string, argument: 'first' | 'last', size: number | null | undefined): void {
  if (typeof size === 'number' && size > 100) {
    const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`${argument}\` limit of 100 records.`;
    throw new GraphProblem('EXCESSIVE_PAGINATION', message);
  }
  if (typeof size === 'number' && size < 0) {
    throw new GraphProblem('ARGUMENT_LIMIT', `\`${argument}\` on the \`${name}\` connection cannot be less than zero.`);
  }
}

function indexAt(cursor: string, salt: string): number {
  const text = Buffer.from(cursor, 'base64').toString('utf8');
  const index = Number(text.slice(salt.length + 1));
  if (!text.startsWith(`${salt} `) || !Number.isInteger(index)) {
    throw new GraphProblem('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  }
  return index;
}
