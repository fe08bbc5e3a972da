import { isEmpty, type Plan } from '../model/plan.ts';
import { count } from './count.ts';
import { diffLines } from './diff-fence.ts';
import { editText } from './edit-text.ts';
import { endingsOf } from './expiries.ts';
import { budgetsOf, seatsOf } from './markdown-seats.ts';
import { codeSpan, fence, shortened } from './markup.ts';
import { nameText } from './name.ts';
import { guardText } from './notices.ts';
import { planRows, type Row, type Sign } from './rows.ts';
import { placeText } from './snippet.ts';
import { agrees, changesOf, notShownText, nothingText, pendingText, undeclaredGroups, undeclaredUsers, type Changes } from './totals.ts';

const marks: Readonly<Record<Sign, string>> = { '+': '➕', '~': '🟡', '-': '➖' };

/** What the table and lists show before "and N more"; the full diff shows all. */
const mostRows = 25;
const mostNamed = 10;
const mostEdits = 3;

/** A diff of so many lines is shown unfolded. */
const openUpTo = 12;

/** The plan as GitHub Markdown: heading, alerts, the riskiest changes first, seats, guards, what ends soon, the full diff. No markup can come from data. */
export function renderPlanMarkdown(plan: Plan): string {
  const rows = planRows(plan);
  const changes = changesOf(rows.map(({ id }) => id));
  const blocks = [
    [`### Figma plan: ${isEmpty(plan) ? 'no changes' : pendingText(changes)}`],
    isEmpty(plan) ? [nothingText(plan)] : [],
    alertOf(plan, changes),
    tableOf(rows),
    seatsOf(plan),
    budgetsOf(plan),
    [...guardsOf(plan, 'warn'), ...diagnosticsOf(plan), ...undeclaredOf(plan)],
    endingLines(plan),
    plan.unresolved === 0 || isEmpty(plan) ? [] : ['**Incomplete**: not all that the configuration asks for is in this plan.'],
    notShownOf(plan),
    detailsOf(rows),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function alertOf(plan: Plan, changes: Changes): readonly string[] {
  const ends = [
    ...(changes.deactivate > 0 ? [`**${count(changes.deactivate, 'user')} will be deactivated.**`] : []),
    ...(changes.delete > 0 ? [`**${count(changes.delete, 'group')} will be deleted.**`] : []),
  ];
  const blocks = guardsOf(plan, 'block');
  const said = [
    ...(ends.length > 0 ? [ends.join(' ')] : []),
    ...blocks,
    ...(blocks.length > 0 ? ['', 'This plan cannot be applied as it is.'] : []),
  ];
  return said.length === 0 ? [] : ['> [!CAUTION]', ...said.map((line) => `> ${line}`.trimEnd())];
}

function tableOf(rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [];
  const riskiest = rows.toSorted((one, other) => other.risk - one.risk);
  const shown = riskiest.slice(0, mostRows).map((row) => {
    const cells = [marks[row.sign], codeSpan(nameText(row.kind, row.name)), detailOf(row), whyOf(row)];
    return `| ${cells.join(' | ')} |`;
  });
  const rest = rows.length - mostRows;
  return ['| | Change | Details | Why |', '|:-:|---|---|---|', ...shown, ...(rest > 0 ? ['', `…and ${rest} more in the diff`] : [])];
}

function detailOf({ action, kind, note, lines }: Row): string {
  const edits = lines.filter(({ attribute }) => attribute !== 'member');
  const rest = edits.length - mostEdits;
  const news = action === 'create' && kind === 'user' ? 'new or bound' : note === undefined ? undefined : codeSpan(note);
  return [
    ...(news === undefined ? [] : [news]),
    ...edits.slice(0, mostEdits).map((line) => codeSpan(`${line.attribute} ${editText(line, shortened)}`)),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ].join(', ');
}

/** The first place, and how many others there are. */
function whyOf({ cause, lines }: Row): string {
  const causes = [...new Set([...(cause === undefined ? [] : [cause]), ...lines.map((line) => line.cause)])];
  const [first] = causes;
  return first === undefined ? '' : `${codeSpan(first)}${causes.length > 1 ? ` and ${causes.length - 1} more` : ''}`;
}

function guardsOf({ guards }: Plan, outcome: 'warn' | 'block'): readonly string[] {
  const word = outcome === 'block' ? 'Blocked' : 'Warning';
  return guards
    .filter((verdict) => verdict.outcome === outcome)
    .map((verdict) => `- **${word}** by ${codeSpan(guardText(verdict))}: ${codeSpan(verdict.message)}`);
}

function diagnosticsOf({ diagnostics }: Plan): readonly string[] {
  return diagnostics.map(({ severity, code, message, at, help }) => {
    const place = at ? ` at ${codeSpan(placeText(at))}` : '';
    const hint = help === undefined ? '' : `; help: ${codeSpan(help)}`;
    return `- ${codeSpan(`${severity}[${code}]`)}${place}: ${codeSpan(message)}${hint}`;
  });
}

function undeclaredOf(plan: Plan): readonly string[] {
  const users = undeclaredUsers(plan);
  const groups = undeclaredGroups(plan);
  const said = agrees(plan) ? 'Not declared' : users;
  return [
    ...(users === undefined ? [] : [`- ${said}: ${namesOf(plan, 'user')}`]),
    ...(groups === undefined ? [] : [`- ${groups}: ${namesOf(plan, 'group')}`]),
  ];
}

function namesOf({ unmanaged }: Plan, kind: 'user' | 'group'): string {
  const names = unmanaged.filter((object) => object.kind === kind).map(({ name }) => codeSpan(name));
  const rest = names.length - mostNamed;
  return rest > 0 ? `${names.slice(0, mostNamed).join(', ')} and ${rest} more` : names.join(', ');
}

function endingLines(plan: Plan): readonly string[] {
  const endings = endingsOf(plan).map(({ day, user, what, origin }) => {
    return `- ${codeSpan(day)} ${codeSpan(user)}: ${codeSpan(what)} (${codeSpan(origin)})`;
  });
  const rest = endings.length - mostRows;
  return endings.length === 0
    ? []
    : ['**Ending within 7 days**:', '', ...endings.slice(0, mostRows), ...(rest > 0 ? [`- …and ${rest} more`] : [])];
}

function notShownOf({ selection }: Plan): readonly string[] {
  return selection === undefined ? [] : [`**${notShownText(selection).title}**: ${notShownText(selection).text}`];
}

function detailsOf(rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [];
  const lines = rows.flatMap(diffLines);
  const open = lines.length <= openUpTo ? ' open' : '';
  return [`<details${open}><summary>Full diff (${count(rows.length, 'change')})</summary>`, '', ...fence('diff', lines), '', '</details>'];
}
