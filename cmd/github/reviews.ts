import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { accountOf, type Account } from './account.ts';
import type { Hub } from './octokit.ts';
import { numberOf, recordOf, textOf, trouble } from './trouble.ts';

const states = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'] as const;

/** A review of a pull request. One that was dismissed keeps the time at which it was submitted. */
export interface Review {
  readonly id: number;
  readonly author: Account;
  readonly state: (typeof states)[number];
  /** GitHub’s own time, as it writes it. */
  readonly submittedAt: string;
  /** The commit that was reviewed; absent where it is gone. */
  readonly commit?: string;
}

/** All reviews of a pull request that were submitted, in the order of that; what somebody still writes is not among them. */
export async function readReviews(hub: Hub, number: number): Promise<Result<readonly Review[]>> {
  const listed = await hub.pages('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', { pull_number: number });
  if (!listed.ok) return listed;
  const reviews = listed.value
    .map(recordOf)
    .filter((data) => data['state'] !== 'PENDING')
    .map(reviewOf);
  const known = reviews.filter((review) => review !== undefined);
  if (known.length !== reviews.length) return fail(trouble(`GitHub listed the reviews of #${number} in a form that is not known`));
  return succeed(known.toSorted((a, b) => Date.parse(a.submittedAt) - Date.parse(b.submittedAt) || a.id - b.id));
}

/** Dismisses a review and says why. `not-allowed`: GitHub does not let this token do it, or there is nothing to dismiss. */
export async function dismissReview(hub: Hub, number: number, id: number, message: string): Promise<Result<'dismissed' | 'not-allowed'>> {
  const route = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals';
  const answer = await hub.rest(route, { pull_number: number, review_id: id, message, event: 'DISMISS' }, [403, 404, 422]);
  if (!answer.ok) return answer;
  if (answer.value.status < 400) return succeed('dismissed');
  if (answer.value.status !== 422) return succeed('not-allowed');
  // GitHub refuses a second dismissal, and the answer to the first may have been lost.
  const read = await readReviews(hub, number);
  if (!read.ok) return read;
  return succeed(read.value.some((review) => review.id === id && review.state === 'DISMISSED') ? 'dismissed' : 'not-allowed');
}

/** What is known of who may write, as long as the hub is in use. */
const accesses = new WeakMap<Hub, Map<string, boolean>>();

/** Whether somebody may write to the repository, by role, team or organization; asked once for each hub and login. */
export async function hasWriteAccess(hub: Hub, login: string): Promise<Result<boolean>> {
  const known = accesses.get(hub) ?? new Map<string, boolean>();
  accesses.set(hub, known);
  const name = login.toLowerCase();
  const before = known.get(name);
  if (before !== undefined) return succeed(before);
  const answer = await hub.rest('GET /repos/{owner}/{repo}/collaborators/{username}/permission', { username: login }, [404]);
  if (!answer.ok) return answer;
  const { status, data } = answer.value;
  // GitHub calls every role that may write `write` or `admin` here, those that an organization made too.
  const { permission } = recordOf(data);
  const hasAccess = status < 400 && (permission === 'admin' || permission === 'write');
  known.set(name, hasAccess);
  return succeed(hasAccess);
}

function reviewOf(data: Readonly<Record<string, unknown>>): Review | undefined {
  const [id, submittedAt, commit] = [numberOf(data['id']), textOf(data['submitted_at']), textOf(data['commit_id'])];
  const state = states.find((name) => name === data['state']);
  if (id === undefined || state === undefined || Number.isNaN(Date.parse(submittedAt))) return undefined;
  return { id, author: accountOf(data['user']), state, submittedAt, ...(commit !== '' && { commit }) };
}
