import type { Span } from '../model/diagnostic.ts';
import { Lines } from './lines.ts';

/**
 * A YAML document as values with places. A configuration has millions of nodes, so a node is a number: its index in the parser's event
 * stream, and what is known of it stands in parallel arrays. Events are in document order, so the children of a node follow it, and `next`
 * jumps over the children of each.
 */
export type NodeId = number;

/** What stands for a mapping: it inherits nothing, so that `__proto__` and `constructor` are keys like any other. */
export type Mapping = { [key: string]: unknown };

/** A key with its value, inside a mapping. */
export interface Pair {
  readonly key: NodeId;
  readonly value: NodeId;
}

/** One document: its values, where they stand, and what of it was refused already. */
export class Tree {
  readonly text: string;
  readonly lines: Lines;
  readonly root: NodeId = 1;
  /** The plain value of each node: null, boolean, number, text, an array or a `Mapping`. */
  readonly values: unknown[] = [];
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** The index behind the node's last child and its closing event. */
  readonly next: Int32Array;
  /** 1 for a scalar without quotes, 2 for a collection in block style. */
  readonly style: Uint8Array;
  /** What each alias stands for. */
  readonly aliases = new Map<NodeId, NodeId>();
  /** Nodes about which a diagnostic has been given: nothing more is said about them. */
  readonly refused = new Set<NodeId>();
  /** Mappings of which an entry was refused: what they seem to lack is not reported. */
  readonly partial = new Set<NodeId>();

  constructor(path: string, text: string, size: number) {
    this.text = text;
    this.lines = new Lines(path, text);
    this.start = new Int32Array(size);
    this.end = new Int32Array(size);
    this.next = new Int32Array(size);
    this.style = new Uint8Array(size);
  }

  /** The node itself, or what an alias stands for. */
  resolve(node: NodeId): NodeId {
    return this.aliases.get(node) ?? node;
  }

  isPlain(node: NodeId): boolean {
    return this.style[node] === 1;
  }

  isBlockCollection(node: NodeId): boolean {
    return this.style[node] === 2;
  }

  /** The text of a scalar as it stands in the file, quotes included. */
  source(node: NodeId): string {
    return this.text.slice(this.start[node], this.end[node]);
  }

  span(node: NodeId): Span {
    return this.lines.span(this.start[node] ?? 0, this.end[node] ?? 0);
  }

  /** The direct children of a collection in order; a mapping's keys and values take turns. */
  children(node: NodeId): readonly NodeId[] {
    const found: NodeId[] = [];
    const last = (this.next[node] ?? 0) - 1;
    for (let child = node + 1; child < last; child = this.next[child] ?? last) found.push(child);
    return found;
  }

  /** The items of a list, in order; nothing if the node is no list. */
  items(node: NodeId): readonly NodeId[] {
    return Array.isArray(this.values[node]) ? this.children(node) : [];
  }

  /** The pairs of a mapping by their keys, the first one where a key is written twice. */
  pairs(node: NodeId): ReadonlyMap<string, Pair> {
    const pairs = new Map<string, Pair>();
    const children = this.children(node);
    for (let index = 0; index + 1 < children.length; index += 2) {
      const [key = 0, value = 0] = [children[index], children[index + 1]];
      const name = this.values[key];
      if (typeof name === 'string' && !pairs.has(name)) pairs.set(name, { key, value });
    }
    return pairs;
  }

  isMapping(node: NodeId): boolean {
    const value = this.values[node];
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
}
