import { expect } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { Seed } from '../../src/emulator/seed.ts';
import { keysFrom } from '../../src/github/key.ts';
import { statusText } from '../../src/github/status.ts';
import { dayOf } from '../../src/model/day.ts';
import { staged, type Given, type Ran, type Scenery, type Stage } from './stage.ts';

/** Who has which seat, by what stands before the @: `off` is nobody active. */
export type Seats = Readonly<Record<string, string>>;

/** A run, and whom it wrote to Figma about: names as in `Seats`, groups as `#name`, in the order of the requests. */
interface Applied extends Ran {
  readonly wrote: readonly string[];
}

/** A stage on which seats are played: configuration and Figma agree at first, and the configuration counts as applied. */
export interface Drama extends Stage {
  /** Opens a pull request of files on a branch of its own, has it planned, and gives its number. */
  readonly propose: (files: Files, more?: Proposal) => Promise<number>;
  readonly applied: (given?: Given) => Promise<Applied>;
  readonly seats: () => Seats;
  /** Somebody changes a seat in Figma itself. */
  readonly byHand: (name: string, seat: string) => Promise<void>;
  /** The comment with the plan, below its first line, or the note beside it. */
  readonly comment: (pull: number) => string;
  readonly notes: (pull: number) => readonly string[];
  /** The days of the statuses of the tip, newest first. */
  readonly days: (context?: string) => readonly string[];
  readonly openIssues: () => readonly string[];
}

type Files = NonNullable<Scenery['files']> | string;

interface Proposal {
  readonly title?: string;
  readonly body?: string;
  readonly base?: string;
  readonly author?: string;
  /** What the plan has to answer; default 0. */
  readonly code?: number;
  readonly given?: Given;
  readonly isPlanned?: boolean;
}

/** Room for whatever a test does, so that no limit stands in the way by accident. */
export const roomy =
  'organization:\n  minAdmins: 0\n  separation: { approvals: 0 }\n  limits: { creations: 100, deactivations: 100, reactivations: 100, downgrades: 100, membershipRemovals: 100 }\n';

/** The one file of most scenarios. */
export const file = 'seatform/users.yaml';

/** A configuration that asks for these seats. */
export function asking(seats: Seats, rest = roomy): string {
  const entries = Object.entries(seats).map(([name, seat]) => {
    return `  - { userName: ${name}@acme.com, ${seat === 'off' ? 'active: false' : `active: true, seat: ${seat}`} }\n`;
  });
  return `version: 1\n${rest}users:\n${entries.join('')}`;
}

/** An organization with these seats. */
export function holding(seats: Seats): Seed {
  const users = Object.entries(seats).map(([name, seat]) => ({
    userName: `${name}@acme.com`,
    active: seat !== 'off',
    roles: [{ type: 'seatType', value: seat === 'off' ? 'View' : seat }],
  }));
  return { users, groups: [] };
}

/** Opens a drama: the first commit asks for `files`, or for the seats that are there, and is applied. */
export async function played(seats: Seats, { files = asking(seats), figma, ...more }: Omit<Scenery, 'files'> & { files?: Files } = {}) {
  const stage = await staged({ ...more, figma: { seed: holding(seats), ...figma }, files: filesOf(files) });
  const drama = dramaOn(stage);
  markApplied(stage);
  return drama;
}

/** Sets the status that an apply would have set: on the tip, for a day. */
export function markApplied(
  { github, figma }: Stage,
  { day = '2026-11-22', commit = github.tip(), key = figma.token, context = 'seatform/applied' } = {},
): void {
  const place = { repository: github.repositoryId, commit, context };
  const status = { day: dayOf(day) ?? unknownDay(day), sequence: '-', head: '-' };
  github.setStatus(commit, { context, description: statusText(status, place, keysFrom(key)) });
}

function unknownDay(day: string): never {
  throw new Error(`${day} is not a day`);
}

/** A stage with the means of a drama, before anything was applied. */
export function dramaOn(stage: Stage): Drama {
  const { github, figma } = stage;
  let branches = 0;
  return {
    ...stage,
    propose: async (files, { code = 0, given, isPlanned = true, ...pull } = {}) => {
      branches += 1;
      const head = `change-${branches}`;
      github.commit(head, filesOf(files));
      const number = github.openPull({ head, ...pull });
      if (isPlanned) expect(await stage.plan(number, given)).toMatchObject({ code });
      return number;
    },
    applied: async (given) => {
      const before = figma.requests.length;
      const ran = await stage.apply(given);
      return { ...ran, wrote: figma.requests.slice(before).flatMap((request) => aboutOf(figma, request)) };
    },
    seats: () => seatsIn(figma),
    byHand: (name, seat) => change(figma, name, seat),
    comment: (pull) => (github.comments(pull).find(({ body }) => body.startsWith('<!-- seatform:plan'))?.body ?? '').replace(/^.*\n/, ''),
    notes: (pull) =>
      github.comments(pull).flatMap(({ body }) => (/^<!-- seatform:(?:result|unapproved):/.test(body) ? body.replace(/^.*\n/, '') : [])),
    days: (context = 'seatform/applied') =>
      github
        .statuses(github.tip('main'))
        .filter((status) => status.context === context)
        .map(({ description }) => description?.split(' ')[0] ?? ''),
    openIssues: () => github.issues.flatMap(({ state, body }) => (state === 'open' ? (body ?? '') : [])),
  };
}

function filesOf(files: Files): NonNullable<Scenery['files']> {
  return typeof files === 'string' ? { [file]: files } : files;
}

/** Who has which seat in Figma now. */
export function seatsIn(figma: Emulator): Seats {
  return Object.fromEntries(
    figma.state().users.map(({ userName, active, roles }) => [userName.split('@')[0], active === false ? 'off' : roles?.[0]?.value]),
  );
}

function aboutOf(figma: Emulator, { method, path, body }: Emulator['requests'][number]): readonly string[] {
  if (method === 'GET') return [];
  const { users, groups } = figma.state();
  const id = path.split('/')[2];
  const given = body as { readonly userName?: string; readonly displayName?: string } | undefined;
  if (path.startsWith('/Groups')) return [`#${groups.find((group) => group.id === id)?.displayName ?? given?.displayName}`];
  return [(users.find((user) => user.id === id)?.userName ?? given?.userName ?? path).split('@')[0] ?? ''];
}

async function change(figma: Emulator, name: string, seat: string): Promise<void> {
  const id = figma.state().users.find(({ userName }) => userName === `${name}@acme.com`)?.id;
  const value = seat === 'off' ? { active: false } : { active: true, roles: [{ type: 'seatType', value: seat }] };
  const operations = Object.entries(value).map(([path, wanted]) => ({ op: 'replace', path, value: wanted }));
  expect(await asked(figma, 'PATCH', `Users/${id ?? ''}`, { Operations: operations })).toBe(200);
}

const schemas = { POST: 'urn:ietf:params:scim:schemas:core:2.0:User', PATCH: 'urn:ietf:params:scim:api:messages:2.0:PatchOp', DELETE: '' };

/** Asks Figma for something beside the Action, and gives the status. */
export async function asked(figma: Emulator, method: keyof typeof schemas, path: string, body?: object): Promise<number> {
  const answer = await fetch(`${figma.baseUrl}/${figma.tenantId}/${path}`, {
    method,
    headers: { authorization: `Bearer ${figma.token}`, 'content-type': 'application/scim+json' },
    ...(body && { body: JSON.stringify({ schemas: [schemas[method]], ...body }) }),
  });
  return answer.status;
}
