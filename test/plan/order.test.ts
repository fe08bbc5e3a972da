import { expect, test } from 'vitest';
import type { Day } from '../../src/model/day.ts';
import { phaseOf, type Operation } from '../../src/model/operation.ts';
import { defaultPolicy, type Pools } from '../../src/model/policy.ts';
import { plan } from '../../src/plan/plan.ts';
import { situation, type Person, type Team } from './agreement.ts';

function operationsOf(people: Record<string, Person>, pools: Pools = {}, teams: Record<string, Team> = {}): readonly Operation[] {
  const { desired, live } = situation(people, teams);
  const planned = plan(desired, live, { ...defaultPolicy, pools }, { asOf: '2026-11-22' as Day, config: { digest: '', files: [] } });
  if (!planned.ok) throw new Error('nothing was targeted');
  return planned.value.operations;
}

const ids = (operations: readonly Operation[]) => operations.map(({ id }) => id);
const needs = (operations: readonly Operation[]) => Object.fromEntries(operations.map(({ name, needs }) => [name, needs]));
const seat = (from: string | undefined, to: string): Person => ({
  want: { seat: to },
  ...(from !== undefined && { have: { seat: from } }),
});
const off = (from: string): Person => ({ want: { active: false }, have: { seat: from } });

test('frees, takes, groups: creations before changes', () => {
  const operations = operationsOf(
    { 'a@x': seat('View', 'Full'), 'b@x': seat('Full', 'View'), 'c@x': off('Dev'), 'd@x': seat(undefined, 'Dev') },
    {},
    { Old: { want: { members: ['a@x'] }, have: {} }, Young: { want: { members: [] } } },
  );
  expect(ids(operations)).toEqual([
    'patch user b@x',
    'deactivate user c@x',
    'patch user a@x',
    'create user d@x',
    'create group Young',
    'patch group Old',
  ]);
  expect(operations.map(phaseOf)).toEqual(['free', 'free', 'take', 'take', 'group', 'group']);
});

test('without a pool nothing has to wait', () => {
  expect(needs(operationsOf({ 'a@x': seat('View', 'Full'), 'b@x': seat('Full', 'View') }))).toEqual({ 'a@x': [], 'b@x': [] });
});

test('in a full pool each take needs one free of its type, in plan order', () => {
  const people = { 'a@x': seat('View', 'Full'), 'b@x': seat('View', 'Full'), 'y@x': seat('Full', 'View'), 'z@x': off('Full') };
  const pools = { Full: { purchased: 3, outside: 1 } };
  expect(needs(operationsOf(people, pools))).toEqual({ 'a@x': ['patch user y@x'], 'b@x': ['deactivate user z@x'], 'y@x': [], 'z@x': [] });
});

test('the room that is left needs nothing, surplus takes need nothing', () => {
  const people = { 'a@x': seat('View', 'Full'), 'b@x': seat('View', 'Full'), 'c@x': seat('View', 'Full'), 'z@x': off('Full') };
  expect(needs(operationsOf(people, { Full: { purchased: 2, outside: 0 } }))).toEqual({
    'a@x': [],
    'b@x': ['deactivate user z@x'],
    'c@x': [],
    'z@x': [],
  });
});

test('a lowering into a pooled type uses up its room before any take', () => {
  const people = { 'a@x': seat('View', 'Dev'), 'y@x': seat('Full', 'Dev'), 'z@x': off('Dev') };
  expect(needs(operationsOf(people, { Dev: { purchased: 2, outside: 0 } }))).toMatchObject({ 'a@x': ['deactivate user z@x'] });
});

test('what a raise frees serves the takes behind it', () => {
  const people = { 'a@x': seat('View', 'Dev'), 'r@x': seat('Dev', 'Full'), 'z@x': off('Full') };
  const operations = operationsOf(people, { Full: { purchased: 1, outside: 0 }, Dev: { purchased: 1, outside: 0 } });
  expect(needs(operations)).toEqual({ 'a@x': ['patch user r@x'], 'r@x': ['deactivate user z@x'], 'z@x': [] });
});

test('View has no pool, a seat that stays takes nothing', () => {
  const people = { 'a@x': seat(undefined, 'View'), 'b@x': { want: { seat: 'Full', title: 'x' }, have: { seat: 'Full' } } };
  expect(needs(operationsOf(people, { Full: { purchased: 1, outside: 0 } }))).toEqual({ 'a@x': [], 'b@x': [] });
});

test('admin rights are granted before they are taken away, with a barrier between', () => {
  const operations = operationsOf({
    'a@x': { want: { figmaAdmin: false }, have: { figmaAdmin: true } },
    'b@x': { want: { active: false }, have: { figmaAdmin: true, seat: 'Full' } },
    'z@x': { want: { figmaAdmin: true }, have: {} },
  });
  expect(ids(operations)).toEqual(['patch user z@x', 'deactivate user b@x', 'patch user a@x']);
  expect(operations.map(phaseOf)).toEqual(['take', 'free', 'demote']);
  // One grant serves one loss: if it fails, the rights stay with somebody.
  expect(needs(operations)).toEqual({ 'z@x': [], 'b@x': ['patch user z@x'], 'a@x': [] });
});

test('an admin whose seat is needed waits for a grant that needs none', () => {
  const people = {
    'root@x': { want: { active: false }, have: { figmaAdmin: true, seat: 'Full' } },
    'w@x': { want: { figmaAdmin: true }, have: { seat: 'View' } },
    'z@x': { want: { seat: 'Full' }, have: { seat: 'View' } },
  };
  const operations = operationsOf(people, { Full: { purchased: 1, outside: 0 } });
  expect(ids(operations)).toEqual(['patch user w@x', 'deactivate user root@x', 'patch user z@x']);
  expect(needs(operations)).toEqual({ 'w@x': [], 'root@x': ['patch user w@x'], 'z@x': ['deactivate user root@x'] });
});

test('an admin who comes back is an heir too', () => {
  const operations = operationsOf({
    'root@x': { want: { active: false }, have: { figmaAdmin: true, seat: 'Full' } },
    'd@x': { want: { active: true }, have: { active: false, figmaAdmin: true } },
  });
  expect(needs(operations)).toEqual({ 'd@x': [], 'root@x': ['patch user d@x'] });
  expect(ids(operations)).toEqual(['patch user d@x', 'deactivate user root@x']);
});

test('an admin whose seat is needed leaves before the take, all the same', () => {
  const people = {
    'b@x': { want: { active: false }, have: { figmaAdmin: true, seat: 'Full' } },
    'z@x': { want: { figmaAdmin: true, seat: 'Full' }, have: {} },
  };
  expect(ids(operationsOf(people, { Full: { purchased: 1, outside: 0 } }))).toEqual(['deactivate user b@x', 'patch user z@x']);
});

test('an heir whose seat is lowered in the same plan comes before the loss, which needs the grant', () => {
  const operations = operationsOf({
    'a@x': { want: { active: false }, have: { figmaAdmin: true, seat: 'Full' } },
    'h@x': { want: { figmaAdmin: true, seat: 'Dev' }, have: { seat: 'Full' } },
  });
  expect(ids(operations)).toEqual(['patch user h@x', 'deactivate user a@x']);
  expect(needs(operations)).toEqual({ 'h@x': [], 'a@x': ['patch user h@x'] });
});

test('a seat that a lowering takes is not given to a take as well', () => {
  const operations = operationsOf(
    { 'x@x': off('Dev'), 'y@x': seat('Full', 'Dev'), 'w@x': seat('Dev', 'Full'), 't@x': seat('View', 'Dev') },
    { Full: { purchased: 9, outside: 0 }, Dev: { purchased: 2, outside: 0 } },
  );
  expect(needs(operations)).toEqual({ 'x@x': [], 'y@x': [], 'w@x': [], 't@x': ['patch user w@x'] });
});

test('an admin whose seat a lowering takes leaves before it', () => {
  const operations = operationsOf(
    {
      'x@x': { want: { active: false }, have: { figmaAdmin: true, seat: 'Dev' } },
      'y@x': seat('Full', 'Dev'),
      'z@x': { want: { figmaAdmin: true, seat: 'Full' }, have: { seat: 'View' } },
    },
    { Full: { purchased: 1, outside: 0 }, Dev: { purchased: 1, outside: 0 } },
  );
  expect(ids(operations)).toEqual(['deactivate user x@x', 'patch user y@x', 'patch user z@x']);
});

test('the seat that an early grant of rights gives back serves a take', () => {
  const operations = operationsOf(
    { 'e@x': { want: { figmaAdmin: true, seat: 'Full' }, have: { seat: 'Dev' } }, 't@x': seat('View', 'Dev') },
    { Dev: { purchased: 1, outside: 0 } },
  );
  expect(needs(operations)).toEqual({ 'e@x': [], 't@x': ['patch user e@x'] });
});

test('who was no active admin loses nothing, and needs no heir', () => {
  const operations = operationsOf({
    'a@x': { want: { active: true, figmaAdmin: false }, have: { active: false, figmaAdmin: true } },
    'd@x': { want: { figmaAdmin: false }, have: { figmaAdmin: true } },
    'h@x': { want: { figmaAdmin: true }, have: {} },
  });
  expect(needs(operations)).toEqual({ 'h@x': [], 'a@x': [], 'd@x': ['patch user h@x'] });
});
