import type { Ways } from '../../src/render/comment/ways.ts';
import type { Host } from '../host.ts';
import type { Scene } from './scene.ts';

/** Where a reader of what an apply says can go on. */
export function linksFor({ host: { env }, repository, hub }: Pick<Scene, 'host' | 'repository' | 'hub'>): Ways {
  return { guide: guideOf(env), workflow: workflowOf(env['GITHUB_WORKFLOW_REF'], `${hub.owner}/${hub.repo}`, repository.url) };
}

/** The page on recovery in the very version of the Action that runs; the runner names that. */
export function guideOf(env: Host['env']): string | undefined {
  const [repository = '', ref = ''] = [env['GITHUB_ACTION_REPOSITORY'], env['GITHUB_ACTION_REF']];
  const isKnown = /^[\w-]+\/[\w.-]+$/.test(repository) && /^[\w.-]+(?:\/[\w.-]+)*$/.test(ref);
  return isKnown ? `https://github.com/${repository}/blob/${ref}/docs/recovery.md` : undefined;
}

/** The page of a workflow of this repository, by what the runner calls it: `acme/figma/.github/workflows/figma-apply.yml@refs/heads/main`. */
function workflowOf(ref: string | undefined, name: string, url: string): string | undefined {
  const [, repository = '', file] = /^([^/]+\/[^/]+)\/\.github\/workflows\/([\w.-]+\.ya?ml)@/.exec(ref ?? '') ?? [];
  return file !== undefined && repository.toLowerCase() === name.toLowerCase() ? `${url}/actions/workflows/${file}` : undefined;
}
