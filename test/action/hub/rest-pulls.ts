import { existing, found, paged, type Call, type Reply, type Route } from './call.ts';
import { headOf } from './pulls.ts';
import { pullShape } from './shapes.ts';
import { oldestVersion } from './version.ts';
import type { World } from './world.ts';

/** Pull requests and what they change. */
export const pullRoutes: readonly Route[] = [
  ['GET pulls/([0-9]+)', readPull],
  ['GET pulls/([0-9]+)/files', listFiles],
];

function readPull(world: World, { version }: Call, [number]: readonly string[]): Reply {
  world.demand('read', 'pull-requests');
  return found(pullShape(world, existing(world.pulls, number), version === oldestVersion));
}

/** What the commits of a pull request change, seen from where they left the base. */
function listFiles(world: World, call: Call, [number]: readonly string[]): Reply {
  world.demand('read', 'pull-requests');
  const pull = existing(world.pulls, number);
  const [head, base] = [headOf(world, pull), pull.merged === undefined ? pull.base : `${pull.merged.sha}^1`];
  const fork = world.git.run(['merge-base', base, head]).trim();
  const names = world.git
    .run(['diff', '--name-only', '-z', fork, head])
    .split('\0')
    .filter((name) => name !== '');
  return paged(
    world,
    call,
    names.map((filename) => ({ filename, status: 'modified' })),
  );
}
