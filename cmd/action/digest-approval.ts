import { authorsOf, digestsIn, namedBy, type DigestName } from '../../src/approval/digest-names.ts';
import type { MergePlan } from '../../src/flows/merge.ts';
import { succeed, type Result } from '../../src/model/diagnostic.ts';
import { editorsOf, listComments } from '../github/comments.ts';
import { hasWriteAccess } from '../github/reviews.ts';
import { allowancesOf } from '../request.ts';
import type { FetchedMerge } from './fetch-merge.ts';
import type { Authorized } from './scene.ts';

/** Who named the digest of what remains, how many people are missing, and the guards that they allow. */
export interface DigestApproval {
  readonly by: readonly string[];
  readonly needed: number;
  readonly missing: number;
  readonly allowances: ReadonlyMap<string, number>;
}

/** Looks up who named the digest that the run was given; where nobody has to, the run alone is enough. */
export async function digestApproval(
  scene: Authorized,
  { issue, pulls }: FetchedMerge,
  { digest, rest, line, goneSince }: MergePlan,
): Promise<Result<DigestApproval>> {
  const allowances = allowancesOf(scene.inputs.approveAllow);
  if (!allowances.ok) return allowances;
  const needed = line.policy.separation.approvals;
  if (needed === 0) return succeed({ by: [], needed, missing: 0, allowances: allowances.value });
  const names: DigestName[] = [];
  const places = [...(issue.issue ? [issue.issue.number] : []), ...pulls.map(({ pull }) => pull.number)];
  for (const number of new Set(places)) {
    const found = await namesIn(scene, number, digest);
    if (!found.ok) return found;
    names.push(...found.value);
  }
  const { memory } = issue;
  const printedSince = memory?.digest === digest ? memory.printedSince : undefined;
  const starters = startersOf(scene);
  const isKnown = await arePeople(scene, starters);
  if (!isKnown.ok) return isKnown;
  const by = namedBy(isKnown.value ? names : [], {
    digest,
    allowances: scene.inputs.approveAllow,
    ...(printedSince !== undefined && { printedSince }),
    ...(goneSince !== undefined && { goneSince }),
    excluded: [...starters, ...authorsOf(rest, line.steps, line.applied === undefined)],
  });
  return succeed({ by, needed, missing: Math.max(0, needed - by.length), allowances: allowances.value });
}

/** Who started the run, and who started it again. */
function startersOf({ host }: Authorized): readonly string[] {
  return [host.env['GITHUB_TRIGGERING_ACTOR'], host.env['GITHUB_ACTOR']].filter((login) => login !== undefined);
}

/**
 * Whether those who started the run are known. Behind a bot, and behind a login that is gone by now, stands somebody who may have named the digest
 * as well, so that nobody can say who else did.
 */
async function arePeople({ hub }: Authorized, logins: readonly string[]): Promise<Result<boolean>> {
  for (const login of logins) {
    const access = login.endsWith('[bot]') ? succeed(false) : await hasWriteAccess(hub, login);
    if (!access.ok || !access.value) return access;
  }
  return succeed(logins.length > 0);
}

/** The people who name a digest in a comment of their own that nobody ever edited. */
async function namesIn({ hub }: Authorized, number: number, digest: string): Promise<Result<readonly DigestName[]>> {
  const listed = await listComments(hub, number);
  if (!listed.ok) return listed;
  const names: DigestName[] = [];
  for (const { author, body, nodeId, createdAt } of listed.value) {
    const named = digestsIn(body).filter((one) => one.digest === digest);
    if (named.length === 0 || author.type !== 'User') continue;
    const editors = await editorsOf(hub, nodeId);
    if (!editors.ok) return editors;
    const access = editors.value.length === 0 ? await hasWriteAccess(hub, author.login) : succeed(false);
    if (!access.ok) return access;
    const by = { author: author.login, at: createdAt, counts: access.value };
    for (const one of named) names.push({ ...one, ...by });
  }
  return succeed(names);
}
