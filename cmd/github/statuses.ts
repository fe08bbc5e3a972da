import { succeed, type Result } from '../../src/model/diagnostic.ts';
import type { Hub } from './octokit.ts';

/** The most characters that GitHub takes for the description of a status. */
const longest = 140;

/** A status of success on a commit; the description is cut to what GitHub takes. */
export interface Status {
  readonly context: string;
  readonly description: string;
  /** Where the status leads, such as the run that set it. */
  readonly targetUrl?: string | undefined;
}

/** Sets a status of success on a commit. */
export async function setStatus(hub: Hub, sha: string, { context, description, targetUrl }: Status): Promise<Result<void>> {
  const answer = await hub.rest('POST /repos/{owner}/{repo}/statuses/{sha}', {
    sha,
    state: 'success',
    context,
    description: cut(description),
    ...(targetUrl !== undefined && { target_url: targetUrl }),
  });
  return answer.ok ? succeed(undefined) : answer;
}

function cut(text: string): string {
  if (text.length <= longest) return text;
  // A character outside the basic plane is two units, and half of one is no text.
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
