import { userNameOf, type UserName, type Value } from '../model/directory.ts';
import type { Live, LiveGroup, LiveUser } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';

/** A fresh read as the operations of a saved plan look at it: objects by id, and people under the names they have and those they are going to have. */
export class Fresh {
  readonly live: Live;
  readonly users: ReadonlyMap<string, LiveUser>;
  readonly groups: ReadonlyMap<string, LiveGroup>;
  readonly #former = new Map<UserName, UserName>();
  readonly #arriving = new Set<UserName>();

  constructor(operations: readonly Operation[], live: Live) {
    this.live = live;
    this.users = new Map([...live.users.values()].map((user) => [user.ref.id, user]));
    this.groups = new Map([...live.groups.values()].map((group) => [group.ref.id, group]));
    for (const { kind, action, name, was, edits } of operations) {
      if (kind === 'user' && was !== undefined) this.#former.set(userNameOf(name), userNameOf(was));
      const returns = edits.some(({ attribute, after }) => attribute === 'active' && after === true);
      if (kind === 'user' && (action === 'create' || returns)) this.#arriving.add(userNameOf(name));
    }
  }

  /** Whether a membership is as the edit wants it. */
  hasMember({ before, after }: Edit, { members }: LiveGroup): boolean {
    return this.#names(after ?? before).some((name) => members.has(name));
  }

  /** Whether a group has members whom no edit adds. */
  hasOthers(edits: readonly Edit[], { members, strangers }: LiveGroup): boolean {
    const planned = new Set(edits.filter(({ attribute }) => attribute === 'member').flatMap(({ after }) => this.#names(after)));
    return strangers > 0 || [...members].some((member) => !planned.has(member));
  }

  /** Whether there is such a person who is active, or will be. */
  isSomebody(name: Value): boolean {
    return this.#names(name).some((one) => this.live.users.get(one)?.attributes.active === true || this.#arriving.has(one));
  }

  #names(value: Value | undefined): readonly UserName[] {
    const name = userNameOf(String(value));
    const former = this.#former.get(name);
    return former === undefined ? [name] : [name, former];
  }
}
