import { describe, expect, test } from 'vitest';
import type { Seed } from '../../src/emulator/seed.ts';
import { emulated, folderWith, seatform, writes } from './stage.ts';

const seat = (value: string) => [{ type: 'seatType', value }];
const people = Array.from({ length: 450 }, (_, index) => `p${String(index).padStart(3, '0')}@example.com`);
const seed: Seed = {
  users: people.map((userName) => ({ userName, roles: seat('View') })),
  groups: [{ displayName: 'G', members: people.slice(0, 10).map((value) => ({ value })) }],
};
const [first = '', second = '', third = ''] = people;
const yaml = `version: 1
organization:
  limits: { membershipRemovals: 50% }
users:
  - userName: ${first}
    seat: Dev
  - userName: ${second}
    title: New
  - userName: ${third}
    active: false
  - userName: new@example.com
    seat: Full
groups:
  - displayName: G
    members: [${people.slice(5, 15).join(', ')}, new@example.com]
  - displayName: Founded
    members: [${first}]
`;
const changes = 6;

/** What each fault means for a plan and for an apply, as exit codes. A plan never writes; a second apply finishes what is left. */
describe.each<[string, number, number]>([
  ['throttle=3', 0, 0],
  ['throttle-silent=2', 0, 0],
  ['throttle=2@POST', 0, 0],
  ['rate=20', 0, 0],
  ['unavailable=2', 0, 0],
  ['unavailable=1@PATCH', 0, 0],
  ['unavailable=1@POST', 0, 0],
  ['bad-gateway=2', 0, 0],
  ['bad-gateway=1@PUT', 0, 0],
  ['reset=2', 0, 0],
  ['reset=1@POST', 0, 0],
  ['reset-after=1@POST', 0, 0],
  ['reset-after=2@PATCH', 0, 0],
  ['reset-after=1@PUT', 0, 0],
  ['truncated=2', 0, 0],
  ['truncated=2@POST', 0, 0],
  ['short-page=1', 0, 0],
  ['repeat-page=1', 0, 0],
  ['moving-total=1', 0, 0],
  ['empty-list=1', 0, 0],
  ['short-page=100%', 1, 1],
  ['repeat-page=100%', 1, 1],
  ['moving-total=100%', 1, 1],
  ['empty-list=100%', 1, 1],
  ['unavailable=100%', 1, 1],
  ['bad-gateway=100%', 1, 1],
  ['reset=100%', 1, 1],
  ['truncated=100%', 1, 1],
  ['revoke=2', 1, 1],
  ['revoke=12', 0, 1],
  ['ignored=1@PATCH', 0, 1],
  ['ignored=1@PUT', 0, 1],
  ['unavailable=100%@PATCH', 0, 1],
  ['reset=5%', 0, 0],
])('%s', (fault, planned, applied) => {
  test(`plan exits ${planned} and writes nothing`, async () => {
    const { emulator, env } = await emulated({ seed, faults: [fault] });
    const folder = await folderWith({ 'seatform.yaml': yaml });
    const ran = await seatform({ folder, env }, 'plan');
    expect({ code: ran.code, said: planned === 0 || ran.err !== '' }).toEqual({ code: planned, said: true });
    expect(ran.err).not.toMatch(/\n\s+at |bug/);
    expect(writes(emulator)).toEqual([]);
  });

  test(`apply exits ${applied}, creates nothing twice, and a second one finishes the rest`, async () => {
    const { emulator, env } = await emulated({ seed, faults: [fault] });
    const folder = await folderWith({ 'seatform.yaml': yaml });
    const ran = await seatform({ folder, env }, 'apply', '--auto-approve');
    expect(ran.err).not.toMatch(/\n\s+at |bug/);
    expect({ code: ran.code, out: ran.code === 0 ? /Apply complete!/.test(ran.out) : !ran.out.includes('Apply complete!') }).toEqual({
      code: applied,
      out: true,
    });
    const held = emulator.state();
    expect(held.users.filter(({ userName }) => userName === 'new@example.com').length).toBeLessThanOrEqual(1);
    expect(held.groups.filter(({ displayName }) => displayName === 'Founded').length).toBeLessThanOrEqual(1);
    if (fault.includes('100%') || fault.startsWith('revoke')) return;
    expect((await seatform({ folder, env }, 'apply', '--auto-approve')).code).toBe(0);
    expect(await seatform({ folder, env }, 'plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
  });
});

test('without a fault: one write each, and no read for anybody who does not change', async () => {
  const { emulator, env } = await emulated({ seed });
  const folder = await folderWith({ 'seatform.yaml': yaml });
  await seatform({ folder, env }, 'apply', '--auto-approve');
  // Four users, a group with one batch of adds and one of removes, and a new group with one batch.
  expect(writes(emulator)).toHaveLength(4 + 2 + 2);
  const list = 1 + 3 + 1 + 1 + 1;
  expect(emulator.requests.filter(({ method }) => method === 'GET').length).toBeLessThanOrEqual(list + 2 * changes);
});
