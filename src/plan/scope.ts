import { matchesAny } from '../model/glob.ts';
import type { Live, LiveGroup } from '../model/live.ts';
import type { Policy } from '../model/policy.ts';

/**
 * What of the live state a plan may look at: ignored users and groups are taken out here, out of every membership too, so that nothing after
 * this can add, change or remove them. Seats and admins are still counted over all that was read.
 */
export function inScope(live: Live, { ignore }: Pick<Policy, 'ignore'>): Live {
  if (ignore.users.length + ignore.groups.length === 0) return live;
  const hidden = new Set([...live.users.keys(), ...live.ambiguous.users.keys()].filter((name) => matchesAny(ignore.users, name)));
  const shown = <N extends string, T>(objects: ReadonlyMap<N, T>, patterns: readonly string[]) =>
    new Map([...objects].filter(([name]) => !matchesAny(patterns, name)));
  const without = ({ members, ...group }: LiveGroup): LiveGroup => ({
    ...group,
    members: new Set([...members].filter((member) => !hidden.has(member))),
  });
  return {
    ...live,
    users: new Map([...live.users].filter(([name]) => !hidden.has(name))),
    groups: new Map([...shown(live.groups, ignore.groups)].map(([name, group]) => [name, without(group)])),
    ambiguous: {
      users: new Map([...live.ambiguous.users].filter(([name]) => !hidden.has(name))),
      groups: new Map([...shown(live.ambiguous.groups, ignore.groups)].map(([name, same]) => [name, same.map(without)])),
    },
  };
}
