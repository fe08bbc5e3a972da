import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE, getScalarValue } from 'js-yaml';
import type { Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
import type { Diagnostic } from '../model/diagnostic.ts';
import { blockPlace, dashAfter } from './placing.ts';
import { endlessAlias, keyRefused, keysTwice, mergeRefused, secondDocument, tagRefused, tooManyAliases, unknownAlias } from './refusals.ts';
import { plainValue } from './scalar.ts';
import { anchorFault, blankFault, commentFault, compactFault, escapeFaults, keyFault } from './strict.ts';
import { type Mapping, type NodeId, Tree } from './tree.ts';

/** A collection that is still open. */
interface Frame {
  readonly node: NodeId;
  readonly items: unknown[] | Mapping;
  /** The key that waits for its value: its node, and its text or undefined where the key was refused. */
  key: NodeId;
  text: string | undefined;
  duplicates: NodeId[] | undefined;
  /** How many aliases had been expanded when the collection was opened. */
  readonly expandedBefore: number;
}

const barren: object = Object.freeze(Object.create(null) as object);
const noKey = -1;
const mostExpansions = 100;

/** Builds a tree from events, one by one, and refuses what plain data has no need of. */
export class Builder {
  readonly tree: Tree;
  readonly diagnostics: Diagnostic[] = [];
  readonly #frames: Frame[] = [];
  readonly #anchors = new Map<string, NodeId>();
  /** How many alias expansions a collection holds. */
  readonly #weights = new Map<NodeId, number>();
  #expanded = 0;
  /** The end of what has been read last. */
  #last = 0;

  constructor(path: string, text: string, size: number) {
    this.tree = new Tree(path, text, size);
  }

  /** Takes the next event; false if the document must not be read further. */
  add(index: number, event: Event): boolean {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        this.#scalar(index, event);
        return true;
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        this.#open(index, event);
        return true;
      case EVENT_ID.ALIAS:
        return this.#alias(index, event.anchorStart, event.anchorEnd);
      case EVENT_ID.POP:
        this.#close(index);
        return true;
      case EVENT_ID.DOCUMENT:
        if (index > 0) this.#tell(secondDocument(this.tree, this.#last));
        return index === 0;
    }
  }

  #tell(diagnostic: Diagnostic | undefined): void {
    if (diagnostic) this.diagnostics.push(diagnostic);
  }

  /** Tells what is wrong with a node, and that nothing more need be said about it. */
  #refuse(node: NodeId, diagnostic: Diagnostic | undefined): void {
    if (!diagnostic) return;
    this.#tell(diagnostic);
    this.tree.refused.add(node);
  }

  #scalar(node: NodeId, event: ScalarEvent): void {
    const { tree } = this;
    const frame = this.#frames.at(-1);
    const isPlain = event.style === SCALAR_STYLE.PLAIN;
    this.#placeScalar(node, event, frame);
    tree.next[node] = node + 1;
    tree.style[node] = isPlain ? 1 : 0;
    const text = getScalarValue(tree.text, event);
    if (!event.fast && event.valueStart !== -1) {
      if (event.style !== SCALAR_STYLE.DOUBLE_QUOTED) this.#refuse(node, blankFault(tree, node, text));
      else for (const fault of escapeFaults(tree.text, tree.lines, event.valueStart, event.valueEnd)) this.#refuse(node, fault);
    }
    this.#properties(node, event);
    if (frame && isAtKey(frame)) this.#key(frame, node, text, event);
    else {
      if (frame && frame.key !== noKey) this.#tell(commentFault(tree, frame.key, node));
      this.#value(frame, node, isPlain ? plainValue(text) : text);
    }
  }

  #open(node: NodeId, event: SequenceEvent | MappingEvent): void {
    const { tree } = this;
    const frame = this.#frames.at(-1);
    this.#place(node, event.start, event.start + 1);
    tree.style[node] = event.style === COLLECTION_STYLE.BLOCK ? 2 : 0;
    this.#properties(node, event);
    const items = event.type === EVENT_ID.SEQUENCE ? [] : (Object.create(barren) as Mapping);
    if (frame && isAtKey(frame)) this.#refuseKey(frame, node);
    else {
      const isCompact = event.type === EVENT_ID.MAPPING && event.style === COLLECTION_STYLE.BLOCK && frame && frame.key !== noKey;
      if (isCompact) this.#refuse(node, compactFault(tree, frame.key, node));
      this.#value(frame, node, items);
    }
    this.#frames.push({ node, items, key: noKey, text: undefined, duplicates: undefined, expandedBefore: this.#expanded });
  }

  #close(index: number): void {
    const frame = this.#frames.pop();
    if (!frame) return;
    this.tree.next[frame.node] = index + 1;
    if (this.#expanded > frame.expandedBefore) this.#weights.set(frame.node, this.#expanded - frame.expandedBefore);
    for (const fault of frame.duplicates ? keysTwice(this.tree, frame.node, frame.duplicates) : []) this.#tell(fault);
  }

  #alias(node: NodeId, start: number, end: number): boolean {
    const { tree } = this;
    const frame = this.#frames.at(-1);
    this.#place(node, start - 1, end);
    tree.next[node] = node + 1;
    const target = this.#anchors.get(tree.text.slice(start, end));
    if (frame && isAtKey(frame)) {
      this.#refuseKey(frame, node);
      return true;
    }
    if (target === undefined || tree.next[target] === 0) {
      this.#refuse(node, target === undefined ? unknownAlias(tree, node) : endlessAlias(tree, node));
      this.#value(frame, node, null);
      return true;
    }
    this.#expanded += 1 + (this.#weights.get(target) ?? 0);
    if (this.#expanded > mostExpansions) {
      this.#tell(tooManyAliases(tree, node));
      return false;
    }
    tree.aliases.set(node, target);
    this.#value(frame, node, tree.values[target]);
    return true;
  }

  #key(frame: Frame, node: NodeId, text: string, event: ScalarEvent): void {
    const { tree } = this;
    const isPlain = event.style === SCALAR_STYLE.PLAIN;
    if (tree.isBlockCollection(frame.node)) {
      if (frame.node + 1 === node) tree.end[frame.node] = tree.end[node] ?? 0;
      else if (event.valueStart !== -1 && event.anchorStart === -1 && event.tagStart === -1) this.#tell(keyFault(tree, node));
    }
    tree.values[node] = text;
    frame.key = node;
    frame.text = text;
    if (!isPlain) return;
    if (text === '') this.#refuseKey(frame, node);
    if (text === '<<') {
      this.#tell(mergeRefused(tree, node));
      tree.partial.add(frame.node);
      frame.text = undefined;
    }
  }

  #refuseKey(frame: Frame, node: NodeId): void {
    this.#tell(keyRefused(this.tree, node));
    this.tree.partial.add(frame.node);
    frame.key = node;
    frame.text = undefined;
  }

  #value(frame: Frame | undefined, node: NodeId, value: unknown): void {
    this.tree.values[node] = value;
    if (!frame) return;
    if (Array.isArray(frame.items)) {
      frame.items.push(value);
      return;
    }
    const { key, text, items } = frame;
    frame.key = noKey;
    if (text === undefined) return;
    if (items[text] === undefined) items[text] = value;
    else (frame.duplicates ??= []).push(key);
  }

  /** Refuses a tag and remembers an anchor. */
  #properties(node: NodeId, event: ScalarEvent | SequenceEvent | MappingEvent): void {
    if (event.tagStart !== -1) this.#refuse(node, tagRefused(this.tree, event.tagStart, event.tagEnd));
    if (event.anchorStart === -1) return;
    this.#anchors.set(this.tree.text.slice(event.anchorStart, event.anchorEnd), node);
    this.#tell(anchorFault(this.tree, event.anchorStart, event.anchorEnd));
  }

  #place(node: NodeId, start: number, end: number): void {
    this.tree.start[node] = start;
    this.tree.end[node] = end;
    this.#last = end;
  }

  #placeScalar(node: NodeId, event: ScalarEvent, frame: Frame | undefined): void {
    const { valueStart, valueEnd, style } = event;
    if (valueStart === -1) this.#placeEmpty(node, frame);
    else if (style === SCALAR_STYLE.PLAIN) this.#place(node, valueStart, valueEnd);
    else if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) this.#place(node, valueStart - 1, valueEnd + 1);
    else {
      this.#place(node, ...blockPlace(this.tree.text, valueStart));
      this.#last = valueEnd;
    }
  }

  /** The place of a value that is not there: its key, or the dash of its list entry. */
  #placeEmpty(node: NodeId, frame: Frame | undefined): void {
    const { start, end, text } = this.tree;
    if (frame && !Array.isArray(frame.items)) {
      const from = frame.key === noKey ? frame.node : frame.key;
      start[node] = start[from] ?? 0;
      end[node] = end[from] ?? 0;
      return;
    }
    const isFirst = frame?.node === node - 1;
    const dash = isFirst ? (start[frame.node] ?? 0) : dashAfter(text, this.#last);
    this.#place(node, dash, dash + 1);
  }
}

/** Whether the next node is a key. */
function isAtKey(frame: Frame): boolean {
  return frame.key === noKey && !Array.isArray(frame.items);
}
