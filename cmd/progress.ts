import type { ApplyEvent } from '../src/model/event.ts';
import { renderEvent, renderEventText } from '../src/render/events.ts';
import { renderProgress } from '../src/render/progress.ts';
import { coloured, isRedrawable } from './console.ts';
import type { Host } from './host.ts';
import { formatOf, type LookFlags } from './options.ts';

/** Tells what happens during an apply. */
export interface ProgressTeller {
  readonly tell: (event: ApplyEvent) => void;
  readonly end: () => void;
}

/** From this many operations on, a terminal shows a bar instead of a line for each that goes well. */
const longWork = 20;

/** With --json the events themselves on stdout; on a terminal lines, or a bar for long work; elsewhere only what goes wrong. */
export function progressOf(host: Host, flags: LookFlags, total: number): ProgressTeller {
  if (formatOf(flags) === 'json') return { tell: (event) => host.out.write(`${renderEvent(event)}\n`), end: () => {} };
  return isRedrawable(host.err, host) && total >= longWork ? bar(host, flags, total) : lines(host, flags);
}

function lines(host: Host, flags: LookFlags): ProgressTeller {
  const look = { color: coloured(host.err, host, flags) };
  const told = (event: ApplyEvent) => host.err.isTerminal || event.type === 'failed' || event.type === 'held' || event.type === 'skipped';
  return {
    tell: (event) => {
      const text = told(event) ? renderEventText(event, look) : undefined;
      if (text !== undefined) host.err.write(`${text}\n`);
    },
    end: () => {},
  };
}

function bar(host: Host, flags: LookFlags, total: number): ProgressTeller {
  const look = { color: coloured(host.err, host, flags) };
  const started = host.now().getTime();
  const ended = new Set<string>();
  const draw = () => {
    const elapsed = host.now().getTime() - started;
    host.err.write(`\r\u001B[K${renderProgress({ done: ended.size, total, width: (host.err.columns ?? 80) - 1, elapsed })}`);
  };
  return {
    tell: (event) => {
      if (event.type === 'planned' || event.type === 'started' || event.type === 'summary') return;
      ended.add(event.operation);
      const text = event.type === 'succeeded' ? undefined : renderEventText(event, look);
      if (text !== undefined) host.err.write(`\r\u001B[K${text}\n`);
      draw();
    },
    end: () => host.err.write('\r\u001B[K'),
  };
}
