import { InvalidArgumentError, Option, type Command } from 'commander';
import type { DiagnosticFormat } from '../src/render/diagnostics.ts';

/** How the service is reached. */
export interface ConnectionFlags {
  readonly baseUrl?: string;
  readonly tokenFile?: string;
}

/** How results and diagnostics look. `color` is false after --no-color. */
export interface LookFlags {
  readonly format?: Format;
  readonly json?: boolean;
  readonly color: boolean;
  readonly diagnostics?: DiagnosticFormat;
}

/** Which plan is asked for, and what it may do for once. */
export interface RequestFlags {
  readonly asOf?: string;
  readonly only?: 'expired';
  readonly target: readonly string[];
  readonly allow: readonly string[];
}

export type ApplyFlags = ConnectionFlags &
  LookFlags &
  RequestFlags & { readonly autoApprove?: boolean; readonly parallelism?: number; readonly journal?: string };

export const defaultParallelism = 4;

export type Format = 'text' | 'markdown' | 'json';

export function formatOf({ format, json }: LookFlags): Format {
  return json === true ? 'json' : (format ?? 'text');
}

export function withConnection(command: Command): Command {
  return command
    .option('--base-url <url>', 'the SCIM service (default: $FIGMA_SCIM_BASE_URL, else https://www.figma.com/scim/v2)')
    .option('--token-file <file>', 'read the SCIM token from a file, or from standard input with - (default: $FIGMA_SCIM_TOKEN)');
}

export function withLook(command: Command, formats: readonly Format[]): Command {
  if (formats.length > 0) command.addOption(new Option('--format <format>', 'how the result is printed (default: text)').choices(formats));
  if (formats.includes('json')) command.option('--json', 'the same as --format json');
  return command
    .addOption(
      new Option('--diagnostics <format>', 'how errors and warnings are printed (default: human)').choices([
        'human',
        'concise',
        'json',
        'github',
      ]),
    )
    .option('--no-color', 'print without colour');
}

export function withRequest(command: Command): Command {
  return command
    .option('--as-of <day>', 'plan for this day, YYYY-MM-DD in UTC (default: today)')
    .addOption(new Option('--only <what>', 'nothing but what ended grants leave behind').choices(['expired']))
    .option('--target <kind:name>', 'only user:NAME or group:NAME and what it needs (repeatable)', collect, [])
    .option(
      '--allow <guard=n>',
      'lift a guard that blocks for this run, if it counts exactly N; GUARD=N@DAY for a day to come (repeatable)',
      collect,
      [],
    );
}

/** Gathers the values of an option that may be given again. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

export function withParallelism(command: Command): Command {
  return command.option('--parallelism <n>', 'operations at once, 1 to 32 (default: 4)', parallelism);
}

function parallelism(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 32) throw new InvalidArgumentError('It must be a whole number from 1 to 32.');
  return number;
}
