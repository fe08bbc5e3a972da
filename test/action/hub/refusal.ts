/** An answer of GitHub's that is not a success. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, more: object = {}, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.body = { message, ...more, documentation_url: 'https://docs.github.com/rest', status: String(status) };
    this.headers = headers;
  }
}

/** 404, which GitHub also says where a token may not look. */
export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/** 403, which a token of GitHub Actions gets where its permissions end. */
export function inaccessible(): Refusal {
  return new Refusal(403, 'Resource not accessible by integration');
}

/** 422 with one fault of one field. */
export function invalid(resource: string, field: string, code: string, message?: string): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [{ resource, code, field, ...(message === undefined ? {} : { message }) }] });
}
