/** An answer of GitHub, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** What came of one try. `wasSent` is false where it is certain that GitHub saw nothing of it. */
export type Attempt = ({ readonly kind: 'answer' } & Answer) | { readonly kind: 'lost'; readonly wasSent: boolean; readonly why: string };

/** A header of an answer, by its name in lower case. */
export function headerOf({ headers }: Answer, name: string): string | undefined {
  const value = headers[name];
  return value === undefined ? undefined : String(value);
}
