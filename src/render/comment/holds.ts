import type { Verdict } from '../../model/plan.ts';
import { codeSpan } from '../markup.ts';
import { redactIds, type Redaction } from '../redact.ts';
import { guardSpan } from './approve.ts';
import type { List } from './page.ts';
import { workText } from './waiting.ts';

/** Approved changes that guards hold back, each with its guard. */
export function holdsList(holds: readonly Verdict[], redact: Redaction): List {
  const items = holds.flatMap((verdict) =>
    redactIds(verdict.operations, redact).map((id) => `- ${codeSpan(workText(id))}: held by ${guardSpan(verdict)}`),
  );
  return {
    head: ['**Held by guards**: these changes are approved, and everything else that is approved is applied without them.', ''],
    items,
    most: items.length,
    more: (left) => `- …and ${left} more`,
  };
}
