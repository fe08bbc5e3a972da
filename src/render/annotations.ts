import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { safe } from './escape.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * One workflow command of GitHub Actions, without a line feed. All text is made safe and then escaped as the runner reads it (its
 * `ActionCommand`: %25 %0D %0A everywhere, %3A %2C in properties too), so that data can neither end the command nor start another.
 */
export function renderAnnotation({ severity, code, message, at, label, help }: Diagnostic): string {
  const place = at ? `file=${property(at.file)},line=${at.line},col=${at.column},` : '';
  const said = [label === undefined ? message : `${message}: ${label}`, ...(help === undefined ? [] : [`help: ${help}`])];
  return `::${commands[severity]} ${place}title=${property(code)}::${said.map(data).join('%0A')}`;
}

function data(text: string): string {
  return safe(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
