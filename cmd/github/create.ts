import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { sameAccount, type Account } from './account.ts';
import type { Answer } from './answer.ts';
import type { Hub } from './octokit.ts';
import type { Parameters } from './send.ts';

/** A request that creates a text, and how to see whether it did. */
export interface Creation<T> {
  readonly route: string;
  readonly parameters: Parameters;
  /** Statuses from 400 on that `read` understands. */
  readonly expected?: readonly number[];
  /** What was created, by the answer. */
  readonly read: (answer: Answer) => Result<T>;
  /** What was created, if it exists, without an answer. */
  readonly find: () => Promise<Result<T | undefined>>;
}

/** Milliseconds after each try until GitHub is asked whether it took effect; so many tries are made. */
const pausesMs = [1000, 2000, 4000];

/**
 * Creates something once, although the answer may be lost: after a try whose effect is uncertain it looks for what that try may have created, and
 * sends the request again only if it finds nothing.
 */
export async function createOnce<T>(hub: Hub, { route, parameters, expected, read, find }: Creation<T>): Promise<Result<T>> {
  for (let tries = 0; ; tries += 1) {
    const sent = await hub.post(route, parameters, expected);
    if (!sent.isUncertain) return sent.result.ok ? read(sent.result.value) : sent.result;
    await hub.sleep(pausesMs[tries] ?? 0);
    const found = await find();
    if (!found.ok) return found;
    if (found.value !== undefined) return succeed(found.value);
    if (tries + 1 === pausesMs.length) return fail(...sent.diagnostics);
  }
}

/** A text that somebody wrote on GitHub. */
interface Text {
  readonly author: Account;
  readonly body: string;
  readonly createdAt: string;
}

/** How far GitHub’s clock and that of the runner may be apart. */
const clockSlackMs = 10 * 60_000;

/** Looks for the newest text with this very body that an account has written since a time. */
export function writtenSince<T extends Text>(texts: readonly T[], body: string, by: Account, since: Date): T | undefined {
  const isOne = (text: T) =>
    sameAccount(text.author, by) && plain(text.body) === plain(body) && Date.parse(text.createdAt) >= since.getTime() - clockSlackMs;
  return texts
    .filter(isOne)
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
    .at(-1);
}

/** GitHub may store other line breaks, and no blank end. */
function plain(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd();
}
