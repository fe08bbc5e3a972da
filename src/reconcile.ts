import { apply, type ApplyOptions } from './apply/apply.ts';
import { load } from './config/load.ts';
import { resolve } from './desired/resolve.ts';
import type { Declaration, SourceFile } from './model/declaration.ts';
import type { Desired } from './model/desired.ts';
import { succeed, type Diagnostic, type Result } from './model/diagnostic.ts';
import type { ApplyEvent } from './model/event.ts';
import type { Directory, DirectoryReader } from './model/live.ts';
import type { Plan } from './model/plan.ts';
import { defaultPolicy } from './model/policy.ts';
import { plan } from './plan/plan.ts';

/** A configuration that passed every check that can be made offline. */
export interface Checked {
  readonly declaration: Declaration;
  readonly desired: Desired;
}

/** Files → what they ask for, or everything that is wrong with them. `unread` are the faults of files that could not be read at all. */
export function check(files: readonly SourceFile[], unread: readonly Diagnostic[] = []): Result<Checked> {
  const loaded = load(files, unread);
  if (!loaded.ok) return loaded;
  return succeed({ declaration: loaded.value, desired: resolve(loaded.value) }, loaded.warnings);
}

/** Reads the live state and plans what it takes to reach the desired one. Nothing is written: a reader cannot. */
export async function propose({ declaration, desired }: Checked, directory: DirectoryReader, asOf: string): Promise<Result<Plan>> {
  const live = await directory.read();
  if (!live.ok) return live;
  const { digest, files } = declaration;
  return succeed(plan(desired, live.value, defaultPolicy, { asOf, config: { digest, files } }), live.warnings);
}

/** Does what the plan says, and tells it as it happens. The directory must be the one that the plan was read from. */
export function carryOut(proposed: Plan, directory: Directory, options: ApplyOptions): AsyncGenerator<ApplyEvent, void, undefined> {
  return apply(proposed, directory, options);
}
