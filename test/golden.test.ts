import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { startEmulator, type Emulator } from '../src/emulator/emulator.ts';
import { quirkProfiles } from '../src/emulator/quirks.ts';
import type { Seed } from '../src/emulator/seed.ts';
import type { Day } from '../src/model/day.ts';
import type { Declaration, SourceFile } from '../src/model/declaration.ts';
import type { Result } from '../src/model/diagnostic.ts';
import type { ApplyEvent } from '../src/model/event.ts';
import { isApplyable, type Plan } from '../src/model/plan.ts';
import { allow } from '../src/plan/guards/allow.ts';
import { carryOut } from '../src/flows/apply.ts';
import { check, propose } from '../src/flows/plan.ts';
import { renderPlanJson } from '../src/render/json.ts';
import { renderPlanMarkdown } from '../src/render/markdown.ts';
import { renderPlan } from '../src/render/terminal.ts';
import { openDirectory } from '../src/scim/directory.ts';

/*
 * Each folder is a case: configuration, what is live, and the plan in its three pictures. Every case is also applied and planned again, under
 * three services that differ wherever Figma's documents are silent: the second plan is empty.
 */
const cases = readdirSync('test/golden', { withFileTypes: true }).filter((entry) => entry.isDirectory());
const profiles = ['default', 'strict', 'hostile'] as const;
const running: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of running.splice(0)) await close();
});

describe.each(cases.map(({ name }) => name))('%s', (name) => {
  const folder = `test/golden/${name}`;
  const files: SourceFile[] = [{ path: 'seatform.yaml', text: readFileSync(`${folder}/seatform.yaml`, 'utf8') }];
  const seed = JSON.parse(readFileSync(`${folder}/live.json`, 'utf8')) as Seed;

  test('the plan looks as it did', async () => {
    const { plan } = await planned(valueOf(check(files)), await serve(seed, 'default'));
    await expect(renderPlan(plan, { color: false })).toMatchFileSnapshot(`${process.cwd()}/${folder}/plan.txt`);
    await expect(renderPlanMarkdown(plan)).toMatchFileSnapshot(`${process.cwd()}/${folder}/plan.md`);
    const making = { version: '0.1.0', createdAt: '2026-11-22T09:00:00.000Z' };
    await expect(renderPlanJson(plan, making)).toMatchFileSnapshot(`${process.cwd()}/${folder}/plan.json`);
  });

  test.each(profiles)('applied against the %s service, the second plan is empty', async (profile) => {
    const emulator = await serve(seed, profile);
    const checked = valueOf(check(files));
    const { plan, directory } = await planned(checked, emulator);
    expect(emulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    const lifted = { ...plan, guards: allow(plan.guards, small(plan)) };
    if (!isApplyable(lifted)) return;
    let last: ApplyEvent | undefined;
    for await (const event of carryOut(plan, directory, { parallelism: 4, signal: new AbortController().signal, now })) {
      last = event;
    }
    expect(last).toMatchObject({ type: 'summary', report: { complete: plan.unresolved === 0, failed: 0, held: 0, skipped: 0 } });
    const again = await planned(checked, emulator);
    expect(again.plan.operations).toEqual([]);
    expect(again.plan.unresolved).toBe(plan.unresolved);
  });
});

/** A case has a handful of people, so that any change is a large part of them: the guards on numbers are lifted, those on meaning are not. */
function small({ guards }: Plan): ReadonlyMap<string, number> {
  return new Map(guards.filter(({ guard }) => guard !== 'ambiguous' && guard !== 'protected').map(({ guard, count }) => [guard, count]));
}

function now(): Date {
  return new Date('2026-11-22T09:00:00Z');
}

async function serve(seed: Seed, profile: (typeof profiles)[number]): Promise<Emulator> {
  const emulator = await startEmulator({ seed, quirks: quirkProfiles[profile], now });
  running.push(() => emulator.close());
  return emulator;
}

async function planned(declaration: Declaration, { baseUrl, tenantId, token }: Emulator) {
  const directory = openDirectory({ baseUrl, tenantId, token, userAgent: 'seatform-test', clock: quickClock, random: () => 0.5 });
  running.unshift(() => directory.close());
  return { directory, plan: valueOf<Plan>(await propose(declaration, directory, { asOf: '2026-11-22' as Day })) };
}

/** A clock on which waiting costs a hundredth. */
const quickClock = {
  now: () => Date.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds / 100)),
};

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('; '));
  return result.value;
}
