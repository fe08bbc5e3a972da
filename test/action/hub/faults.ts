/** Which requests something is for; all that is given has to fit. */
export interface Matcher {
  readonly method?: string;
  /** Of the path with its query. */
  readonly path?: RegExp;
  /** Of the text of a GraphQL query. */
  readonly graphql?: RegExp;
}

/** A fault that strikes the requests that fit it. */
export interface FaultRule extends Matcher {
  /** How often it strikes; once if it is not said. */
  readonly times?: number;
  /** 500 if it is not said. A GraphQL error has the status 200 and a body. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of what GitHub says with this status. */
  readonly body?: unknown;
  /** An answer without an effect (the default) or after it, a connection cut before the effect or after it, or the true answer late. */
  readonly kind?: 'answer' | 'answer-after' | 'reset' | 'reset-after' | 'slow';
  /** How late, for `slow`; a second if it is not said. */
  readonly ms?: number;
}

/** The faults that are still to strike, and what is to happen between two requests. */
export class Faults {
  private readonly rules: { readonly rule: FaultRule; left: number }[] = [];

  private readonly turns: { readonly matcher: Matcher; readonly action: () => void }[] = [];

  /** Adds something that happens just before the next request that fits is answered. */
  addTurn(matcher: Matcher, action: () => void): void {
    this.turns.push({ matcher, action });
  }

  /** Lets happen what waits for this request. */
  turn(method: string, path: string, body: unknown): void {
    const due = this.turns.findIndex(({ matcher }) => fits(matcher, method, path, body));
    this.turns.splice(due, due < 0 ? 0 : 1).forEach(({ action }) => action());
  }

  /** Adds a fault; earlier ones strike first. */
  add(rule: FaultRule): void {
    this.rules.push({ rule, left: rule.times ?? 1 });
  }

  /** The fault that strikes this request, used up by one. */
  strikes(method: string, path: string, body: unknown): FaultRule | undefined {
    const struck = this.rules.find(({ rule, left }) => left > 0 && fits(rule, method, path, body));
    if (struck !== undefined) {
      struck.left -= 1;
    }
    return struck?.rule;
  }
}

function fits(matcher: Matcher, method: string, path: string, body: unknown): boolean {
  return (
    (matcher.method === undefined || matcher.method === method) &&
    (matcher.path === undefined || matcher.path.test(path)) &&
    (matcher.graphql === undefined || (path === '/graphql' && matcher.graphql.test(queryOf(body))))
  );
}

/** The answer of a fault that is one. */
export function faultAnswer({ status = 500, headers = {}, body }: FaultRule) {
  const documentation_url = 'https://docs.github.com/rest';
  return { status, headers, body: body ?? { message: messageOf(status, headers), documentation_url, status: String(status) } };
}

function messageOf(status: number, headers: Readonly<Record<string, string>>): string {
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  if (status === 429 || (status === 403 && names.has('retry-after'))) {
    return 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  }
  if (status === 403 && names.has('x-ratelimit-remaining')) {
    return 'API rate limit exceeded for installation ID 1.';
  }
  const messages: Record<number, string> = {
    401: 'Bad credentials',
    403: 'Resource not accessible by integration',
    404: 'Not Found',
    410: 'This issue was deleted',
    422: 'Validation Failed',
  };
  return messages[status] ?? 'Server Error';
}

function queryOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'query' in body ? String(body.query) : '';
}
