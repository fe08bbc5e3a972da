import type { Diagnostic } from '../model/diagnostic.ts';
import { errorAt, quoted } from './report.ts';
import type { NodeId, Tree } from './tree.ts';

/** A second document that begins behind `offset`. */
export function secondDocument(tree: Tree, offset: number): Diagnostic {
  const marker = /^(?:---|\.\.\.)(?=\s|$)/gm;
  marker.lastIndex = offset;
  const start = marker.exec(tree.text)?.index ?? offset;
  const help = 'put the second document in a file of its own';
  return errorAt(tree.lines.span(start, start + 3), 'E005', 'a file holds one document', { help });
}

/** A tag, whatever it says. */
export function tagRefused(tree: Tree, start: number, end: number): Diagnostic {
  const help = 'remove the tag: configuration is plain data';
  return errorAt(tree.lines.span(start, end), 'E005', 'tags are not accepted', { help });
}

/** A merge key. */
export function mergeRefused(tree: Tree, key: NodeId): Diagnostic {
  const help = 'write the keys out; to give many users the same values, use `defaults` under `organization`';
  return errorAt(tree.span(key), 'E005', 'merge keys (`<<`) are not accepted', { help });
}

/** A key that is a list, a mapping, an alias, or nothing. */
export function keyRefused(tree: Tree, key: NodeId): Diagnostic {
  return errorAt(tree.span(key), 'E005', 'a key must be plain text', { help: 'write `key: value`' });
}

/** An alias whose name no anchor has given. */
export function unknownAlias(tree: Tree, alias: NodeId): Diagnostic {
  const source = tree.source(alias);
  const help = /^\*[\w-]+$/.test(source) ? 'write the value out' : 'put a pattern that begins with `*` in quotes, or write the value out';
  return errorAt(tree.span(alias), 'E004', `no anchor stands before the alias ${quoted(source)}`, { help });
}

/** An alias inside of what it names. */
export function endlessAlias(tree: Tree, alias: NodeId): Diagnostic {
  const message = `the alias ${quoted(tree.source(alias))} stands inside the value that it names`;
  return errorAt(tree.span(alias), 'E006', message, { help: 'write the value out' });
}

/** The alias that goes over the limit. */
export function tooManyAliases(tree: Tree, alias: NodeId): Diagnostic {
  const help = 'write the entries out';
  return errorAt(tree.span(alias), 'E006', 'the document has more than 100 alias expansions', { help });
}

/** The keys of a mapping that stand in it before, each with the place of the first. */
export function keysTwice(tree: Tree, mapping: NodeId, duplicates: readonly NodeId[]): readonly Diagnostic[] {
  const pairs = tree.pairs(mapping);
  return duplicates.map((key) => {
    const text = String(tree.values[key]);
    const first = pairs.get(text)?.key ?? key;
    return errorAt(tree.span(key), 'E018', `the key ${quoted(text)} is written twice`, {
      label: 'a second time',
      help: 'keep one of the two',
      also: [{ at: tree.span(first), message: 'the first time' }],
    });
  });
}
