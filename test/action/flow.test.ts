import { expect, test } from 'vitest';
import { staged } from './stage.ts';

const person = (userName: string, seat: string, active = true) => ({
  userName,
  active,
  roles: [{ type: 'seatType', value: seat, primary: true }],
});
const seed = { users: [person('ada@acme.com', 'Full'), person('bob@acme.com', 'Full'), person('eve@acme.com', 'View')], groups: [] };
const users = (...entries: string[]) => `version: 1\nusers:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`;
const same = users('{ userName: ada@acme.com, seat: Full }', '{ userName: bob@acme.com }', '{ userName: eve@acme.com, seat: View }');

test('a pull request: planned, planned again, merged, applied, and then there is nothing to do', async () => {
  const stage = await staged({ figma: { seed }, files: { 'seatform/users.yaml': same } });
  const { github, figma } = stage;
  const first = await stage.apply();
  console.log(first);
  github.commit('change', { 'seatform/users.yaml': same.replace('seat: Full', 'seat: View') });
  const pull = github.openPull({ head: 'change', title: 'Ada views' });
  const planned = await stage.plan(pull);
  console.log(planned, github.comments(pull)[0]?.body);
  github.mergePull(pull, 'squash');
  const applied = await stage.apply();
  console.log(applied, github.comments(pull)[0]?.body, github.statuses(github.tip('main')));
  expect(figma.state().users[0]?.roles).toEqual(['View']);
});
