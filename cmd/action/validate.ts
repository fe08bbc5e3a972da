import { unresolvedReferences } from '../../src/config/references.ts';
import { count } from '../../src/render/count.ts';
import { redactDiagnostics } from '../../src/render/redact.ts';
import { exitCodes } from '../exit.ts';
import { failed, type Outcome } from './outcome.ts';
import type { Scene } from './scene.ts';
import { checkedAt } from './sources.ts';

/** Checks the configuration at a commit offline. Needs no token for Figma and writes nothing. */
export async function validateAt(scene: Scene, commit: string): Promise<Outcome> {
  const read = await checkedAt(scene, commit);
  if (!read.ok) return failed(read.diagnostics);
  const { files, checked } = read.value;
  if (!checked.ok) return failed(redactDiagnostics(checked.diagnostics, scene.redact));
  const { users, groups } = checked.value;
  const diagnostics = redactDiagnostics([...checked.warnings, ...unresolvedReferences(checked.value)], scene.redact);
  const summary = `The configuration is valid: ${count(users.length, 'user')} and ${count(groups.length, 'group')} in ${count(files.length, 'file')}.`;
  return { exitCode: exitCodes.done, summary, diagnostics };
}
