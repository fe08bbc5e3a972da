import { type Day, dayOf } from '../model/day.ts';
import type { Written } from '../model/declaration.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import type { Faults } from './faults.ts';
import { clipped, codePoint, errorAt, quoted } from './report.ts';
import { olderReading } from './scalar.ts';
import type { Mapping, NodeId, Tree } from './tree.ts';

/** What nobody sees, but for the two joiners that emoji and some scripts are spelt with. */
const hidden = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/u;

/** A number that every reader of YAML takes for the same: no sign, no exponent, no zero before other digits. */
const plainDigits = /^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/** The alias through which a node was reached; it is then the place that is shown. */
export type Via = NodeId;

/** No alias: the node stands where it is used. */
export const direct: Via = 0;

/** Reads the values of a tree with their places; what was refused already is passed over, what only text can be wrong with is refused here. */
export class Reader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #tree: Tree;
  readonly #faults: Pick<Faults, 'nodes' | 'unclear'>;
  #losses = 0;

  constructor(tree: Tree, faults: Pick<Faults, 'nodes' | 'unclear'>) {
    this.#tree = tree;
    this.#faults = faults;
  }

  /** How much has been passed over so far: whoever compares it before and after knows whether something is missing. */
  get losses(): number {
    return this.#losses;
  }

  /** Shows each key of a mapping with its value, the first where a key is written twice; none if the node is no mapping. */
  eachPair(mapping: NodeId, via: Via, visit: (name: string, value: NodeId, via: Via, key: NodeId) => void): void {
    if (!this.#isUsable(mapping) || !this.#tree.isMapping(mapping)) return;
    if (this.#faults.unclear.has(mapping) || this.isPartial(mapping)) this.#losses += 1;
    const { values, next, aliases } = this.#tree;
    const entries = values[mapping] as Mapping;
    const last = (next[mapping] ?? 0) - 1;
    for (let key = mapping + 1; key < last;) {
      const value = next[key] ?? last;
      const name = values[key];
      const target = aliases.get(value);
      if (typeof name === 'string' && entries[name] === values[value])
        visit(name, target ?? value, via || (target === undefined ? direct : value), key);
      key = next[value] ?? last;
    }
  }

  /** Whether entries of a mapping were refused. */
  isPartial(mapping: NodeId): boolean {
    return this.#tree.partial.has(mapping);
  }

  /** Shows each entry of a list; false if the node is no list. */
  eachItem(list: NodeId, via: Via, visit: (item: NodeId, via: Via) => void): boolean {
    if (!this.#isUsable(list) || !Array.isArray(this.#tree.values[list])) return false;
    const { next, aliases } = this.#tree;
    const last = (next[list] ?? 0) - 1;
    for (let item = list + 1; item < last; item = next[item] ?? last) {
      const target = aliases.get(item);
      visit(target ?? item, via || (target === undefined ? direct : item));
    }
    return true;
  }

  /** The texts of a list; undefined if the node is no list. */
  texts(list: NodeId, via: Via): readonly Written<string>[] | undefined {
    const texts: Written<string>[] = [];
    const isList = this.eachItem(list, via, (item, itemVia) => {
      const text = this.text(item, itemVia);
      if (text) texts.push(text);
    });
    return isList ? texts : undefined;
  }

  /** Where a node stands; through an alias, the alias. */
  place(node: NodeId, via: Via): Span {
    return this.#tree.span(via || node);
  }

  /** A text with its place; undefined if it is none. */
  text(node: NodeId, via: Via): Written<string> | undefined {
    const value = this.#tree.values[node];
    if (!this.#isUsable(node) || typeof value !== 'string') return undefined;
    const at = this.#tree.span(via || node);
    if (this.#tree.isPlain(node)) this.#checkReading(value, at, node, via);
    if (hidden.test(value)) this.#refuseHidden(value, at, node, via);
    return { value, at };
  }

  /** A boolean with its place; undefined if it is none. */
  truth(node: NodeId, via: Via): Written<boolean> | undefined {
    const value = this.#tree.values[node];
    return this.#isUsable(node) && typeof value === 'boolean' ? { value, at: this.#tree.span(via || node) } : undefined;
  }

  /** A day with its place, in quotes or without: nothing but a text of that form passes the schema. */
  day(node: NodeId, via: Via): Written<Day> | undefined {
    const value = this.#tree.values[node];
    const day = this.#isUsable(node) && typeof value === 'string' ? dayOf(value) : undefined;
    return day === undefined ? undefined : { value: day, at: this.#tree.span(via || node) };
  }

  /** A number; undefined if it is none, or not written in plain digits. */
  figure(node: NodeId, via: Via): number | undefined {
    const value = this.#tree.values[node];
    if (!this.#isUsable(node) || typeof value !== 'number') return undefined;
    const source = this.#tree.source(node);
    if (plainDigits.test(source)) return value;
    const details = { label: 'expected digits alone, such as 10', help: `write ${value}` };
    this.#refuse(node, via, errorAt(this.#tree.span(via || node), 'E016', `${clipped(source)} is not written in plain digits`, details));
    return undefined;
  }

  /** One of the texts that the schema allows here; undefined if it is none. */
  choice(node: NodeId): string | undefined {
    const value = this.#tree.values[node];
    return this.#isUsable(node) && typeof value === 'string' ? value : undefined;
  }

  /** The text that stands here, be it faulty or not; undefined if there is none. */
  sketch(node: NodeId): string | undefined {
    const value = this.#tree.values[node];
    return typeof value === 'string' ? value : undefined;
  }

  #isUsable(node: NodeId): boolean {
    const isUsable = !this.#faults.nodes.has(node) && !this.#tree.refused.has(node);
    if (!isUsable) this.#losses += 1;
    return isUsable;
  }

  #checkReading(value: string, at: Span, node: NodeId, via: Via): void {
    const reading = olderReading(value);
    if (reading === undefined) return;
    const message = `${quoted(value)} without quotes is ${reading} for some readers of YAML`;
    this.#refuse(node, via, errorAt(at, 'E007', message, { label: 'expected text in quotes', help: `quote it: "${value}"` }));
  }

  #refuseHidden(value: string, at: Span, node: NodeId, via: Via): void {
    const sign = hidden.exec(value)?.[0] ?? '';
    const isBreak = sign === '\n' || sign === '\r';
    const message = isBreak ? 'this text contains a line break' : `this text contains the invisible character ${codePoint(sign)}`;
    const help = isBreak ? 'write the text on one line; after `>-` lines are joined' : 'type the text again instead of pasting it';
    this.#refuse(node, via, errorAt(at, 'E016', message, { label: quoted(value), help }));
  }

  #refuse(node: NodeId, via: Via, diagnostic: Diagnostic): void {
    this.#losses += 1;
    const also = [{ at: this.#tree.span(node), message: 'the value is written here' }];
    this.diagnostics.push(via === direct ? diagnostic : { ...diagnostic, also });
  }
}
