/** A calendar day in UTC as `YYYY-MM-DD`; days compare as texts. */
export type Day = string & { readonly form: 'YYYY-MM-DD' };

/** The day that the text names, if it names one: `2026-02-30` does not. */
export function dayOf(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || textOf(time) !== text ? undefined : (text as Day);
}

/** The day on which a moment falls. */
export function dayAt(moment: Date): Day {
  return textOf(moment.getTime()) as Day;
}

/** The day that comes `count` days later. */
export function daysAfter(day: Day, count: number): Day {
  return textOf(Date.parse(`${day}T00:00:00Z`) + count * millisecondsADay) as Day;
}

/** How many days lie between two days; negative if the second is the earlier. */
export function daysBetween(from: Day, until: Day): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / millisecondsADay);
}

const millisecondsADay = 86_400_000;

function textOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
