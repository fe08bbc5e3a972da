import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { keysFrom } from '../../src/github/key.ts';
import { changeId, type ChangeId } from '../../src/model/change-id.ts';
import { asking, file, roomy, type Drama } from './drama.ts';
import { created, createdAsNew, opened, replanned, signedIn, three, unplanned, updated } from './planned.ts';

/** The hashes of changes under the key of the token, in order. */
function hashed({ figma }: Drama, ids: readonly ChangeId[]): readonly string[] {
  return ids.map((id) => keysFrom(figma.token)[0].hashOf(id)).toSorted();
}

const seatOf = (name: string, value: string) => changeId({ op: 'set', kind: 'user', name: `${name}@acme.com`, attribute: 'seat', value });

const grant = (from: string, until: string) =>
  `grants:\n  - { user: eve@acme.com, seat: Full, from: ${from}, until: ${until}, reason: cover }\n`;

describe('what a pull request causes is shown, and exactly that is signed', () => {
  test('equal changes as one line with every name behind it', async () => {
    const team = { amy: 'Full', ben: 'Full', cat: 'Full', dan: 'Full' };
    const drama = await opened({ ...three, ...team });
    const pull = await drama.propose(asking({ ...three, amy: 'Dev', ben: 'Dev', cat: 'Dev', dan: 'View' }));
    const shown = drama.comment(pull);
    expect(shown).toContain('| 🟡 | 3 users | Full → Dev |');
    expect(shown).toContain('`amy@acme.com` `ben@acme.com` `cat@acme.com`');
    expect(shown).toContain('| 🟡 | `dan@acme.com` | Full → View |');
    const ids = [...['amy', 'ben', 'cat'].map((name) => seatOf(name, 'Dev')), seatOf('dan', 'View')];
    const { hashes } = signedIn(drama, pull);
    expect({ ...hashes, changes: hashes.changes.toSorted() }).toEqual({ changes: hashed(drama, ids), rules: [], takenBack: [], dated: [] });
  });

  test('every changed rule with its old and new value, also where it concerns nobody today', async () => {
    const drama = await opened();
    const rules = roomy
      .replace('deactivations: 100', 'deactivations: 3')
      .replace('minAdmins: 0\n', 'minAdmins: 0\n  protected: [eve@acme.com]\n');
    const pull = await drama.propose(asking(three, rules), unplanned);
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 0, wrote: createdAsNew(pull), outputs: { changes: 'false' } });
    const shown = drama.comment(pull);
    expect(shown).toMatch(/^### Figma plan: changes 2 rules\n\n> \[!CAUTION\]\n> \*\*2 rules change\*\*:\n/);
    expect(shown).toContain('> - `limits.deactivations`: `100` → `3`');
    expect(shown).toContain('> - `protected`: none → `eve@acme.com`');
    expect(shown).toContain('· applied on merge</sub>');
    expect(signedIn(drama, pull).header.counts).toEqual([0, 2, 0, 0]);
    expect((await replanned(drama, pull)).wrote).toEqual([]);
  });

  test('what it takes back, though it does nothing else, with the value then wanted', async () => {
    const drama = await opened(three, { files: { [file]: asking({ ...three, bob: 'View' }) } });
    const pull = await drama.propose(asking(three), unplanned);
    expect(await replanned(drama, pull)).toMatchObject({
      code: 0,
      wrote: createdAsNew(pull),
      outputs: { changes: 'false', 'to-change': '0' },
    });
    const shown = drama.comment(pull);
    expect(shown).toMatch(/^### Figma plan: takes back 1 change that is approved and not applied yet\n/);
    expect(shown).toContain('This pull request changes nothing in Figma: it only withdraws changes that are not applied yet.');
    expect(shown).toContain('| ⏪ | `bob@acme.com` | Full → View is taken back |');
    expect(shown).not.toContain('Pending on');
    const { changes, takenBack } = signedIn(drama, pull).hashes;
    expect([changes, takenBack.toSorted()]).toEqual([
      [],
      hashed(drama, [`takes back ${seatOf('bob', 'View')}` as ChangeId, seatOf('bob', 'Full')]),
    ]);
  });

  test('another value than the one that is pending as a change of its own', async () => {
    const drama = await opened(three, { files: { [file]: asking({ ...three, bob: 'View' }) } });
    const pull = await drama.propose(asking({ ...three, bob: 'Dev' }));
    expect(drama.comment(pull)).toContain('| 🟡 | `bob@acme.com` | Full → Dev |');
    expect(signedIn(drama, pull).hashes.changes).toEqual(hashed(drama, [seatOf('bob', 'Dev')]));
  });

  test('the days of a grant, and those that it withdraws', async () => {
    const drama = await opened(three, { files: { [file]: asking(three) + grant('2026-12-01', '2026-12-31') } });
    const pull = await drama.propose(asking(three) + grant('2026-12-01', '2027-01-15'));
    const shown = drama.comment(pull);
    expect(shown).toMatch(/^### Figma plan: schedules 1 change, withdraws 1 scheduled change\n/);
    expect(shown).toMatch(/- after 2027-01-15 `eve@acme\.com` Full → View \(/);
    expect(shown).toMatch(/- no longer after 2026-12-31 `eve@acme\.com` Full → View \(/);
    expect(signedIn(drama, pull).header.counts).toEqual([0, 0, 1, 1]);
  });

  test('an entry that is removed is shown and signs nothing, since it changes nothing', async () => {
    const drama = await opened();
    const pull = await drama.propose(asking({ ada: 'Full', eve: 'View' }), unplanned);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [created(pull)] });
    expect(signedIn(drama, pull).header.counts).toEqual([0, 0, 0, 0]);
    expect(drama.comment(pull)).not.toContain('applied on merge');
    drama.github.push(pull, { [file]: asking({ ada: 'Full' }) });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated] });
    expect(drama.comment(pull)).toContain('**2 entries are removed, and their users keep access.**');
  });
});

describe('the outputs are of the own plan of the pull request', () => {
  test('counts, digest and file leave out what is pending without it', async () => {
    const drama = await opened();
    const alone = await drama.propose(asking({ ...three, ada: 'View' }), unplanned);
    const first = await replanned(drama, alone);
    const pending = await opened(three, { files: { [file]: asking({ ...three, bob: 'off' }) } });
    const pull = await pending.propose(asking({ ...three, bob: 'off', ada: 'View' }), unplanned);
    const { outputs } = await replanned(pending, pull);
    const figures = ['changes', 'to-create', 'to-change', 'to-deactivate', 'seats-delta'];
    expect(figures.map((name) => outputs[name])).toEqual(['true', '0', '1', '0', '{"Full":-1,"View":1}']);
    expect(figures.map((name) => first.outputs[name])).toEqual(figures.map((name) => outputs[name]));
    const saved = JSON.parse(readFileSync(outputs['plan-path'] ?? '', 'utf8')) as { operations: { id: string }[]; digest: string };
    expect(saved.operations.map(({ id }) => id)).toEqual(['patch user ada@acme.com']);
    expect(saved.digest).toBe(outputs['plan-digest']);
    expect(signedIn(pending, pull).header.digest).toBe(outputs['plan-digest']);
  });

  test('what ends within seven days', async () => {
    const drama = await opened();
    const pull = await drama.propose(asking(three) + grant('2026-11-20', '2026-11-25'), unplanned);
    const { outputs } = await replanned(drama, pull);
    expect(outputs['due-soon']).toBe('[{"until":"2026-11-25","user":"eve@acme.com","seat":"Full","to":"View"}]');
  });
});

test('the pull request is read by one query, and every other request names its version', async () => {
  const drama = await opened();
  const { github } = drama;
  const pull = await drama.propose(asking({ ...three, ada: 'View' }), unplanned);
  const before = github.requests.length;
  await replanned(drama, pull);
  const sent = github.requests.slice(before);
  expect(sent.filter(({ path }) => /\/pulls\/\d+$/.test(path))).toEqual([]);
  const rest = sent.filter(({ path }) => path !== '/graphql');
  expect([...new Set(rest.map(({ headers }) => headers['x-github-api-version']))]).toEqual(['2022-11-28']);
  const queries = sent.map(({ body }) => (body as { query?: string } | undefined)?.query ?? '');
  const asked = queries.filter((query) => query.includes('mergeable'));
  expect(asked.length).toBeGreaterThan(0);
  for (const query of asked) expect(query).toMatch(/potentialMergeCommit \{ oid parents/);
});
