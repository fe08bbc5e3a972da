import { sameValue, userAttributes, userNameOf, type UserAttribute } from '../model/directory.ts';
import type { Outcome } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import { assess, notThere, shown, unmet, type Attributes } from './assess.ts';
import { attempt } from './attempt.ts';
import type { Bench } from './bench.ts';
import { create } from './create.ts';
import { userAttributesOf } from './decode.ts';
import { patchBody, userBody, userPatch } from './encode.ts';
import { pathOf } from './lookup.ts';
import { putBody } from './overlay.ts';
import type { Resource } from './resource.ts';
import type { Reply } from './service.ts';
import { known, type Judgement, type Proof, type Sent } from './verify.ts';

/** Sends what one operation on a user asks for, if it is not done already and nothing has moved. */
export async function sendUser(bench: Bench, operation: Operation, signal: AbortSignal): Promise<Sent> {
  if (operation.action === 'create') return createUser(bench, operation, signal);
  const { ref, name, edits } = operation;
  if (ref === undefined) throw new Error(`${operation.id} names no object.`);
  let put = false;
  const made = await attempt(
    bench,
    {
      operation,
      id: ref.id,
      task: `${tasks[operation.action]} user ${name}`,
      assess: (found) => assess('user', name, edits, attributesOf(found)),
      send: (found, remaining) => {
        put ||= needsPut(remaining);
        return sendChange(bench, ref.id, found, remaining, signal);
      },
    },
    signal,
  );
  if (made.kind === 'failed') return known(made.outcome);
  if (!made.sent) return known({ kind: 'done', already: true });
  bench.knowledge.spelling.set(ref.id, nameAfter(operation));
  const before = put && made.before !== undefined ? attributesOf(made.before) : undefined;
  const proof = proofOf(operation, ref.id, before);
  return made.now === undefined ? { kind: 'sent', proof } : seenAfterDoubt(proof, made.now);
}

const tasks = { create: 'create', put: 'change', patch: 'change', deactivate: 'deactivate', delete: 'delete' } as const;

/** A PUT where an attribute needs the whole resource, else one PATCH. A service that refuses "" gets the PUT without the cleared attributes. */
async function sendChange(bench: Bench, id: string, found: Resource, edits: readonly Edit[], signal: AbortSignal): Promise<Reply> {
  const path = pathOf('user', id);
  if (!needsPut(edits)) {
    return bench.service.call('PATCH', path, { body: patchBody(userPatch(found, edits)), signal });
  }
  const reply = await bench.service.call('PUT', path, { body: putBody(found, edits), signal });
  const clears = edits.some((edit) => edit.after === undefined || edit.after === '');
  if (!clears || reply.kind !== 'answer' || reply.status !== 400) return reply;
  return bench.service.call('PUT', path, { body: putBody(found, edits, 'omit'), signal });
}

function needsPut(edits: readonly Edit[]): boolean {
  return edits.some((edit) => userAttributes[edit.attribute as UserAttribute] === 'put');
}

async function createUser(bench: Bench, operation: Operation, signal: AbortSignal): Promise<Sent> {
  const { edits } = operation;
  const name = nameAfter(operation);
  const created = await create(bench, operation, name, userBody(name, edits), signal);
  if (created.kind === 'failed') return known(created.outcome);
  bench.knowledge.userIds.set(userNameOf(name), created.id);
  bench.knowledge.spelling.set(created.id, name);
  // Whoever is created is active, whether an entry says so or not: a service may bind an account that was deactivated.
  const whole = { ...operation, edits: edits.some(({ attribute }) => attribute === 'active') ? edits : [...edits, isActive(operation)] };
  if (created.kind === 'made') return { kind: 'sent', proof: proofOf(whole, created.id) };
  const have = attributesOf(created.resource);
  if (unmet(whole.edits, have).length === 0) return known({ kind: 'done' });
  const message = `user ${name} exists already, ${have['active'] === false ? 'deactivated' : 'with other values'}; plan again.`;
  return known({ kind: 'moved', problem: { code: 'moved', message } });
}

function isActive({ edits }: Operation): Edit {
  return { attribute: 'active', after: true, cause: edits[0]?.cause ?? { via: 'entry' } };
}

/** `before` is what a PUT found: a seat, an admin or an active user who changed without an edit is a side effect. */
function proofOf(operation: Operation, id: string, before?: Attributes): Proof {
  const { name, edits } = operation;
  const judge = (found: Resource | undefined): Judgement => {
    const have = found === undefined ? {} : attributesOf(found);
    const changed = before === undefined || found === undefined ? undefined : sideEffect(name, edits, before, have);
    if (changed !== undefined) return { settled: false, outcome: changed };
    const missing = found === undefined ? edits : unmet(edits, have);
    if (missing.length > 0 || found === undefined) {
      return { settled: false, outcome: { kind: 'not-converged', edits: missing, problem: notThere('user', name, missing) } };
    }
    return { settled: true, outcome: before === undefined ? { kind: 'done' } : { kind: 'done', put: true } };
  };
  return { kind: 'user', id, name: nameAfter(operation), withMembers: false, judge };
}

/** The name that a user has once the operation is carried out. */
function nameAfter({ name, edits }: Operation): string {
  const renamed = edits.find((edit) => edit.attribute === 'userName')?.after;
  return typeof renamed === 'string' ? renamed : name;
}

const watched = ['seat', 'active', 'figmaAdmin'] as const satisfies readonly UserAttribute[];

function sideEffect(name: string, edits: readonly Edit[], before: Attributes, have: Attributes): Outcome | undefined {
  // Whoever comes back takes a seat again, whichever the service gives.
  const returns = before['active'] === false && have['active'] === true;
  const changed = watched.filter(
    (attribute) =>
      !((returns || have['active'] === false) && attribute === 'seat') &&
      !edits.some((edit) => edit.attribute === attribute) &&
      !sameValue(attribute, before[attribute], have[attribute]),
  );
  if (changed.length === 0) return undefined;
  const what = changed.map((attribute) => `${attribute} from ${shown(before[attribute])} to ${shown(have[attribute])}`);
  const message = `The change of user ${name} also changed what was not asked for: ${what.join(', ')}.`;
  return { kind: 'failed', problem: { code: 'side-effect', message } };
}

/** The look that followed a doubtful answer saw every edit in place, so it is the proof, unless it saw more. */
function seenAfterDoubt(proof: Proof, now: Resource): Sent {
  const { settled, outcome } = proof.judge(now);
  return settled ? known(outcome) : { kind: 'sent', proof };
}

/** A user without a usable name has no attributes to compare. */
function attributesOf(resource: Resource): Attributes {
  return { ...userAttributesOf(resource) };
}
