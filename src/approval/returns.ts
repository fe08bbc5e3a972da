import { userNameOf } from '../model/directory.ts';
import type { ChangeId } from '../model/change-id.ts';
import type { Live } from '../model/live.ts';
import type { Operation } from '../model/operation.ts';
import { returnOf } from './origins.ts';

/**
 * The changes that give somebody access again, with the time after which they must have been shown and approved: nobody has changed the record since,
 * so that it was inactive all the time. One whose time the service does not say is not among them.
 */
export function returnsIn(operations: readonly Operation[], { users }: Pick<Live, 'users'>): ReadonlyMap<ChangeId, string> {
  return new Map(
    operations.flatMap((operation) => {
      const id = returnOf(operation);
      const { changedAt } = users.get(userNameOf(operation.was ?? operation.name)) ?? {};
      return id !== undefined && changedAt !== undefined ? [[id, changedAt] as const] : [];
    }),
  );
}

/** The latest of some times, if there is any. */
export function latestOf(times: Iterable<string>): string | undefined {
  return [...times].toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
}

/** Whether something happened at a time, or later. Times of GitHub are whole seconds, so that no part of a second is looked at. */
export function isSince(at: string, time: string | undefined): boolean {
  return time === undefined || secondOf(at) >= secondOf(time);
}

function secondOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
