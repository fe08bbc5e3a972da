import { fail, succeed, type Diagnostic, type Result } from '../../src/model/diagnostic.ts';
import { headerOf, type Answer, type Attempt } from './answer.ts';
import { isRead, isRepeatable, isUncertain, judge } from './retry.ts';
import { openSender, type Format, type Parameters } from './send.ts';
import { graphqlRefusal, isRecord, queryAsked, recordOf, refusal, trouble } from './trouble.ts';

/** What came of a request that must not be sent twice. Uncertain: it may have taken effect, although GitHub failed or its answer was lost. */
type Sent =
  | { readonly isUncertain: false; readonly result: Result<Answer> }
  | { readonly isUncertain: true; readonly diagnostics: readonly Diagnostic[] };

/** A repository on GitHub. Every request goes through it, is repeated if that does no harm, and never throws when the service fails. */
export interface Hub {
  readonly owner: string;
  readonly repo: string;
  /** One request; `{owner}` and `{repo}` of the route are known. A status from 400 on is a failure unless it is `expected`. */
  rest(route: string, parameters?: Parameters, expected?: readonly number[]): Promise<Result<Answer>>;
  /** One request that creates something: it is not sent again where it may have taken effect. */
  post(route: string, parameters?: Parameters, expected?: readonly number[]): Promise<Sent>;
  /** Every item of a list, by all its pages. A status from 400 on is a failure unless it is one of `none`: then there is no such list. */
  pages(route: string, parameters?: Parameters, none?: readonly number[]): Promise<Result<readonly unknown[]>>;
  /** What a GET gives when it is asked for bytes and not for JSON. */
  bytes(route: string, parameters?: Parameters): Promise<Result<Uint8Array>>;
  /** A query, never a mutation. Half an answer is a failure. */
  graphql<T>(query: string, variables?: Parameters): Promise<Result<T>>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => Date;
}

export interface HubOptions {
  readonly token: string;
  readonly apiUrl: string;
  /** `apiUrl` + `/graphql` where it is not given. */
  readonly graphqlUrl?: string | undefined;
  readonly owner: string;
  readonly repo: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => Date;
  readonly userAgent: string;
}

/** What GitHub asks of those who write: a second between two writes. */
const betweenWritesMs = 1000;
/** More pages than any list has that seatform reads. */
const mostPages = 1000;
const again = 'run the job again; https://www.githubstatus.com lists outages';
const look = 'it may have taken effect all the same: look before the job runs again';

/** Opens a repository on GitHub. Nothing is sent before it is asked for something. */
export function openHub({ token, owner, repo, sleep, now, userAgent, ...urls }: HubOptions): Hub {
  const apiUrl = urls.apiUrl.replace(/\/+$/, '');
  const graphqlUrl = urls.graphqlUrl ?? `${apiUrl}/graphql`;
  const sender = openSender({ token, apiUrl, userAgent });

  async function persist(send: () => Promise<Attempt>, isRepeatable: boolean): Promise<Attempt> {
    for (let tries = 1; ; tries += 1) {
      const result = await send();
      const waitMs = judge(result, { tries, isRepeatable, now: now().getTime() });
      if (waitMs === undefined) return result;
      await sleep(waitMs);
    }
  }

  let lastWrite: Promise<number | undefined> = Promise.resolve(undefined);

  /** One write at a time, and a second between two of them. */
  function inTurn<T>(write: () => Promise<T>): Promise<T> {
    const turn = lastWrite.then(async (endedAt) => {
      const waitMs = endedAt === undefined ? 0 : endedAt + betweenWritesMs - now().getTime();
      if (waitMs > 0) await sleep(Math.min(waitMs, betweenWritesMs));
      return write();
    });
    const ended = () => now().getTime();
    lastWrite = turn.then(ended, ended);
    return turn;
  }

  async function ask(route: string, parameters: Parameters, format: Format): Promise<{ readonly asked: string; readonly result: Attempt }> {
    const all = { owner, repo, ...parameters };
    const trying = () => persist(() => sender.send(route, all, format), isRepeatable(route));
    return { asked: sender.asked(route, all), result: await (isRead(route) ? trying() : inTurn(trying)) };
  }

  const rest: Hub['rest'] = async (route, parameters = {}, expected = []) => {
    const { asked, result } = await ask(route, parameters, 'json');
    return judged(asked, result, expected);
  };

  const post: Hub['post'] = async (route, parameters = {}, expected = []) => {
    const { asked, result: attempt } = await ask(route, parameters, 'json');
    const result = judged(asked, attempt, expected);
    return !result.ok && isUncertain(attempt) ? { isUncertain: true, diagnostics: result.diagnostics } : { isUncertain: false, result };
  };

  const bytes: Hub['bytes'] = async (route, parameters = {}) => {
    const { asked, result } = await ask(route, parameters, 'bytes');
    const answer = judged(asked, result, []);
    return answer.ok ? succeed(answer.value.data as Uint8Array) : answer;
  };

  const pages: Hub['pages'] = async (route, parameters = {}, none = []) => {
    const items: unknown[] = [];
    let page: Parameters = {};
    for (let count = 0; count < mostPages; count += 1) {
      const answer = await rest(route, { ...parameters, per_page: 100, ...page }, none);
      if (!answer.ok) return answer;
      const { status, data } = answer.value;
      if (none.includes(status)) return succeed([]);
      if (!Array.isArray(data)) return fail(trouble(`GitHub answered \`${route}\` with something that is no list`));
      for (const item of data as unknown[]) items.push(item);
      const next = nextOf(headerOf(answer.value, 'link'));
      if (next === undefined) return succeed(items);
      page = next;
    }
    return fail(trouble(`GitHub’s list \`${route}\` does not end`));
  };

  async function graphql<T>(query: string, variables: Parameters = {}): Promise<Result<T>> {
    const asked = `of \`${owner}/${repo}\``;
    const result = await persist(() => sender.send(`POST ${graphqlUrl}`, { query, variables }, 'graphql'), true);
    if (result.kind === 'lost') return fail(trouble(`GitHub did not answer the GraphQL query ${asked}: ${result.why}`, again));
    if (result.status >= 400) return fail(refusal(queryAsked, result.status, result.data, undefined));
    const { data, errors } = recordOf(result.data);
    if (Array.isArray(errors) && errors.length > 0) return fail(graphqlRefusal(asked, errors));
    return isRecord(data) ? succeed(data as T) : fail(trouble(`GitHub answered the GraphQL query ${asked} without data`, again));
  }

  return { owner, repo, rest, post, pages, bytes, graphql, sleep, now };
}

/** What an attempt gives whose status is below 400 or `expected`. */
function judged(asked: string, result: Attempt, expected: readonly number[]): Result<Answer> {
  if (result.kind === 'lost') return fail(trouble(`GitHub did not answer \`${asked}\`: ${result.why}`, isRead(asked) ? again : look));
  if (result.status < 400 || expected.includes(result.status)) return succeed(result);
  return fail(refusal(asked, result.status, result.data, headerOf(result, 'x-accepted-github-permissions')));
}

/** What the query of the next page has; the rest of its address is not followed, so that the token goes nowhere else. */
function nextOf(link: string | undefined): Parameters | undefined {
  const url = link?.match(/<([^<>]+)>;\s*rel="next"/)?.[1];
  return url === undefined || !URL.canParse(url) ? undefined : Object.fromEntries(new URL(url).searchParams);
}
