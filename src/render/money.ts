import type { Cost } from '../model/plan.ts';
import { safe } from './escape.ts';

/**
 * What the change costs, each part as safe text: `+$90 a month`, `+$300.50 until 2027-03-01 (end of term)`; `no change` where it costs and
 * saves nothing. Whole amounts stand without decimals, amounts without a currency as plain signed numbers.
 */
export function costTexts({ currency, monthly, term }: Cost): readonly string[] {
  const amounts = [monthly, ...(term ? [term.total] : [])].map((amount) => amountText(amount, currency));
  if (amounts.every((amount) => amount === nothing)) return [nothing];
  const [aMonth = nothing, inTerm = nothing] = amounts;
  return [`${aMonth} a month`, ...(term ? [`${inTerm} until ${safe(term.ends)} (end of term)`] : [])];
}

const nothing = 'no change';

function amountText(amount: number, currency: string | undefined): string {
  const parts = formatOf(currency).formatToParts(amount);
  const signed = parts.some(({ type }) => type === 'plusSign' || type === 'minusSign');
  // Between the code of a currency and the number stands a no-break space.
  return signed ? safe(parts.map(({ value }) => value.replaceAll('\u00A0', ' ')).join('')) : nothing;
}

/** What is no code of a currency by its form would make `NumberFormat` throw. */
function formatOf(currency: string | undefined): Intl.NumberFormat {
  const plain = { signDisplay: 'exceptZero', trailingZeroDisplay: 'stripIfInteger' } as const;
  return currency !== undefined && /^[A-Za-z]{3}$/.test(currency)
    ? new Intl.NumberFormat('en-US', { ...plain, style: 'currency', currency })
    : new Intl.NumberFormat('en-US', { ...plain, minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
