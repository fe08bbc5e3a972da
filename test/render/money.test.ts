import { expect, test } from 'vitest';
import { costTexts } from '../../src/render/money.ts';
import { day } from './plans.ts';

const ends = day('2027-03-01');

test.each([
  [{ currency: 'USD', monthly: 90 }, ['+$90 a month']],
  [{ currency: 'USD', monthly: -1234.5 }, ['-$1,234.50 a month']],
  [{ currency: 'USD', monthly: 90, term: { ends, total: 300 } }, ['+$90 a month', '+$300 until 2027-03-01 (end of term)']],
  [{ currency: 'USD', monthly: 90, term: { ends, total: 0 } }, ['+$90 a month', 'no change until 2027-03-01 (end of term)']],
  [{ currency: 'USD', monthly: 0 }, ['no change']],
  [{ currency: 'USD', monthly: -0, term: { ends, total: 0 } }, ['no change']],
  [{ currency: 'USD', monthly: 0.1 + 0.2 - 0.3 }, ['no change']],
  [{ currency: 'USD', monthly: 0, term: { ends, total: 20 } }, ['no change a month', '+$20 until 2027-03-01 (end of term)']],
  [{ currency: 'CHF', monthly: 35 }, ['+CHF 35 a month']],
  [{ currency: 'JPY', monthly: 3500 }, ['+¥3,500 a month']],
  [{ monthly: 35 }, ['+35 a month']],
  [{ monthly: -35.25 }, ['-35.25 a month']],
  [{ currency: 'dollars', monthly: 35 }, ['+35 a month']],
])('%j', (cost, texts) => {
  expect(costTexts(cost)).toEqual(texts);
});
