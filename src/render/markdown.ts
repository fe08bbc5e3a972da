import { isEmpty, type Plan } from '../model/plan.ts';
import { count } from './count.ts';
import { diffLines, folded } from './diff-fence.ts';
import { endingsOf } from './expiries.ts';
import { budgetsOf, seatsOf } from './markdown-seats.ts';
import { caution, diagnosticItem, endsOf, guardItems } from './markdown-notices.ts';
import { causesOf, firstOf, mostRows, riskiestFirst, spans, tableHead, tableLine } from './markdown-table.ts';
import { codeSpan } from './markup.ts';
import { bare } from './name.ts';
import { planRows, type Row } from './rows.ts';
import { agrees, changesOf, notShownText, nothingText, pendingText, undeclaredGroups, undeclaredUsers, type Changes } from './totals.ts';

const mostNamed = 10;

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
    [...guardItems(plan, 'warn'), ...plan.diagnostics.map((diagnostic) => diagnosticItem(diagnostic)), ...undeclaredOf(plan)],
    endingLines(plan),
    plan.unresolved === 0 || isEmpty(plan) ? [] : ['**Incomplete**: not all that the configuration asks for is in this plan.'],
    notShownOf(plan),
    rows.length === 0 ? [] : folded(`Full diff (${count(rows.length, 'change')})`, rows.flatMap(diffLines)),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function alertOf(plan: Plan, changes: Changes): readonly string[] {
  const blocks = guardItems(plan, 'block');
  return caution([...endsOf(changes), ...blocks, ...(blocks.length > 0 ? ['', 'This plan cannot be applied as it is.'] : [])]);
}

function tableOf(rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [];
  const shown = riskiestFirst(rows).slice(0, mostRows);
  const rest = rows.length - mostRows;
  const lines = shown.map((row) => tableLine(row, spans, firstOf(causesOf(row).map(codeSpan))));
  return [...tableHead, ...lines, ...(rest > 0 ? ['', `…and ${rest} more in the diff`] : [])];
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
  const names = unmanaged.filter((object) => object.kind === kind).map(({ name }) => codeSpan(kind === 'user' ? bare(name) : name));
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
