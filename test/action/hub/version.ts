import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

/** The version of the REST API that names the merge commit of a pull request. */
export const oldestVersion = '2022-11-28';

const newestVersion = '2026-03-10';

/** The version of the REST API that answers a request with this header; GitHub refuses one that it does not know. */
export function versionFor(world: World, asked: string | undefined): string {
  if (asked === undefined) {
    return world.setup.newestApiVersion ? newestVersion : oldestVersion;
  }
  if (asked !== oldestVersion && asked !== newestVersion) {
    throw new Refusal(400, `The API version ${asked} is not supported.`);
  }
  return asked;
}
