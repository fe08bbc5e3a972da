import type { Diagnostic, Span } from '../model/diagnostic.ts';

/** A diagnostic as plain data, its place flat as in a cause. */
export function diagnosticDocument({ severity, code, message, at, label, help, also = [] }: Diagnostic) {
  return {
    severity,
    code,
    message,
    ...(at ? spanDocument(at) : {}),
    ...(label === undefined ? {} : { label }),
    ...(help === undefined ? {} : { help }),
    ...(also.length === 0 ? {} : { also: also.map(({ at, message }) => ({ ...spanDocument(at), message })) }),
  };
}

function spanDocument({ file, line, column, length }: Span) {
  return { file, line, column, length };
}
