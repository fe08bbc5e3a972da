import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPlanFile } from '../../../src/config/saved/read-plan-file.ts';
import type { Operation } from '../../../src/model/operation.ts';
import { renderPlanJson } from '../../../src/render/json.ts';
import { renderPlanMarkdown } from '../../../src/render/markdown.ts';
import { renderPlan } from '../../../src/render/terminal.ts';
import { anyPlan } from '../../render/any-plan.ts';
import { hostileText } from '../../render/hostile.ts';
import { planWith, raised, user } from '../../render/plans.ts';

const making = { version: '0.1.0', createdAt: '2026-11-22T09:00:00.000Z' };
const text = renderPlanJson(planWith({ operations: [raised] }), making);

/**
 * What is wrong with the way in which a text is read that may be anything: it must give, and soon, a plan that can be shown and saved again, or
 * one short reason why there is none.
 */
function* troubles(text: string): Generator<string> {
  const start = process.cpuUsage();
  const result = readPlanFile(text);
  const { user, system } = process.cpuUsage(start);
  if (user + system > 100_000) yield `took ${user + system} microseconds`;
  if (result.ok) {
    const { plan, making } = result.value;
    renderPlan(plan, { color: false });
    renderPlanMarkdown(plan);
    // Vitest's own comparison stumbles over a seat type that is called `constructor`.
    if (!isDeepStrictEqual(readPlanFile(renderPlanJson(plan, making)), result)) yield 'is another plan when it is read again';
  } else {
    const [first, ...others] = result.diagnostics;
    if (first?.code !== 'E207' || others.length > 0) yield 'is refused for no one reason';
    if ((first?.message.length ?? 0) > 1500) yield 'is refused at length';
  }
}

const troublesOf = (text: string) => [...troubles(text)];

// The schema is compiled when the first plan is read, and only then.
readPlanFile(text);

test('any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), hostileText, fc.json()), (text) => {
      expect(troublesOf(text)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('any object that says it is a plan', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (rest) => {
      expect(troublesOf(JSON.stringify({ ...rest, format_version: '1.0' }))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('any beginning of a plan', () => {
  fc.assert(
    fc.property(anyPlan, fc.nat(), (plan, length) => {
      const whole = renderPlanJson(plan, making);
      expect(troublesOf(whole.slice(0, length % whole.length))).toEqual([]);
    }),
  );
});

const strangers = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  '',
  'x',
  '__proto__',
  'toString',
  '2026-02-30',
  '..',
  [],
  {},
  [[]],
  'patch user ',
  'Full',
];
const change = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('drop', 'replace', 'double', 'move'),
  value: fc.oneof(fc.constantFrom(...strangers), fc.jsonValue({ maxDepth: 2 }), hostileText),
  from: fc.nat(),
});

test('a plan in which anything was dropped, replaced, doubled or moved', () => {
  fc.assert(
    fc.property(anyPlan, fc.array(change, { minLength: 1, maxLength: 3 }), (plan, changes) => {
      const document = { root: JSON.parse(renderPlanJson(plan, making)) as unknown };
      for (const { at, how, value, from } of changes) {
        const nodes = [...nodesOf(document)];
        const [node, other] = [nodes[at % nodes.length], nodes[from % nodes.length]];
        if (!node || !other) continue;
        if (how === 'drop') node.drop();
        else if (how === 'double') node.double();
        else node.put(how === 'replace' ? value : structuredClone(other.value));
      }
      expect(troublesOf(JSON.stringify(document.root))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

interface Node {
  readonly value: unknown;
  drop(): void;
  double(): void;
  put(value: unknown): void;
}

/** Every value inside `parent`, at any depth, with what can be done to it. */
function* nodesOf(parent: object): Generator<Node> {
  const put = (at: string, value: unknown) =>
    Object.defineProperty(parent, at, { value, enumerable: true, configurable: true, writable: true });
  for (const [key, value] of Object.entries(parent) as [string, unknown][]) {
    yield {
      value,
      drop: () => (Array.isArray(parent) ? parent.splice(Number(key), 1) : Reflect.deleteProperty(parent, key)),
      double: () => (Array.isArray(parent) ? parent.push(structuredClone(value)) : put(`${key}2`, structuredClone(value))),
      put: (value) => put(key, value),
    };
    if (typeof value === 'object' && value !== null) yield* nodesOf(value);
  }
}

test('what waits for each other in a long row is read, and in a long circle is refused', () => {
  const edit = { attribute: 'title', after: 'x', cause: { via: 'entry' } } as const;
  const waiting = (index: number, other: number): Operation => ({ ...user('patch', `u${index}`, [edit]), needs: [`patch user u${other}`] });
  const row = Array.from({ length: 4999 }, (_, index) => waiting(index + 1, index));
  const saved = (first: Operation) => renderPlanJson(planWith({ operations: [first, ...row] }), making);
  expect(readPlanFile(saved(user('patch', 'u0', [edit]))).ok).toBe(true);
  expect(readPlanFile(saved(waiting(0, 4999))).ok).toBe(false);
});

test('what is said of a plan stays short and printable, however long and odd its names are', () => {
  const long = 'Ä\u202E'.repeat(100_000);
  const document = JSON.parse(text) as { summary: { seats: object }; operations: { id: string }[] };
  for (const broken of [
    { ...document, summary: { ...document.summary, seats: { [long]: 3 } } },
    { ...document, operations: document.operations.map((operation) => ({ ...operation, id: `patch user ${long}` })) },
    { ...document, format_version: long },
  ]) {
    const result = readPlanFile(JSON.stringify(broken));
    expect(result.ok ? '' : result.diagnostics[0]?.message).toMatch(/^[\P{C}\n]{20,1500}$/u);
  }
});
