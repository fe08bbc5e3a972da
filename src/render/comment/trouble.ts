import type { Diagnostic } from '../../model/diagnostic.ts';
import { codeSpan } from '../markup.ts';
import { diagnosticItem } from '../markdown-notices.ts';
import { bytes, Page } from './page.ts';
import { mostBytes } from './summary.ts';
import { guideLine, type Ways } from './ways.ts';

/** The step summary of a run that could not do what it was started for, so that nothing better stands there: why, and where to go on. */
export function renderTrouble(summary: string, diagnostics: readonly Diagnostic[], ways: Ways): string {
  const page = new Page(['title', 'why', 'guide'], { room: mostBytes - 1, measure: bytes });
  const told = diagnostics.map((diagnostic) => diagnosticItem(diagnostic));
  page.put('title', ['### ❌ Figma: this run failed']);
  page.put('guide', guideLine('index', ways));
  const items = told.length > 0 ? told : [`- ${codeSpan(summary)}`];
  page.putList('why', { head: [], items, most: Infinity, more: (left) => `- …and ${left} more in the log` });
  return `${page.text}\n`;
}
