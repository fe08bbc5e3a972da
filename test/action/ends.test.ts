import { expect, test } from 'vitest';
import { stopOf } from '../../cmd/action/applying.ts';
import { planWith } from '../render/plans.ts';

const end = { open: [], written: 1, failed: 0, isHarmed: false };
const guards = [{ guard: 'pool', outcome: 'block', count: 1, message: '', operations: [] }] as const;

test('what stopped an apply, the gravest first: guards, harm, whoever cancelled it', () => {
  const chosen = planWith();
  expect(stopOf({ chosen, end })).toBeUndefined();
  expect(stopOf({ chosen: planWith({ guards }), end })).toEqual({ why: 'blocked', guards });
  expect(stopOf({ chosen, end: { ...end, isHarmed: true, interrupt: 'SIGINT' } })).toEqual({ why: 'harmed' });
  expect(stopOf({ chosen, end: { ...end, interrupt: 'SIGTERM' } })).toEqual({ why: 'interrupted' });
});
