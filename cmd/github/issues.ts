import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { sameLogin } from '../../src/github/login.ts';
import type { Answer } from './answer.ts';
import type { Hub } from './octokit.ts';
import { isRecord, numberOf, recordOf, textOf, trouble } from './trouble.ts';

/** An issue of the repository; never a pull request. */
export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly url: string;
}

/** The open issues of one author, newest first; none where issues are disabled. */
export async function openIssues(hub: Hub, author: string): Promise<Result<readonly Issue[]>> {
  const listed = await hub.pages('GET /repos/{owner}/{repo}/issues', { state: 'open', creator: author }, [410]);
  if (!listed.ok) return listed;
  const issues = listed.value.filter((data) => !isRecord(recordOf(data)['pull_request'])).map(issueOf);
  const known = issues.filter((issue) => issue !== undefined);
  if (known.length !== issues.length) return fail(trouble('GitHub listed the issues in a form that is not known'));
  return succeed(known.filter((issue) => sameLogin(issue.author, author)));
}

/** Opens an issue. */
export async function createIssue(hub: Hub, issue: { readonly title: string; readonly body: string }): Promise<Result<Issue>> {
  return read(await hub.rest('POST /repos/{owner}/{repo}/issues', { ...issue }, [410]));
}

/** What may be changed of an issue; what is absent stays. */
export interface IssueChange {
  readonly title?: string;
  readonly body?: string;
  readonly state?: 'open' | 'closed';
}

/** Changes an issue. */
export async function updateIssue(hub: Hub, number: number, change: IssueChange): Promise<Result<Issue>> {
  return read(await hub.rest('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { issue_number: number, ...change }, [410]));
}

function read(answer: Result<Answer>): Result<Issue> {
  if (!answer.ok) return answer;
  if (answer.value.status === 410) {
    // Whoever has switched issues off does without them.
    const disabled = trouble(
      'issues are disabled in this repository, or the issue was deleted',
      'enable issues in the settings of the repository',
    );
    return fail({ ...disabled, severity: 'warning' });
  }
  const issue = issueOf(answer.value.data);
  return issue ? succeed(issue) : fail(trouble('GitHub described an issue in a form that is not known'));
}

function issueOf(data: unknown): Issue | undefined {
  const issue = recordOf(data);
  const number = numberOf(issue['number']);
  if (number === undefined) return undefined;
  const author = textOf(recordOf(issue['user'])['login']) || 'ghost';
  return { number, title: textOf(issue['title']), body: textOf(issue['body']), author, url: textOf(issue['html_url']) };
}
