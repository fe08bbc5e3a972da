import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode, type ValueNode } from 'graphql';

/** GitHub refuses a query that could give more nodes than this. */
export const mostNodes = 500_000;

/** How many nodes a query could give by GitHub's rule: the sizes of nested connections multiplied, and all of it added up. */
export function possibleNodes(document: DocumentNode, variables: Readonly<Record<string, unknown>>): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const sizeOf = (value: ValueNode | undefined) => {
    const size = value?.kind === Kind.VARIABLE ? variables[value.name.value] : value?.kind === Kind.INT ? Number(value.value) : undefined;
    return typeof size === 'number' ? size : undefined;
  };
  const count = (set: SelectionSetNode | undefined, times: number): number => {
    let sum = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        sum += count(fragments.get(selection.name.value)?.selectionSet, times);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        sum += count(selection.selectionSet, times);
      } else {
        const page = selection.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
        const size = sizeOf(page?.value);
        const inside = times * (size ?? 1);
        sum += (size === undefined ? 0 : inside) + count(selection.selectionSet, inside);
      }
    }
    return sum;
  };
  return document.definitions.reduce(
    (sum, definition) => sum + (definition.kind === Kind.OPERATION_DEFINITION ? count(definition.selectionSet, 1) : 0),
    0,
  );
}
