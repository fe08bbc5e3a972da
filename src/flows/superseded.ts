import { fieldsOf } from '../approval/fields.ts';
import { holds, type JudgedPull } from '../approval/line.ts';
import { resolve } from '../desired/resolve.ts';
import type { HashOf } from '../model/approval.ts';
import type { Day } from '../model/day.ts';
import type { OpenRow } from '../model/review.ts';
import { creationOfUser } from '../plan/creations.ts';
import { operationFor, wishesOn } from '../approval/wishes.ts';
import type { JudgedLine } from './judged-line.ts';

/** The approved changes of a pull request that the tip asks otherwise, each with the commit that took it back or changed it. */
export function supersededOf(line: JudgedLine, { pull, position, verdict }: JudgedPull, asOf: Day, hashOf: HashOf): readonly OpenRow[] {
  const declaration = line.steps[position]?.commit.declaration;
  if (verdict.kind !== 'approved' || !declaration || pull.signed.kind !== 'signed') return [];
  const later = line.steps.slice(position + 1);
  const touched = new Set(later.flatMap(({ fields }) => [...fields]));
  if (touched.size === 0) return [];
  const [then, now] = [resolve(declaration, asOf), resolve(line.tip, asOf)];
  const kept = new Set(wishesOn(touched, now, (name) => creationOfUser(now, name)));
  const approved = wishesOn(touched, then, (name) => creationOfUser(then, name)).filter((id) => holds(verdict.plan, 'changes', id, hashOf));
  return approved
    .filter((id) => !kept.has(id))
    .map((id) => {
      const fields = new Set(fieldsOf(id));
      const by = later.findLast((step) => [...step.fields].some((field) => fields.has(field)))?.commit.oid ?? '';
      return { operation: operationFor(id), fate: 'superseded', reason: `commit ${by.slice(0, 7)} asks for something else` };
    });
}
