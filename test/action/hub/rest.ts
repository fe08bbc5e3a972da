import { found, paged, type Call, type Reply, type Route } from './call.ts';
import { inaccessible, invalid, notFound, Refusal } from './refusal.ts';
import { gitRoutes } from './rest-git.ts';
import { issueRoutes } from './rest-issues.ts';
import { peopleRoutes } from './rest-people.ts';
import { pullRoutes } from './rest-pulls.ts';
import { reviewRoutes } from './rest-reviews.ts';
import { repositoryShape, statusShape } from './shapes.ts';
import { addStatus, contextsOf, rollup, statusesOf } from './talk.ts';
import type { Status, World } from './world.ts';

const states = ['error', 'failure', 'pending', 'success'] as const;

const routes = compiled([
  ['GET ', (world) => found(repositoryShape(world))],
  ['POST statuses/([0-9a-f]{40})', createStatus],
  ['GET commits/(.+)/statuses', listStatuses],
  // The address of old, which still works.
  ['GET statuses/(.+)', listStatuses],
  ['GET commits/([^/]+)/status', combinedStatus],
  ...gitRoutes,
  ...issueRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...peopleRoutes,
]);

/** What the REST API answers to a request for this path, which is decoded and without its query. */
export function answer(world: World, path: string, call: Omit<Call, 'path'>): Reply {
  if (call.method === 'GET' && path === '/user') {
    throw inaccessible();
  }
  const { repositoryId } = world.setup;
  const roots = [`/repos/${world.fullName.toLowerCase()}`, `/repositories/${repositoryId}`];
  const root = roots.find((root) => path.toLowerCase() === root || path.toLowerCase().startsWith(`${root}/`));
  if (root === undefined) {
    throw notFound();
  }
  const below = path.slice(root.length + 1);
  for (const { pattern, handler } of routes) {
    const match = pattern.exec(`${call.method} ${below}`);
    if (match !== null) {
      return handler(world, { ...call, path: below }, match.slice(1));
    }
  }
  throw notFound();
}

function createStatus(world: World, { body }: Call, [sha = '']: readonly string[]): Reply {
  world.demand('write', 'statuses');
  if (world.git.commit(sha) === undefined) {
    throw new Refusal(422, `No commit found for SHA: ${sha}`);
  }
  const state = states.find((one) => one === body['state']);
  if (state === undefined) {
    throw invalid('Status', 'state', 'custom', 'state is not included in the list');
  }
  const status = addStatus(world, {
    sha,
    state,
    context: textOr(body['context'], 'default') ?? 'default',
    description: textOr(body['description'], null),
    targetUrl: textOr(body['target_url'], null),
    createdAt: world.stamp(),
    creator: world.setup.viewer,
  });
  return { status: 201, body: statusShape(world, status) };
}

function listStatuses(world: World, call: Call, [ref = '']: readonly string[]): Reply {
  world.demand('read', 'statuses');
  return paged(world, call, shapes(world, statusesOf(world, commitOf(world, ref))));
}

function combinedStatus(world: World, _: Call, [ref = '']: readonly string[]): Reply {
  world.demand('read', 'statuses');
  const sha = commitOf(world, ref);
  const statuses = contextsOf(world, sha);
  return found({ sha, state: rollup(statuses), statuses: shapes(world, statuses), total_count: statuses.length });
}

function commitOf(world: World, ref: string): string {
  const sha = world.git.resolve(ref);
  if (sha === undefined) {
    throw new Refusal(422, `No commit found for SHA: ${ref}`);
  }
  return sha;
}

function shapes(world: World, statuses: readonly Status[]) {
  return statuses.map((status) => statusShape(world, status));
}

function textOr(value: unknown, otherwise: string | null): string | null {
  return typeof value === 'string' ? value : otherwise;
}

function compiled(routes: readonly Route[]) {
  return routes.map(([pattern, handler]) => ({ pattern: new RegExp(`^${pattern}$`), handler }));
}
