/**
 * Names are masked in the data, before anything is rendered, and never searched for in finished text: what is not known to be harmless is
 * replaced whole. Files, lines, seats, numbers and days stay, so that whoever may read the repository finds what is meant.
 */
import type { Basis } from '../model/basis.ts';
import { codes } from '../model/codes.ts';
import type { Expiry } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { UserName, Value } from '../model/directory.ts';
import type { Edit, Kind, Operation, OperationId } from '../model/operation.ts';
import type { Plan, Selection, Unmanaged, Verdict } from '../model/plan.ts';
import type { Removed, Review, RuleChange, Tally, ScheduledChange } from '../model/review.ts';
import { namedBy } from './name.ts';

/** `emails`: an address becomes `a…@acme.com`. `all`: of names and values nothing is left but seats and yes or no. */
export type Redaction = 'none' | 'emails' | 'all';

type Level = Exclude<Redaction, 'none'>;

/** The plan with its names masked: fit to be shown, not to be carried out. */
export function redactPlan(plan: Plan, level: Redaction): Plan {
  if (level === 'none') return plan;
  return {
    ...plan,
    operations: redactOperations(plan.operations, level),
    unmanaged: plan.unmanaged.map((object): Unmanaged => ({ ...object, name: masked(object.kind, object.name, level) })),
    guards: plan.guards.map((verdict) => redactVerdict(verdict, level)),
    diagnostics: redactDiagnostics(plan.diagnostics, level),
    ...(plan.selection ? { selection: redactSelection(plan.selection, level) } : {}),
    budgets: plan.budgets.map((budget) => ({ ...budget, name: maskedText(budget.name, level) })),
    expiries: plan.expiries.map((expiry) => redactExpiry(expiry, level)),
    basis: redactBasis(plan.basis, level),
  };
}

/** The review with its names masked. */
export function redactReview(review: Review, level: Redaction): Review {
  if (level === 'none') return review;
  return {
    ...review,
    own: redactPlan(review.own, level),
    pending: redactOperations(review.pending, level),
    removed: review.removed.map((entry): Removed => ({ ...entry, userName: maskedUser(entry.userName, level) })),
    scheduled: review.scheduled.map((turn) => redactTurn(turn, level)),
    withdrawn: review.withdrawn.map((turn) => redactTurn(turn, level)),
    rules: review.rules.map((change) => redactRule(change, level)),
  };
}

/** The operations with their names and values masked, their ids and needs as well. */
export function redactOperations(operations: readonly Operation[], level: Redaction): readonly Operation[] {
  return level === 'none' ? operations : operations.map((operation) => redactOperation(operation, level));
}

/** The tally with its names masked. Why something is not done is prose of the service or of ours, and is left out. */
export function redactTally(tally: Tally, level: Redaction): Tally {
  if (level === 'none') return tally;
  return { ...tally, open: tally.open.map((row) => ({ ...row, operation: redactOperation(row.operation, level), reason: '' })) };
}

/** Codes whose messages speak of the service, the repository or the Action as a whole, and never of people or groups. */
const impersonal = /^E10[25]$|^E20[2-4]$|^E21[0-46]$/;

/** The diagnostics with their prose replaced by what the code means, unless it never speaks of people. No source line may be quoted beside them. */
export function redactDiagnostics(diagnostics: readonly Diagnostic[], level: Redaction): readonly Diagnostic[] {
  if (level === 'none') return diagnostics;
  return diagnostics.map((diagnostic) => {
    const { severity, code, at } = diagnostic;
    if (impersonal.test(code)) return diagnostic;
    return { severity, code, message: codes[code].title, ...(at ? { at } : {}), help: codes[code].remedy };
  });
}

function redactOperation(operation: Operation, level: Level): Operation {
  const { id, kind, name, was, edits, needs } = operation;
  return {
    ...operation,
    id: maskedId(id, level),
    name: masked(kind, name, level),
    ...(was === undefined ? {} : { was: masked(kind, was, level) }),
    edits: edits.map((edit) => redactEdit(edit, level)),
    needs: needs.map((need) => maskedId(need, level)),
  };
}

function redactEdit(edit: Edit, level: Level): Edit {
  const { attribute, before, after, needs } = edit;
  return {
    ...edit,
    ...(before === undefined ? {} : { before: maskedValue(attribute, before, level) }),
    ...(after === undefined ? {} : { after: maskedValue(attribute, after, level) }),
    ...(needs ? { needs: needs.map((need) => maskedId(need, level)) } : {}),
  };
}

function redactVerdict(verdict: Verdict, level: Level): Verdict {
  return { ...verdict, message: '', operations: verdict.operations.map((id) => maskedId(id, level)) };
}

function redactSelection(selection: Selection, level: Level): Selection {
  if (selection.held === undefined) return selection;
  const held = selection.held.map(({ operation, needs }) => ({ operation: maskedId(operation, level), needs: maskedId(needs, level) }));
  return { ...selection, held };
}

function redactExpiry(expiry: Expiry, level: Level): Expiry {
  const { userName, gives } = expiry;
  const given = 'group' in gives ? { group: maskedText(gives.group, level) } : gives;
  return { ...expiry, userName: maskedUser(userName, level), gives: given };
}

function redactTurn(turn: ScheduledChange, level: Level): ScheduledChange {
  const { userName, what } = turn;
  return { ...turn, userName: maskedUser(userName, level), what: redactTurning(what, level) };
}

function redactTurning(what: ScheduledChange['what'], level: Level): ScheduledChange['what'] {
  if ('joins' in what) return { joins: maskedText(what.joins, level) };
  if ('leaves' in what) return { leaves: maskedText(what.leaves, level) };
  return what;
}

/** Lists of people and groups, and what says whom a rule is about, name somebody; numbers and choices do not. */
function redactRule({ rule, before, after }: RuleChange, level: Level): RuleChange {
  const isNaming = /^(?:protected|ignore|budgets|defaults|files|user |group )/.test(rule);
  const shown = (text: string) => (isNaming ? maskedText(text, level) : text);
  const name = isNaming && level === 'all' ? (/^[a-z]+/.exec(rule)?.[0] ?? '') : maskedText(rule, level === 'all' ? 'emails' : level);
  return { rule: name, ...(before !== undefined && { before: shown(before) }), ...(after !== undefined && { after: shown(after) }) };
}

/** What nothing but guards reads is emptied rather than masked. */
function redactBasis(basis: Basis, level: Level): Basis {
  const budgets = basis.budgets.map((budget) => ({
    ...budget,
    name: maskedText(budget.name, level),
    users: [] as readonly UserName[],
    joining: [],
    leaving: [],
  }));
  const { exempt: _, ...rest } = basis;
  return { ...rest, protected: [], budgets, doubts: [], undeclaredMembers: [] };
}

function maskedId(id: OperationId, level: Level): OperationId {
  const { action, kind, name } = namedBy(id);
  return `${action} ${kind} ${masked(kind, name, level)}`;
}

function maskedValue(attribute: string, value: Value, level: Level): Value {
  if (typeof value === 'boolean' || attribute === 'seat') return value;
  if (attribute === 'userName' || attribute === 'member' || attribute === 'manager.value') return maskedUser(value, level);
  return maskedText(value, level);
}

function masked(kind: Kind, name: string, level: Level): string {
  return kind === 'user' ? maskedUser(name, level) : maskedText(name, level);
}

/** A user's name is masked whatever its form; only of an address the domain stays. */
function maskedUser(name: string, level: Level): string {
  if (name === '') return name;
  if (level === 'all') return '…@…';
  const [first = ''] = name;
  const domain = /^\S+(@[^\s@]+)$/u.exec(name)?.[1] ?? '';
  return `${first}…${domain}`;
}

/** Any other text loses what has the form of an address. Empty text stays: it says that there is nothing. */
function maskedText(text: string, level: Level): string {
  if (text === '') return text;
  return level === 'all' ? '…' : text.replace(/\S+/gu, (word) => (/.@./su.test(word) ? maskedUser(word, level) : word));
}
