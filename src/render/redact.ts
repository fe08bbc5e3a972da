/**
 * Names are masked in the data, before anything is rendered, and never searched for in finished text: what is not known to be harmless is
 * replaced whole. Files, lines, seats, numbers and days stay, so that people who can read the repository find what is meant.
 */
import type { Basis } from '../model/basis.ts';
import { codes } from '../model/codes.ts';
import type { Expiry } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { UserName, Value } from '../model/directory.ts';
import type { Edit, Kind, Operation, OperationId } from '../model/operation.ts';
import type { Plan, Selection, Unmanaged, Verdict } from '../model/plan.ts';
import type { OpenRow, Removed, Review, Tally, UnapprovedChanges } from '../model/review.ts';
import type { RuleChange } from '../model/rule.ts';
import type { ScheduledChange } from '../model/scheduled-change.ts';
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
    scheduled: review.scheduled.map((change) => redactScheduled(change, level)),
    withdrawn: review.withdrawn.map((change) => redactScheduled(change, level)),
    takenBack: redactOperations(review.takenBack, level),
    rules: review.rules.map((change) => redactRule(change, level)),
  };
}

/** Unapproved changes with their names masked. */
export function redactUnapproved({ operations, rules, later }: UnapprovedChanges, level: Redaction): UnapprovedChanges {
  if (level === 'none') return { operations, rules, later };
  return {
    operations: redactOperations(operations, level),
    rules: rules.map((change) => redactRule(change, level)),
    later: later.map((change) => redactScheduled(change, level)),
  };
}

/** The operations with their names and values masked, their ids and needs as well. */
export function redactOperations(operations: readonly Operation[], level: Redaction): readonly Operation[] {
  return level === 'none' ? operations : operations.map((operation) => redactOperation(operation, level));
}

/** The ids of operations with their names masked. */
export function redactIds(ids: readonly OperationId[], level: Redaction): readonly OperationId[] {
  return level === 'none' ? ids : ids.map((id) => maskedId(id, level));
}

/** The tally with its names masked. A reason is prose that can name people: only the commit that superseded a change is kept of it. */
export function redactTally(tally: Tally, level: Redaction): Tally {
  if (level === 'none') return tally;
  return {
    ...tally,
    open: tally.open.map((row) => ({ ...row, operation: redactOperation(row.operation, level), reason: maskedReason(row) })),
  };
}

function maskedReason({ fate, reason }: OpenRow): string {
  const commit = fate === 'superseded' ? /\b[0-9a-f]{7,40}\b/.exec(reason)?.[0] : undefined;
  return commit === undefined ? '' : `by ${commit}`;
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

function redactScheduled(change: ScheduledChange, level: Level): ScheduledChange {
  return { ...change, userName: maskedUser(change.userName, level), what: redactWhat(change.what, level) };
}

function redactWhat(what: ScheduledChange['what'], level: Level): ScheduledChange['what'] {
  if ('joins' in what) return { joins: maskedText(what.joins, level) };
  if ('leaves' in what) return { leaves: maskedText(what.leaves, level) };
  return what;
}

/** Rules whose values are numbers, choices or our own ids. Every other rule can name people or groups, also one that is added later. */
const impersonalRule = /^(?:limits|minAdmins|seats|unmanaged|separation|tenantId)(?:\.|$)|^defaults\[\d+\]\.seat$/;

/** A rule that can name somebody is masked in its path and in both values. */
function redactRule(change: RuleChange, level: Level): RuleChange {
  const { rule, before, after } = change;
  if (impersonalRule.test(rule)) return change;
  const value = (text: string) => (rule.startsWith('user ') ? maskedUser(text, level) : maskedText(text, level));
  return {
    rule: maskedPath(rule, level),
    ...(before !== undefined && { before: value(before) }),
    ...(after !== undefined && { after: value(after) }),
  };
}

/** A path keeps the words that say which rule it is: `user a…@acme.com previously`, `group … membersWhere.department`, `budgets`. */
function maskedPath(rule: string, level: Level): string {
  const [, kind, name = '', what] = /^(user|group) (.*) ((?:previously|membersWhere)[A-Za-z.]*)$/su.exec(rule) ?? [];
  if (kind === 'user') return `user ${maskedUser(name, level)} ${what}`;
  if (level === 'emails') return maskedText(rule, level);
  return kind === undefined ? (/^[A-Za-z]+/.exec(rule)?.[0] ?? '…') : `group … ${what}`;
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
