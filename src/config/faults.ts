import type { DefinedError, ErrorObject } from 'ajv';
import type { Diagnostic } from '../model/diagnostic.ts';
import { boundFault } from './fault-bounds.ts';
import { missingFault, unknownFault, unwelcomeFault } from './fault-keys.ts';
import { typeFault } from './fault-types.ts';
import { errorAt } from './report.ts';
import { Routes, type Stop } from './route.ts';
import { schemaErrors } from './schema.ts';
import type { Mapping, NodeId, Tree } from './tree.ts';

/** What is wrong with one file by the schema. */
export interface Faults {
  readonly diagnostics: readonly Diagnostic[];
  /** The nodes whose values are not to be used. */
  readonly nodes: ReadonlySet<NodeId>;
  /** The mappings with a key that nobody knows: what they seem to lack may be what it was meant for. */
  readonly unclear: ReadonlySet<NodeId>;
}

/** Of several faults of one value only the first in this order is told: the others follow from it. What a schema forbids outright comes before all. */
const order = [
  'type',
  'const',
  'enum',
  'minProperties',
  'minItems',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'minimum',
  'maximum',
  'pattern',
  'format',
];

/** Checks a document against the JSON schema: one diagnostic for each fault, at its place in the file. */
export function schemaFaults(tree: Tree): Faults {
  const errors = schemaErrors(tree.values[tree.root] as Mapping);
  const routes = new Routes(tree);
  const diagnostics: Diagnostic[] = [];
  const nodes = new Set<NodeId>();
  const unclear = new Set<NodeId>();
  for (const error of firstOfEach(errors)) {
    const stop = routes.follow(error.instancePath);
    if (stop.isRefused) continue;
    if (error.keyword === 'required' && tree.partial.has(stop.node)) continue;
    if (error.keyword === 'minProperties' && tree.partial.has(stop.node)) continue;
    if (error.keyword === 'additionalProperties') unclear.add(stop.node);
    else if (error.keyword !== 'required') nodes.add(stop.node);
    const diagnostic = diagnosticOf(error as DefinedError, stop, tree, routes);
    if (diagnostic) diagnostics.push(throughAlias(diagnostic, stop, routes));
  }
  return { diagnostics, nodes, unclear };
}

function diagnosticOf(error: DefinedError, stop: Stop, tree: Tree, routes: Routes): Diagnostic | undefined {
  if (error.keyword === 'additionalProperties') return unknownFault(error, stop, tree, routes);
  if (error.keyword === 'required') return missingFault(error, stop, tree);
  if (error.keyword === 'false schema') return unwelcomeFault(stop, tree);
  if (error.keyword === 'const') return versionFault(stop, tree, routes);
  if (error.keyword === 'type') return typeFault(error, stop, tree, routes);
  return boundFault(error, stop, tree, routes);
}

function versionFault(stop: Stop, tree: Tree, routes: Routes): Diagnostic {
  const value = tree.values[stop.node];
  const isUnknown = typeof value === 'number' && value > 1;
  const message = isUnknown ? `this seatform does not know version ${tree.source(stop.node)}` : 'the version must be the number 1';
  return errorAt(routes.place(stop), 'E009', message, { label: 'expected 1', help: 'write `version: 1`' });
}

/** Adds where the value is written to a fault that is shown where an alias repeats it. */
function throughAlias(diagnostic: Diagnostic, stop: Stop, routes: Routes): Diagnostic {
  if (stop.alias === undefined) return diagnostic;
  return { ...diagnostic, also: [...(diagnostic.also ?? []), { at: routes.written(stop), message: 'the value is written here' }] };
}

/** The faults of keys, and of each value the one that explains the others. */
function firstOfEach(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const best = new Map<string, ErrorObject>();
  for (const error of errors) {
    const isAboutKey = error.keyword === 'additionalProperties' || error.keyword === 'required';
    const subject = isAboutKey ? `${error.instancePath} ${error.keyword} ${JSON.stringify(error.params)}` : error.instancePath;
    const known = best.get(subject);
    if (!known || order.indexOf(error.keyword) < order.indexOf(known.keyword)) best.set(subject, error);
  }
  return [...best.values()];
}
