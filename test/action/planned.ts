import { expect } from 'vitest';
import { keysFrom } from '../../src/github/key.ts';
import { isGenuine, open, type Marker } from '../../src/github/marker.ts';
import { asking, dramaOn, file, holding, type Drama, type Seats } from './drama.ts';
import { strangeCommands } from './runner-log.ts';
import { staged, type Given, type Ran, type Scenery } from './stage.ts';

/** The seats of most scenarios. */
export const three = { ada: 'Full', bob: 'Full', eve: 'View' };

/** A pull request that is opened and not planned. */
export const unplanned = { isPlanned: false } as const;

/** A stage on which main asks for what there is, and nothing was applied or planned yet. */
export async function opened(seats: Seats = three, { files, figma, ...more }: Scenery = {}): Promise<Drama> {
  return dramaOn(await staged({ ...more, figma: { seed: holding(seats), ...figma }, files: files ?? { [file]: asking(seats) } }));
}

/** A run, what it wrote to GitHub, and how often it asked Figma for something. */
export interface Planned extends Ran {
  readonly wrote: readonly string[];
  readonly asked: number;
}

/** Plans a pull request: nothing is written to Figma, and the log says nothing to the runner that is not the Action's own. */
export function replanned({ plan, ...drama }: Drama, pull: number, given?: Given): Promise<Planned> {
  return watched(drama, () => plan(pull, given));
}

/** As `replanned`, of any run that must not write to Figma. */
export async function watched({ github, figma }: Pick<Drama, 'github' | 'figma'>, act: () => Promise<Ran>): Promise<Planned> {
  const [before, former] = [github.requests.length, figma.requests.length];
  const ran = await act();
  const asked = figma.requests.slice(former);
  expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(strangeCommands(ran.log)).toEqual([]);
  const sent = github.requests.slice(before).filter(({ method, path }) => method !== 'GET' && path !== '/graphql');
  return { ...ran, wrote: sent.map(({ method, path }) => `${method} ${path.replace(/\d{6,}(?=$|\/)/, 'ID')}`), asked: asked.length };
}

/** What makes and what changes a comment. */
export const created = (pull: number) => `POST /repos/acme/figma/issues/${pull}/comments`;
export const updated = 'PATCH /repos/acme/figma/issues/comments/ID';

/** What a plan writes that shows more than any before it: first to be seen, then with GitHub's time of that. */
export const createdAsNew = (pull: number) => [created(pull), updated];
export const updatedAsNew = [updated, updated];

/** What dismisses an approving review. */
export const dismissed = (pull: number) => `PUT /repos/acme/figma/pulls/${pull}/reviews/ID/dismissals`;

/** What the newest comment with a plan signs, read with the key of the token. */
export function signedIn({ github, figma }: Pick<Drama, 'github' | 'figma'>, pull: number): Marker {
  const opened = github.comments(pull).flatMap(({ body }) => open(body) ?? []);
  const newest = opened.toSorted((a, b) => Date.parse(a.marker.header.plannedAt) - Date.parse(b.marker.header.plannedAt)).at(-1);
  if (!newest || !isGenuine(newest.marker, newest.body, keysFrom(figma.token))) throw new Error('there is no signed comment');
  return newest.marker;
}
