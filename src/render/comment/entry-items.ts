import type { Operation } from '../../model/operation.ts';
import { count } from '../count.ts';
import { detailText, mostEdits, tableMarks } from '../markdown-table.ts';
import { codeSpan, wholeSpan } from '../markup.ts';
import { bare, nameText } from '../name.ts';
import type { Row, RowLine } from '../rows.ts';
import { changeLines, editPhrase } from './change-lines.ts';
import { cells, entriesOf, whyOf, type Entry } from './entries.ts';
import type { Permalink } from './frame.ts';
import { grouped, leastTogether } from './grouping.ts';
import type { Item, ItemStyle, TableRow } from './item.ts';
import { changeKindOf, rankOf } from './reading-order.ts';

/** Operations as items: those with the same action and the same edits are one item, and members who come or go are lists. */
export function itemsOf(operations: readonly Operation[], permalink: Permalink, style: ItemStyle): readonly Item[] {
  return grouped(entriesOf(operations), keyOf).map((entries) =>
    entries.length === 1 ? singleItem(entries[0], permalink, style) : jointItem(entries, permalink, style),
  );
}

/** What operations share that differ in nothing but the name. One that has lists of its own, or is renamed, stays alone. */
function keyOf({ row, operation: { action, kind, was } }: Entry): string | undefined {
  if (was !== undefined || membersOf(row.lines).length > 0) return undefined;
  return JSON.stringify([
    action,
    kind,
    row.note,
    row.lines.map(({ attribute, before, after }) => [attribute, before ?? null, after ?? null]),
  ]);
}

function singleItem(entry: Entry, permalink: Permalink, style: ItemStyle): Item {
  const { row, operation } = entry;
  const name = nameText(row.kind, row.name);
  const listed = membersOf(row.lines);
  const inLists = new Set(listed.flatMap(({ lines }) => lines));
  const rest = row.lines.filter((line) => !inLists.has(line));
  const isListed = inLists.size > 0 && rest.length === 0 && operation.action === 'patch' && operation.was === undefined;
  return {
    size: 1,
    rank: rankOf(changeKindOf(operation)),
    row: () => singleRow(entry, permalink, style),
    lines: isListed ? [] : changeLines({ ...row, lines: rest }, style),
    lists: listed.map(({ verb, lines }) => ({
      head: `${markOf(row, style)} ${wholeSpan(name)}: **${count(lines.length, 'member')} ${verb}**`,
      noun: 'member',
      names: lines.map(({ before, after, cause }) => nameSpan(bare(String(after ?? before)), cause, style)),
    })),
  };
}

/** The line of one operation; it is whole if nothing in it is cut, and no edit or member is left out. */
function singleRow(entry: Entry, permalink: Permalink, style: ItemStyle): TableRow {
  const { row, operation } = entry;
  const name = nameText(row.kind, row.name);
  const line = tableRow(row, codeSpan(name), detailText(row, cells.cut(operation)), style);
  const uncut = tableRow(row, wholeSpan(name), detailText(row, cells.whole(operation)), style);
  return {
    text: `${line} | ${whyOf([entry], permalink)} |`,
    isWhole: line === uncut && row.lines.length <= mostEdits && row.lines.every(({ attribute }) => attribute !== 'member'),
  };
}

/** Several operations that differ in nothing but the name. */
function jointItem(entries: readonly [Entry, ...Entry[]], permalink: Permalink, style: ItemStyle): Item {
  const [{ row, operation }] = entries;
  const why = whyOf(entries, permalink);
  const many = count(entries.length, row.kind);
  const edits = [...(row.note === undefined ? [] : [row.note]), ...row.lines.map(editPhrase)].map(wholeSpan);
  return {
    size: entries.length,
    rank: rankOf(changeKindOf(operation)),
    row: () => ({ text: `${tableRow(row, many, detailText(row, cells.cut(operation)), style)} | ${why} |`, isWhole: false }),
    lines: [],
    lists: [
      {
        head: `${markOf(row, style)} ${edits.join(', ')}: **${many}**${why === '' ? '' : ` (${why})`}`,
        noun: row.kind,
        names: entries.map(({ row: { kind, name, cause, lines } }) => nameSpan(nameText(kind, name), cause ?? lines[0]?.cause, style)),
      },
    ],
  };
}

function tableRow(row: Row, name: string, details: string, style: ItemStyle): string {
  const isOne = row.lines.length <= 1;
  return `| ${markOf(row, style)} | ${name} | ${details}${style.isTakenBack ? ` ${isOne ? 'is' : 'are'} taken back` : ''}`;
}

function markOf({ sign }: Row, { isTakenBack }: ItemStyle): string {
  return isTakenBack ? '⏪' : tableMarks[sign];
}

/** Members who are shown as a list, if enough of them are added or removed. */
function membersOf(lines: readonly RowLine[]) {
  const members = lines.filter(({ attribute }) => attribute === 'member');
  const added = members.filter(({ after }) => after !== undefined);
  const removed = members.filter(({ after }) => after === undefined);
  return [{ verb: 'added', lines: added } as const, { verb: 'removed', lines: removed } as const].filter(
    ({ lines }) => lines.length >= leastTogether,
  );
}

/** A safe name for a list, with its place where it is masked. */
function nameSpan(name: string, cause: string | undefined, { isMasked }: ItemStyle): string {
  return wholeSpan(isMasked && cause !== undefined ? `${name} ${cause}` : name);
}
