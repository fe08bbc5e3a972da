import { describe, expect, test } from 'vitest';
import { asking, file, type Seats } from './drama.ts';
import { created, createdAsNew, opened, replanned, signedIn, unplanned, updated, updatedAsNew } from './planned.ts';
import { annotationsIn } from './runner-log.ts';

const names = ['amy', 'ben', 'cat', 'dan', 'fay', 'gus', 'hal', 'ida'];
const seats: Seats = { ada: 'Full', bob: 'Full', ...Object.fromEntries(names.map((name) => [name, 'View'])) };
const limited = 'organization:\n  minAdmins: 0\n  separation: { approvals: 0 }\n  limits: { downgrades: 2 }\n';
const base = asking(seats, limited);

/** Grants of a Full seat that end together, so that everybody is lowered on 2026-12-01. */
const grants = (people: readonly string[]) =>
  `grants:\n${people.map((name) => `  - { user: ${name}@acme.com, seat: Full, from: 2026-11-24, until: 2026-11-30, reason: cover }\n`).join('')}`;

const stage = (files = base) => opened(seats, { files: { [file]: files } });
const allowance = 'seatform-allow: downgrades=8@2026-12-01';

describe('a pull request whose grants lower too many seats on one day', () => {
  test('is blocked by that day, and signs nothing that comes by itself', async () => {
    const drama = await stage();
    const pull = await drama.propose(base + grants(names), unplanned);
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 3, wrote: [created(pull)], outputs: { 'failure-reason': 'guard', changes: 'false' } });
    expect(annotationsIn(ran.log)).toEqual([
      expect.stringMatching(/^::error title=E218::the plan is blocked by .*\nhelp: .*: `seatform-allow: downgrades=8@2026-12-01`$/),
    ]);
    const shown = drama.comment(pull);
    expect(shown).toContain('> This plan cannot be applied as it is.');
    expect(shown).toContain(`\`${allowance}\``);
    expect(shown).toContain('from 2026-11-24 **8 users** View → Full');
    expect(shown).toContain('after 2026-11-30 **8 users** Full → View');
    expect(shown).not.toContain('applied on merge');
    expect(shown + ran.log + ran.summary).not.toContain('--allow');
    expect(signedIn(drama, pull).header.counts).toEqual([0, 0, 0, 0]);
    expect((await replanned(drama, pull)).wrote).toEqual([]);
  });

  test('is let through by an allowance of exactly that number on that day, which is shown and signed', async () => {
    const drama = await stage();
    const pull = await drama.propose(base + grants(names), { code: 3 });
    for (const other of ['downgrades=8', 'downgrades=7@2026-12-01', 'downgrades=8@2026-12-02']) {
      drama.github.editPull(pull, { body: `seatform-allow: ${other}` });
      expect(await replanned(drama, pull)).toMatchObject({ code: 3, outputs: { 'failure-reason': 'guard' } });
    }
    drama.github.editPull(pull, { body: allowance });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: updatedAsNew, outputs: { 'failure-reason': '' } });
    expect(drama.comment(pull)).toContain('**Allowed by the description of this pull request**: `downgrades=8@2026-12-01`');
    expect(drama.comment(pull)).toContain('applied on merge');
    expect(signedIn(drama, pull).header).toMatchObject({ counts: [0, 0, 0, 16], allowances: { 'downgrades@2026-12-01': 8 } });
  });

  test('still signs what it does today', async () => {
    const drama = await stage();
    const pull = await drama.propose(asking({ ...seats, ada: 'Dev' }, limited) + grants(names), unplanned);
    expect(await replanned(drama, pull)).toMatchObject({ code: 3, wrote: createdAsNew(pull) });
    expect(signedIn(drama, pull).header.counts).toEqual([1, 0, 0, 0]);
  });

  test('passes where the day was as bad without it, and is blocked where it makes that worse', async () => {
    const drama = await stage(base + grants(names.slice(0, 5)));
    const same = await drama.propose(asking({ ...seats, ada: 'Dev' }, limited) + grants(names.slice(0, 5)));
    expect(drama.comment(same)).not.toContain('cannot be applied');
    const fewer = await drama.propose(base + grants(names.slice(0, 4)));
    expect(drama.comment(fewer)).not.toContain('cannot be applied');
    const worse = await drama.propose(base + grants(names.slice(0, 6)), { code: 3 });
    expect(drama.comment(worse)).toContain('`seatform-allow: downgrades=6@2026-12-01`');
  });

  test('loses what it had signed for days to come as soon as one is blocked', async () => {
    const drama = await stage();
    const pull = await drama.propose(base + grants(names.slice(0, 2)));
    expect(signedIn(drama, pull).header.counts).toEqual([0, 0, 0, 4]);
    drama.github.push(pull, { [file]: base + grants(names) });
    expect(await replanned(drama, pull)).toMatchObject({ code: 3, wrote: [updated] });
    expect(signedIn(drama, pull).header.counts).toEqual([0, 0, 0, 0]);
  });
});
