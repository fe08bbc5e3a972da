import type { Seat, Value } from '../../model/directory.ts';
import type { Action, Kind, OperationId } from '../../model/operation.ts';
import type { SeatCount, Selection, Verdict } from '../../model/plan.ts';
import type { LimitName, PaidSeat } from '../../model/policy.ts';
import type { Severity } from '../../model/diagnostic.ts';

/** What a saved plan is once it agrees with `schemas/plan.v1.schema.json`, as far as it is read. Days, `via` and names of attributes are still any text. */
export interface PlanDocument {
  readonly tool: { readonly version: string };
  readonly created_at: string;
  readonly as_of: string;
  readonly unresolved: number;
  readonly selection?: Selection;
  readonly config: { readonly digest: string; readonly files: readonly string[] };
  readonly live: LiveDocument;
  readonly summary: SummaryDocument;
  readonly operations: readonly OperationDocument[];
  readonly unmanaged: readonly { readonly kind: Kind; readonly name: string; readonly seat?: string }[];
  readonly guards: readonly Verdict[];
  readonly diagnostics: readonly DiagnosticDocument[];
  readonly expiries: readonly ExpiryDocument[];
  readonly basis: BasisDocument;
  readonly digest: string;
  readonly seal: string;
}

interface LiveDocument {
  readonly tenant: string;
  readonly digest: string;
  readonly users: number;
  readonly groups: number;
  readonly requests: number;
}

export interface SummaryDocument {
  readonly seats: Readonly<Record<string, SeatCount>>;
  readonly cost?: {
    readonly currency?: string;
    readonly monthly: number;
    readonly term?: { readonly ends: string; readonly total: number };
  };
  readonly budgets?: readonly {
    readonly name: string;
    readonly seats: { readonly [S in Seat]?: { readonly before: number; readonly after: number; readonly limit: number } };
  }[];
}

export interface OperationDocument {
  readonly id: OperationId;
  readonly action: Action;
  readonly kind: Kind;
  readonly name: string;
  readonly was?: string;
  readonly remote_id?: string;
  readonly seat?: { readonly before?: string; readonly after?: string };
  readonly edits: readonly EditDocument[];
  readonly needs: readonly OperationId[];
}

export interface EditDocument {
  readonly attribute: string;
  readonly before?: Value;
  readonly after?: Value;
  readonly cause: CauseDocument;
  readonly needs?: readonly OperationId[];
}

/** A place is there with all its parts, or not at all. */
export interface CauseDocument {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly via: string;
  readonly until?: string;
}

export interface SpanDocument {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export interface DiagnosticDocument extends Partial<SpanDocument> {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly label?: string;
  readonly help?: string;
  readonly also?: readonly (SpanDocument & { readonly message: string })[];
}

/** Either `seat` and `to`, or `group`. */
export interface ExpiryDocument {
  readonly until: string;
  readonly user: string;
  readonly seat?: Seat;
  readonly to?: Seat;
  readonly group?: string;
  readonly cause: CauseDocument;
}

export interface BasisDocument {
  readonly limits: Readonly<Record<LimitName, number | string>>;
  readonly min_admins: number;
  readonly protected: readonly string[];
  readonly pools: {
    readonly [S in PaidSeat]?: { readonly purchased: number; readonly outside: number; readonly monthly_price?: number };
  };
  readonly budgets: readonly {
    readonly name: string;
    readonly seats: { readonly [S in Seat]?: number };
    readonly users: readonly string[];
    readonly joining: readonly string[];
    readonly leaving: readonly string[];
  }[];
  readonly population: { readonly users: number; readonly paid: number; readonly memberships: number; readonly groups: number };
  readonly declared: { readonly users: number; readonly missing: number };
  readonly doubts: readonly { readonly message: string; readonly operation?: OperationId }[];
  readonly undeclared_members: readonly { readonly user: string; readonly operation: OperationId }[];
  readonly only_expired: boolean;
  readonly exempt?: readonly string[];
}
