import { codes, type Code } from '../../model/codes.ts';
import type { Day } from '../../model/day.ts';
import type { Cause, Expiry } from '../../model/desired.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import type { Edit, Operation } from '../../model/operation.ts';
import type { CauseDocument, DiagnosticDocument, EditDocument, ExpiryDocument, OperationDocument, SpanDocument } from './document.ts';

/** `value` with these keys and no others; a key that it does not have stays absent. */
export function only<T extends object, K extends keyof T>(value: T, ...keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => Object.hasOwn(value, key)).map((key) => [key, value[key]])) as Pick<T, K>;
}

/** The operation of a checked document. */
export function operationOf(document: OperationDocument): Operation {
  const { remote_id, seat, edits } = document;
  return {
    ...only(document, 'id', 'action', 'kind', 'name', 'was', 'needs'),
    ...(remote_id === undefined ? {} : { ref: { id: remote_id } }),
    ...(seat === undefined ? {} : { seat: only(seat, 'before', 'after') }),
    edits: edits.map(editOf),
  };
}

/** The expiry of a checked document. */
export function expiryOf({ until, user, seat, to, group, cause }: ExpiryDocument): Expiry {
  const gives = seat !== undefined && to !== undefined ? { seat, to } : { group: group ?? '' };
  return { until: until as Day, userName: user, gives, cause: causeOf(cause) };
}

/** The diagnostic of a document, or none for a code that a later version may have added. */
export function diagnosticsOf(document: DiagnosticDocument): readonly Diagnostic[] {
  if (!Object.hasOwn(codes, document.code)) return [];
  const at = spanOf(document);
  return [
    {
      ...only(document, 'severity', 'message', 'label', 'help'),
      code: document.code as Code,
      ...(at === undefined ? {} : { at }),
      ...(document.also === undefined
        ? {}
        : { also: document.also.map((also) => ({ at: only(also, 'file', 'line', 'column', 'length'), message: also.message })) }),
    },
  ];
}

function editOf(document: EditDocument): Edit {
  return { ...only(document, 'attribute', 'before', 'after', 'needs'), cause: causeOf(document.cause) };
}

function causeOf({ file, line, column, via, until }: CauseDocument): Cause {
  return {
    ...(file === undefined || line === undefined || column === undefined ? {} : { at: { file, line, column } }),
    via: via as Cause['via'],
    ...(until === undefined ? {} : { until: until as Day }),
  };
}

function spanOf({ file, line, column, length }: Partial<SpanDocument>): Span | undefined {
  if (file === undefined || line === undefined || column === undefined || length === undefined) return undefined;
  return { file, line, column, length };
}
