import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { accountOf, type Account } from './account.ts';
import type { Hub } from './octokit.ts';
import { recordOf, refusal, textOf, trouble } from './trouble.ts';

/** A status that a commit has. */
export interface Status {
  readonly state: string;
  readonly description: string;
  /** When it was set, by GitHub’s clock, as GitHub writes it. */
  readonly at: string;
  readonly creator: Account;
}

/** All statuses of a context that were ever set on a commit, newest first. */
export async function listStatuses(hub: Hub, sha: string, context: string): Promise<Result<readonly Status[]>> {
  const listed = await hub.pages('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { ref: sha });
  if (!listed.ok) return listed;
  return succeed(
    listed.value
      .map(recordOf)
      .filter((status) => status['context'] === context)
      .map((status) => ({
        state: textOf(status['state']),
        description: textOf(status['description']),
        at: textOf(status['created_at']),
        creator: accountOf(status['creator']),
      })),
  );
}

/** The most characters that GitHub takes for the description of a status. */
const longest = 140;

/** A status of success that is to be set. */
export interface NewStatus {
  readonly context: string;
  /** At most 140 characters; a longer one is a bug of the caller, since a cut one could say something else. */
  readonly description: string;
  /** Where the status leads, such as the run that set it. */
  readonly targetUrl?: string | undefined;
}

/** Sets a status of success on a commit. */
export async function setStatus(hub: Hub, sha: string, { context, description, targetUrl }: NewStatus): Promise<Result<void>> {
  // GitHub counts characters, of which one may be two units.
  if (Array.from(description).length > longest) throw new RangeError(`the description of a status has more than ${longest} characters`);
  const status = { state: 'success', context, description, ...(targetUrl !== undefined && { target_url: targetUrl }) };
  const answer = await hub.rest('POST /repos/{owner}/{repo}/statuses/{sha}', { sha, ...status }, [422]);
  if (!answer.ok) return answer;
  const { status: code, data } = answer.value;
  if (code !== 422) return succeed(undefined);
  return fail(isFull(data) ? full(sha, context) : refusal(`POST /repos/${hub.owner}/${hub.repo}/statuses/${sha}`, code, data, undefined));
}

/** Whether GitHub refused a status because it keeps at most 1,000 of a context on a commit. */
function isFull(data: unknown): boolean {
  const { message, errors } = recordOf(data);
  const reasons = Array.isArray(errors)
    ? errors.map((error) => (typeof error === 'string' ? error : textOf(recordOf(error)['message'])))
    : [];
  return [textOf(message), ...reasons].some((reason) => /maximum number of statuses/i.test(reason));
}

function full(sha: string, context: string) {
  const message = `the commit ${sha.slice(0, 7)} can take no more statuses \`${context}\`: GitHub keeps at most 1,000`;
  return trouble(message, 'push an empty commit: the next run marks that one');
}
