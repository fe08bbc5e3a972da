import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { accountOf, sameAccount, type Account } from './account.ts';
import type { Answer } from './answer.ts';
import { createOnce, writtenSince } from './create.ts';
import type { Hub } from './octokit.ts';
import { isRecord, numberOf, recordOf, textOf, trouble } from './trouble.ts';

/** An issue of the repository; never a pull request. */
export interface Issue {
  readonly number: number;
  /** What GraphQL calls it. */
  readonly nodeId: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly author: Account;
  /** Where people see it. */
  readonly url: string;
  /** GitHub’s own times, as it writes them: when it was opened, and when anything of it was last changed. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The issues of one author, newest first: the open ones, or those that were closed too; an empty list where issues are disabled. */
export async function authoredIssues(hub: Hub, author: Account, state: 'open' | 'all'): Promise<Result<readonly Issue[]>> {
  const listed = await hub.pages('GET /repos/{owner}/{repo}/issues', { state, creator: author.login }, [410]);
  if (!listed.ok) return listed;
  const issues = listed.value.filter((data) => !isRecord(recordOf(data)['pull_request'])).map(issueOf);
  const known = issues.filter((issue) => issue !== undefined);
  if (known.length !== issues.length) return fail(trouble('GitHub listed the issues in a form that is not known'));
  return succeed(known.filter((issue) => sameAccount(issue.author, author)));
}

/** What a new issue says. */
export interface NewIssue {
  readonly title: string;
  readonly body: string;
}

/** Opens an issue as `by`, who the token belongs to. One whose answer was lost is looked for and not opened twice. */
export async function createIssue(hub: Hub, issue: NewIssue, by: Account): Promise<Result<Issue>> {
  const since = hub.now();
  const find = async () => {
    const listed = await authoredIssues(hub, by, 'all');
    return listed.ok ? succeed(writtenSince(listed.value, issue.body, by, since)) : listed;
  };
  return createOnce(hub, { route: 'POST /repos/{owner}/{repo}/issues', parameters: { ...issue }, expected: [410], read, find });
}

/** What may be changed of an issue; what is absent stays. */
export interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly state?: 'open' | 'closed';
}

/** Changes an issue. */
export async function updateIssue(hub: Hub, number: number, change: IssueChange): Promise<Result<Issue>> {
  const answer = await hub.rest('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { issue_number: number, ...change }, [410]);
  return answer.ok ? read(answer.value) : answer;
}

function read({ status, data }: Answer): Result<Issue> {
  if (status === 410) {
    // A warning only: a repository may do without issues.
    const disabled = trouble(
      'issues are disabled in this repository, or the issue was deleted',
      'enable issues in the settings of the repository',
    );
    return fail({ ...disabled, severity: 'warning' });
  }
  const issue = issueOf(data);
  return issue ? succeed(issue) : fail(trouble('GitHub described an issue in a form that is not known'));
}

function issueOf(data: unknown): Issue | undefined {
  const issue = recordOf(data);
  const [number, nodeId, state] = [numberOf(issue['number']), textOf(issue['node_id']), issue['state']];
  if (number === undefined || nodeId === '' || (state !== 'open' && state !== 'closed')) return undefined;
  return {
    number,
    nodeId,
    title: textOf(issue['title']),
    body: textOf(issue['body']),
    state,
    author: accountOf(issue['user']),
    url: textOf(issue['html_url']),
    createdAt: textOf(issue['created_at']),
    updatedAt: textOf(issue['updated_at']),
  };
}
