import { diffLines, folded } from '../diff-fence.ts';
import { longestRun } from '../markup.ts';
import type { Entry } from './entries.ts';
import type { Measure } from './page.ts';

/** The changes that a diff has room for, each with its lines, and what the whole diff measures. */
export interface Chosen {
  readonly parts: ReadonlyMap<Entry, readonly string[]>;
  readonly size: number;
  readonly fence: number;
  /** Changes whose members are not all listed. */
  readonly shortened: number;
}

/** More than the heading, the fences at their shortest and the end of a folded diff measure. */
const frameSize = 250;

/** No change at all. */
export const nothingChosen: Chosen = { parts: new Map(), size: frameSize, fence: 3, shortened: 0 };

/** How many members are named of a change that does not fit as a whole. */
const fewMembers = 25;

/** Adds as many changes as fit into `room`, the first ones first. A change is taken whole or not at all; only a long list of members is cut. */
export function choose(entries: readonly Entry[], room: number, measure: Measure, from = nothingChosen): Chosen {
  const parts = new Map(from.parts);
  let { size, fence, shortened } = from;
  for (const entry of entries) {
    for (const lines of [diffLines(entry.row), ...withFewMembers(entry)]) {
      const wider = lines.reduce((most, line) => Math.max(most, longestRun(line) + 1), fence);
      const grown = size + measure(lines.join('\n')) + 1 + 2 * (wider - fence);
      if (grown > room) continue;
      parts.set(entry, lines);
      [size, fence] = [grown, wider];
      if (lines.length <= entry.row.lines.length) shortened += 1;
      break;
    }
  }
  return { parts, size, fence, shortened };
}

/** The chosen changes in the order of `entries`, folded under a heading. */
export function diffBlock(heading: string, entries: readonly Entry[], { parts }: Chosen): readonly string[] {
  return parts.size === 0
    ? []
    : folded(
        heading,
        entries.flatMap((entry) => parts.get(entry) ?? []),
      );
}

/** A change with the first of its members, where it has many. */
function withFewMembers({ row }: Entry): readonly (readonly string[])[] {
  const members = row.lines.filter(({ attribute }) => attribute === 'member');
  const left = members.length - fewMembers;
  if (left < 2) return [];
  const own = row.lines.filter(({ attribute }) => attribute !== 'member');
  return [[...diffLines({ ...row, lines: [...own, ...members.slice(0, fewMembers)] }), `      …and ${left} more members`]];
}
