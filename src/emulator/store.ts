import { SeatLedger } from './ledger.ts';
import { seatOf, type GroupRecord, type UserRecord } from './resources.ts';

/** Records of one kind in the order of their creation, found by id and by name without a search. */
export class Shelf<T extends { readonly id: string }> {
  private readonly order: string[] = [];
  private readonly byId = new Map<string, T>();
  private readonly byName = new Map<string, string[]>();
  private readonly nameOf: (record: T) => string;

  constructor(nameOf: (record: T) => string) {
    this.nameOf = nameOf;
  }

  get size(): number {
    return this.order.length;
  }

  get(id: string): T | undefined {
    return this.byId.get(id);
  }

  /** All records of one name, a name being what `nameOf` makes of a record. */
  named(name: string): T[] {
    return this.pick(this.byName.get(name) ?? []);
  }

  /** `count` records from the zero-based place `from`. */
  slice(from: number, count: number): T[] {
    return this.pick(this.order.slice(from, from + count));
  }

  all(): T[] {
    return this.pick(this.order);
  }

  /** Puts a record in the place of the one with its id, or at the end. */
  put(record: T): void {
    const before = this.byId.get(record.id);
    if (before === undefined) {
      this.order.push(record.id);
    } else {
      this.unname(before);
    }
    this.byId.set(record.id, record);
    const name = this.nameOf(record);
    this.byName.set(name, [...(this.byName.get(name) ?? []), record.id]);
  }

  remove(record: T): void {
    this.unname(record);
    this.byId.delete(record.id);
    this.order.splice(this.order.indexOf(record.id), 1);
  }

  private pick(ids: readonly string[]): T[] {
    return ids.map((id) => this.byId.get(id)).filter((record) => record !== undefined);
  }

  private unname(record: T): void {
    const name = this.nameOf(record);
    const rest = (this.byName.get(name) ?? []).filter((id) => id !== record.id);
    if (rest.length > 0) {
      this.byName.set(name, rest);
    } else {
      this.byName.delete(name);
    }
  }
}

/** All that the emulated organization holds; every change goes through here, so the seats in use are right at every moment. */
export class Store {
  readonly users = new Shelf<UserRecord>((user) => user.attributes.userName.toLowerCase());
  readonly groups = new Shelf<GroupRecord>((group) => group.attributes.displayName);
  readonly ledger = new SeatLedger();

  putUser(user: UserRecord): void {
    this.ledger.move(takenSeat(this.users.get(user.id)), takenSeat(user));
    this.users.put(user);
  }

  /** Removes a user and every membership of theirs. */
  removeUser(user: UserRecord): void {
    this.ledger.move(takenSeat(user), undefined);
    this.users.remove(user);
    this.dropMemberships(user.id);
  }

  dropMemberships(userId: string): void {
    for (const group of this.groups.all()) {
      if (group.members.some((member) => member.value === userId)) {
        this.groups.put({ ...group, members: group.members.filter((member) => member.value !== userId) });
      }
    }
  }
}

// Somebody deactivated keeps the seat on record and uses none.
function takenSeat(user: UserRecord | undefined): string | undefined {
  return user?.attributes.active === true ? seatOf(user.attributes) : undefined;
}
