import type { Code } from '../../src/model/codes.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { inAction } from '../../src/render/comment/in-action.ts';
import { exitCodes } from '../exit.ts';

/** Why a step is red. */
export type FailureReason =
  | 'config-invalid'
  | 'auth-failed'
  | 'api-failed'
  | 'guard'
  | 'plan-changed'
  | 'approval-not-stored'
  | 'too-large'
  | 'not-separate'
  | 'token-rotated'
  | 'apply-incomplete'
  | 'cancelled';

/** How a command of the Action ended. */
export interface Outcome {
  /** What the command line would have answered. */
  readonly exitCode: number;
  readonly reason?: FailureReason;
  /** One line. */
  readonly summary: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Outputs by their names in `action.yml`, beside those that every outcome has. */
  readonly outputs?: Readonly<Record<string, string>>;
}

/** The outcome of something that could not be done at all; the diagnostics say why. */
export function failed(diagnostics: readonly Diagnostic[], outputs: Outcome['outputs'] = {}): Outcome {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  return {
    exitCode: exitCodes.error,
    reason: first ? reasonOf(first.code) : 'config-invalid',
    summary: first?.message ?? 'something is wrong',
    diagnostics: inAction(diagnostics),
    outputs,
  };
}

/** The same as warnings: what was done stays done, whoever could not be told. */
export function asWarnings(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => Object.assign({}, diagnostic, { severity: 'warning' as const }));
}

/** An outcome that is fine and has nothing to say but why nothing was done. */
export function idle(summary: string): Outcome {
  return { exitCode: exitCodes.done, summary, diagnostics: [] };
}

const reasons: Partial<Record<Code, FailureReason>> = {
  E101: 'auth-failed',
  E106: 'auth-failed',
  E202: 'auth-failed',
  E214: 'approval-not-stored',
  E215: 'plan-changed',
  E216: 'token-rotated',
  E219: 'not-separate',
  E220: 'too-large',
};
const ofServices: ReadonlySet<Code> = new Set(['E102', 'E103', 'E104', 'E105', 'E107', 'E210']);

function reasonOf(code: Code): FailureReason {
  return reasons[code] ?? (ofServices.has(code) ? 'api-failed' : 'config-invalid');
}
