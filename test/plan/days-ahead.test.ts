import { expect, test } from 'vitest';
import type { ChangeId } from '../../src/model/change-id.ts';
import type { Day } from '../../src/model/day.ts';
import type { DayVerdict } from '../../src/plan/guards/days.ts';
import { sealOf } from '../../src/plan/digest.ts';
import { withDays } from '../../src/plan/days-ahead.ts';
import { resume } from '../../src/plan/resume.ts';
import { heldBy, planned, verdicts } from './declared.ts';

const live = { users: { 'a@x.io': { seat: 'Full' }, 'b@x.io': { seat: 'Full' } } };
const yaml = 'users: [{ userName: a@x.io, seat: View }, { userName: b@x.io, seat: View }]';
const plan = planned(yaml, live);

function on(day: string, outcome: DayVerdict['outcome']): DayVerdict {
  const about = { guard: 'downgrades', day: day as Day, outcome, count: 3, limit: 1, message: 'too many', operations: [] };
  return { ...about, shares: new Map([['downgrades', { count: 3, isOver: true }]]) };
}

test('what allows is left out, what does not is part of the plan and of its seal', () => {
  expect(withDays(plan, [on('2026-12-01', 'allow')])).toBe(plan);
  const judged = withDays(plan, [on('2026-12-01', 'block'), on('2026-12-02', 'allow'), on('2026-12-03', 'warn')]);
  expect(judged.guards.slice(plan.guards.length).map(({ day, outcome }) => `${day} ${outcome}`)).toEqual([
    '2026-12-01 block',
    '2026-12-03 warn',
  ]);
  expect(judged.guards.at(-1)).not.toHaveProperty('shares');
  expect(judged.seal).toBe(sealOf(judged));
  expect(judged.seal).not.toBe(plan.seal);
});

test('a saved plan is judged again, with what was judged of the days that are still to come', () => {
  const saved = withDays(plan, [on('2026-12-01', 'block'), on('2026-12-05', 'warn')]);
  const left = (today: string) => {
    const resumed = resume(saved, heldBy(live), today as Day);
    return resumed.kind === 'plan' ? resumed.plan : undefined;
  };
  expect(left('2026-11-30')).toEqual(saved);
  expect(left('2026-12-01')?.guards.flatMap(({ day }) => day ?? [])).toEqual(['2026-12-05']);
  expect(left('2026-12-05')?.guards.flatMap(({ day }) => day ?? [])).toEqual([]);
});

test('what was exempt when a plan was saved is exempt when it is applied', () => {
  expect(verdicts(plan)).toContain('downgrades block 2/1');
  const exempt = new Set(['{"attribute":"seat","kind":"user","name":"a@x.io","op":"set","v":1,"value":"View"}' as ChangeId]);
  const saved = planned(yaml, live, { exempt });
  expect(verdicts(saved)).toEqual([]);
  const resumed = resume(saved, heldBy(live), saved.asOf);
  expect(resumed.kind === 'plan' && verdicts(resumed.plan)).toEqual([]);
});
