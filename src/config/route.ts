import type { Span } from '../model/diagnostic.ts';
import type { NodeId, Pair, Tree } from './tree.ts';

/** Where a JSON pointer leads in a tree. */
export interface Stop {
  readonly node: NodeId;
  /** The key of the pair whose value the node is. */
  readonly key: NodeId | undefined;
  /** The alias through which the node was reached, if any: that is the place somebody would mend. */
  readonly alias: NodeId | undefined;
  /** The keys and indices that lead here. */
  readonly path: readonly string[];
  /** Whether something on the way was refused already. */
  readonly isRefused: boolean;
}

/** Follows JSON pointers through a tree; a collection is indexed once, so that a fault in each of its entries costs no more than one. */
export class Routes {
  readonly #tree: Tree;
  readonly #lists = new Map<NodeId, readonly NodeId[]>();
  readonly #mappings = new Map<NodeId, ReadonlyMap<string, Pair>>();

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** The node that a JSON pointer names. */
  follow(pointer: string): Stop {
    const tree = this.#tree;
    const path = pointer === '' ? [] : pointer.slice(1).split('/').map(unescaped);
    let stop: Stop = { node: tree.root, key: undefined, alias: undefined, path, isRefused: tree.refused.has(tree.root) };
    for (const step of path) stop = this.step(stop, step);
    return stop;
  }

  /** One step further: to an item of a list by its index, to a value of a mapping by its key. */
  step(from: Stop, name: string): Stop {
    const tree = this.#tree;
    const pair = tree.isMapping(from.node) ? this.#pairs(from.node).get(name) : undefined;
    const written = pair?.value ?? this.#items(from.node)[Number(name)] ?? from.node;
    const target = tree.aliases.get(written);
    return {
      node: target ?? written,
      key: pair?.key,
      alias: from.alias ?? (target === undefined ? undefined : written),
      path: from.path,
      isRefused: from.isRefused || tree.refused.has(written) || (target !== undefined && tree.refused.has(target)),
    };
  }

  /** The place to show for a value: its own, or that of its key where the value is a block of lines. */
  place(stop: Stop): Span {
    if (stop.alias !== undefined) return this.#tree.span(stop.alias);
    return this.written(stop);
  }

  /** The place where a value is written, even if it was reached through an alias. */
  written(stop: Stop): Span {
    const byKey = stop.key !== undefined && this.#tree.isBlockCollection(stop.node);
    return this.#tree.span(byKey ? (stop.key ?? stop.node) : stop.node);
  }

  #pairs(mapping: NodeId): ReadonlyMap<string, Pair> {
    const known = this.#mappings.get(mapping);
    if (known) return known;
    const pairs = this.#tree.pairs(mapping);
    this.#mappings.set(mapping, pairs);
    return pairs;
  }

  #items(list: NodeId): readonly NodeId[] {
    const known = this.#lists.get(list);
    if (known) return known;
    const items = this.#tree.items(list);
    this.#lists.set(list, items);
    return items;
  }
}

function unescaped(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
