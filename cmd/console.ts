import type { SourceFile } from '../src/model/declaration.ts';
import type { Diagnostic } from '../src/model/diagnostic.ts';
import { renderDiagnostics } from '../src/render/diagnostics.ts';
import type { Host, Terminal } from './host.ts';
import type { LookFlags } from './options.ts';

/** Whether text for this stream is coloured: --no-color, then NO_COLOR, then FORCE_COLOR, else where it is a terminal. */
export function coloured(stream: Terminal, { env }: Host, flags: LookFlags): boolean {
  if (!flags.color || isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0';
  return stream.isTerminal && env['TERM'] !== 'dumb';
}

/** Whether a line on this stream can be drawn over: it is a terminal that moves its cursor. */
export function isRedrawable(stream: Terminal, { env }: Host): boolean {
  return stream.isTerminal && env['TERM'] !== 'dumb';
}

/** How text for this stream is to look. */
export function lookOf(stream: Terminal, host: Host, flags: LookFlags): { color: boolean; width?: number } {
  return { color: coloured(stream, host, flags), ...(stream.columns !== undefined && stream.columns > 0 && { width: stream.columns }) };
}

/** Prints diagnostics to stderr, with their source lines where the files are at hand. */
export function complain(host: Host, flags: LookFlags, diagnostics: readonly Diagnostic[], files: readonly SourceFile[] = []): void {
  if (diagnostics.length > 0) host.err.write(diagnosticsText(host.err, host, flags, diagnostics, files));
}

export function diagnosticsText(
  stream: Terminal,
  host: Host,
  flags: LookFlags,
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
): string {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return renderDiagnostics(diagnostics, {
    format: flags.diagnostics ?? 'human',
    color: coloured(stream, host, flags),
    sourceOf: (file) => texts.get(file),
  });
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
