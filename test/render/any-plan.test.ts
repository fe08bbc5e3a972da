import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderPlanJson } from '../../src/render/json.ts';
import { renderPlanMarkdown } from '../../src/render/markdown.ts';
import { renderPlan } from '../../src/render/terminal.ts';
import { anyPlan } from './any-plan.ts';
import { command, raw } from './hostile.ts';

const making = { version: '0.1.0', createdAt: '2026-11-22T09:00:00.000Z' };

test('every picture of any plan that is well formed is safe to print', () => {
  fc.assert(
    fc.property(anyPlan, fc.option(fc.integer({ min: 20, max: 100 }), { nil: undefined }), (plan, width) => {
      const text = renderPlan(plan, { color: false, ...(width === undefined ? {} : { width }) });
      expect(text).not.toMatch(raw);
      expect(text).not.toMatch(command);
      expect(renderPlanMarkdown(plan)).not.toMatch(raw);
      expect(renderPlanJson(plan, making)).not.toMatch(raw);
    }),
    { numRuns: 500 },
  );
});

test('the very last line of a part says what it leaves out, whatever else there is to say', () => {
  fc.assert(
    fc.property(anyPlan, fc.nat(), (plan, others) => {
      const text = renderPlan({ ...plan, selection: { by: 'target', others } }, { color: false });
      expect(text).toMatch(/\n\nTargeted: \d+ other changes? not shown\.\n$/);
    }),
  );
});
