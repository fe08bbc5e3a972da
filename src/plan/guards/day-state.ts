/**
 * The state that a plan leaves behind, as scheduled changes carry it on. A schedule says what is asked for, whatever is live; here only what
 * really changes does: a grant raises nobody who has as much, its end lowers nobody whose seat is not exactly what it gave, and takes nothing
 * from the protected. Who is not active once the plan is carried out is not changed at all.
 */
import { isLowerSeat, type GroupName, type UserName } from '../../model/directory.ts';
import { matchesAny } from '../../model/glob.ts';
import type { ScheduledChange } from '../../model/scheduled-change.ts';
import type { DayFacts } from './day-facts.ts';

type SeatChange = Extract<ScheduledChange['what'], { readonly seat: unknown }>['seat'];

export class DayState {
  readonly #facts: DayFacts;
  readonly #inUse: Map<string, number>;
  readonly #seats = new Map<UserName, string>();
  /** Whether somebody is a member by now, where that has changed. */
  readonly #memberships = new Map<GroupName, Map<UserName, boolean>>();
  readonly #sizes = new Map<GroupName, number>();

  constructor(facts: DayFacts) {
    this.#facts = facts;
    this.#inUse = new Map(facts.inUse);
  }

  /** The seats in use by now, by type. */
  inUse(): ReadonlyMap<string, number> {
    return new Map(this.#inUse);
  }

  /** How many members a group has by now, declared or not. */
  size(group: GroupName): number {
    const { members, unlisted = 0 } = this.#facts.groups.get(group) ?? {};
    return this.#sizes.get(group) ?? (members?.size ?? 0) + unlisted;
  }

  /** Changes a seat, and says from what to what; nothing where it stays. */
  turnSeat(user: UserName, { before, after }: SeatChange): { readonly before: string | undefined; readonly after: string } | undefined {
    if (after === undefined || !this.#facts.seats.has(user)) return undefined;
    const now = this.#seats.get(user) ?? this.#facts.seats.get(user);
    const isRaise = now === undefined || isLowerSeat(now, after);
    const isFall = now === before && isLowerSeat(after, now) && !this.#isProtected(user);
    if (!isRaise && !isFall) return undefined;
    this.#seats.set(user, after);
    if (now !== undefined) this.#inUse.set(now, (this.#inUse.get(now) ?? 0) - 1);
    this.#inUse.set(after, (this.#inUse.get(after) ?? 0) + 1);
    return { before: now, after };
  }

  /** Adds a member, unless it is one. */
  join(user: UserName, group: GroupName): boolean {
    if (!this.#facts.seats.has(user) || !this.#facts.groups.has(group) || this.#isMember(user, group)) return false;
    this.#setMember(user, group, true);
    return true;
  }

  /** Removes a member, if it is one. */
  leave(user: UserName, group: GroupName): boolean {
    if (!this.#facts.seats.has(user) || !this.#isMember(user, group) || this.#isProtected(user)) return false;
    this.#setMember(user, group, false);
    return true;
  }

  #isMember(user: UserName, group: GroupName): boolean {
    return this.#memberships.get(group)?.get(user) ?? this.#facts.groups.get(group)?.members.has(user) === true;
  }

  #setMember(user: UserName, group: GroupName, isMember: boolean): void {
    this.#sizes.set(group, this.size(group) + (isMember ? 1 : -1));
    const known = this.#memberships.get(group) ?? new Map<UserName, boolean>();
    this.#memberships.set(group, known.set(user, isMember));
  }

  #isProtected(user: UserName): boolean {
    return matchesAny(this.#facts.basis.protected, user);
  }
}
