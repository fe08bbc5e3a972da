import { today } from '../request.ts';
import { exitCodes } from '../exit.ts';
import { reader } from '../service.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Plan } from '../../src/model/plan.ts';
import { partsBy } from '../../src/plan/approved.ts';
import { count } from '../../src/render/count.ts';
import { redactDiagnostics } from '../../src/render/redact.ts';
import { isUnbelievable } from './applying.ts';
import { chooseWithin } from './chosen.ts';
import { tellDrift } from './drift.ts';
import { blocked } from './faults.ts';
import { figuresOf } from './figures.ts';
import { gathered } from './gathered.ts';
import { print } from './log.ts';
import { failed, type Outcome } from './outcome.ts';
import { savedPlan } from './plan-file.ts';
import type { Authorized } from './scene.ts';
import { planText } from './shown.ts';
import { doubtsOf } from './sources.ts';
import { guideOf } from './ways.ts';

/** Looks for what differs from the applied configuration, keeps the issue on it true, and writes nothing to Figma: it cannot. */
export async function findDrift(scene: Authorized): Promise<Outcome> {
  const ready = await gathered(scene);
  if (!ready.ok) return failed(ready.diagnostics);
  const { known, connection } = ready.value;
  const service = reader(scene.host, connection);
  try {
    const live = await service.read();
    if (!live.ok) return failed(live.diagnostics);
    const decided = chooseWithin(scene, known, live, today(scene.host));
    if (!decided.ok) return failed(decided.diagnostics);
    const { whole, division, chosen } = decided.value;
    const unbelievable = isUnbelievable(chosen) ? blocked(decided.value) : undefined;
    if (unbelievable) return { ...unbelievable, summary: unbelievable.diagnostic.message, diagnostics: [unbelievable.diagnostic] };
    const operations = partsBy(whole.operations, division.drift);
    if (operations.length === 0 && whole.unresolved > 0) return unclear(scene, whole);
    const told = await tellDrift(scene, { operations, whole, snapshot: known.tip.snapshot, ways: { guide: guideOf(scene.host.env) } });
    print(scene.runner, planText({ ...whole, operations }, scene.redact));
    const outputs = {
      ...figuresOf({ ...whole, operations }),
      ...(await savedPlan(scene, whole)),
      'plan-digest': whole.digest,
      drift: String(operations.length > 0),
      ...(told.ok && told.value !== undefined && { 'comment-url': told.value }),
    };
    if (!told.ok) return failed(told.diagnostics, outputs);
    if (whole.unresolved > 0) return unclear(scene, whole, outputs);
    const summary = operations.length === 0 ? 'No drift.' : `Drift: ${count(operations.length, 'object')}.`;
    return {
      exitCode: exitCodes.done,
      summary,
      diagnostics: redactDiagnostics([...doubtsOf(known.tip), ...decided.warnings], scene.redact),
      outputs,
    };
  } finally {
    await service.close();
  }
}

/** Where not all could be planned, that nothing else differs is not known: then no issue is closed, and the run is red. */
function unclear({ redact }: Authorized, whole: Plan, outputs: Outcome['outputs'] = {}): Outcome {
  const summary = 'whether more has drifted is not known: not all that the configuration asks for could be planned';
  const fault: Diagnostic = { severity: 'error', code: 'E217', message: summary, help: 'mend what is named beside this' };
  const diagnostics = [fault, ...redactDiagnostics(whole.diagnostics, redact)];
  return { exitCode: exitCodes.error, reason: 'config-invalid', summary, diagnostics, outputs };
}
