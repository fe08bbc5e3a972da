/** How far an apply is. `elapsed` is in milliseconds, `width` in columns. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly width: number;
  readonly elapsed: number;
}

const narrowestBar = 8;
const widestBar = 40;

/** One line of at most `width` columns, without a line feed: `[████░░░░] 20/40, 1m05s, about 1m05s left`. What has no room is left out. */
export function renderProgress({ done, total, width, elapsed }: Progress): string {
  const share = total > 0 ? Math.min(done / total, 1) : 1;
  const figures = `${done}/${total}`;
  const time = `${figures}, ${duration(elapsed)}`;
  const left = share > 0 && share < 1 ? `${time}, about ${duration((elapsed / share) * (1 - share))} left` : time;
  const text = [left, time, figures].find((text) => text.length + narrowestBar + 3 <= width);
  if (text === undefined) return figures.length <= width ? figures : '';
  const room = Math.min(width - text.length - 3, widestBar);
  const full = Math.floor(room * share);
  return `[${'█'.repeat(full)}${'░'.repeat(room - full)}] ${text}`;
}

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds}s`;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}m${pad(seconds % 60)}s` : `${hours}h${pad(minutes % 60)}m`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
