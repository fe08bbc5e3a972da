import { randomUUID } from 'node:crypto';
import type { Diagnostic, Severity } from '../../src/model/diagnostic.ts';
import { renderAnnotation } from '../../src/render/annotations.ts';
import { renderDiagnostics } from '../../src/render/diagnostics.ts';
import type { Runner } from './outside.ts';

/** Writes text to the log that the runner does not obey, whatever it contains. */
export function print({ write }: Runner, text: string): void {
  if (text === '') return;
  const token = randomUUID();
  write(`::stop-commands::${token}\n${text.endsWith('\n') ? text : `${text}\n`}::${token}::\n`);
}

/** GitHub shows ten annotations of each kind of a step. */
const mostOfAKind = 10;

/**
 * Annotates the worst of each kind, and says how many more there are: where ten would not be enough, nine and the number of the others, which
 * stand in the log alone.
 */
export function annotate(runner: Runner, diagnostics: readonly Diagnostic[]): void {
  const { write } = runner;
  for (const severity of ['error', 'warning', 'note'] as const) {
    const all = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
    const shown = all.length > mostOfAKind ? all.slice(0, mostOfAKind - 1) : all;
    for (const diagnostic of shown) write(`${renderAnnotation(diagnostic)}\n`);
    if (shown.length === all.length) continue;
    write(`::${commands[severity]}::and ${all.length - shown.length} more, in the log\n`);
    print(runner, renderDiagnostics(all.slice(shown.length), { format: 'human', color: false, sourceOf: () => undefined }));
  }
}

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };
