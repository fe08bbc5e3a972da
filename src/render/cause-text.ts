import type { Cause } from '../model/desired.ts';
import { safe } from './escape.ts';

/**
 * Where a change comes from, safe to print: `seatform/users.yaml:42`, by what when it is not an entry, and until when it holds or held:
 * `seatform/users.yaml:42 (grant until 2026-12-31)`, `seatform/users.yaml:42 (expired 2026-12-31)`.
 */
export function causeText(cause: Cause): string {
  const reason = reasonOf(cause);
  if (cause.at === undefined) return reason;
  return cause.via === 'entry' ? originText(cause) : `${originText(cause)} (${reason})`;
}

/** The place alone, safe to print: `seatform/users.yaml:42`; the reason where there is no place. */
export function originText(cause: Cause): string {
  return cause.at === undefined ? reasonOf(cause) : `${safe(cause.at.file)}:${cause.at.line}`;
}

function reasonOf({ via, until }: Cause): string {
  if (via === 'unmanaged') return 'not declared';
  const day = until === undefined ? '' : ` ${via === 'expired' ? '' : 'until '}${safe(until)}`;
  return `${safe(via)}${day}`;
}
