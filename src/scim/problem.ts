import type { Problem, ProblemCode } from '../model/event.ts';
import { isTransient } from './retry.ts';
import type { Reply } from './service.ts';
import { detailOf } from './detail.ts';

/** What a write's reply proves: the service took it, did not do it, or may have done it. */
export type Fate = 'accepted' | 'refused' | 'doubtful';

/** Judges the reply to a write by its status alone (scim-client rule 12). A success that cannot be read is no success yet. */
export function fateOf(reply: Reply): Fate {
  if (reply.kind === 'lost') return reply.sent ? 'doubtful' : 'refused';
  if (reply.kind !== 'answer') return 'refused';
  // A redirect is not followed, and some services redirect after they have done what was asked.
  if (isTransient(reply.status) || (reply.status >= 300 && reply.status <= 399)) return 'doubtful';
  if (reply.status < 200 || reply.status > 299) return 'refused';
  return reply.content.kind === 'json' || reply.content.kind === 'none' ? 'accepted' : 'doubtful';
}

/** Why a reply did not do what was asked: `task` completes "could not …", such as `read group "Design"`. */
export function problemOf(reply: Reply, task: string, token: string): Problem {
  switch (reply.kind) {
    case 'interrupted':
      return { code: 'interrupted', message: `Interrupted before Figma was asked to ${task}.` };
    case 'throttled':
      return { code: 'throttled', message: `Could not ${task}: Figma asks to wait for longer than seatform does.` };
    case 'lost':
      return { code: 'unreachable', message: `Could not ${task}: ${lossText(reply.why)}.` };
    case 'answer': {
      const { code, text } = meaningOf(reply.status);
      const detail = detailOf(reply.content, token);
      const where = reply.redirect === undefined ? '' : ` to ${reply.redirect}`;
      const said = detail === undefined ? '' : `: ${detail}`;
      return { code, message: `Could not ${task}: Figma ${text}${where} (${reply.status})${said}${/[.!?…]$/.test(said) ? '' : '.'}` };
    }
  }
}

/** How a request got lost, as part of a sentence. */
export function lossText(why: Extract<Reply, { kind: 'lost' }>['why']): string {
  const texts: Readonly<Record<typeof why, string>> = {
    refused: 'no connection could be made',
    unresolved: 'the host name could not be resolved',
    untrusted: 'the certificate is not trusted',
    cut: 'the connection was cut',
    timeout: 'no answer came in time',
    'too-large': 'the answer was too large',
    unsendable: 'the record is nested too deeply to be sent back',
  };
  return texts[why];
}

function meaningOf(status: number): { code: ProblemCode; text: string } {
  if (status === 401 || status === 403) return { code: 'unauthorized', text: 'refused the token' };
  if (status === 404) return { code: 'not-found', text: 'does not know it' };
  if (status === 409) return { code: 'conflict', text: 'says that it is in conflict' };
  if (status === 429) return { code: 'throttled', text: 'is too busy' };
  if (status >= 500 && status !== 501) return { code: 'unavailable', text: 'failed' };
  if (status >= 400) return { code: 'refused', text: 'refused' };
  if (status >= 300) return { code: 'invalid-answer', text: 'redirected' };
  return { code: 'invalid-answer', text: 'sent an answer that is not SCIM' };
}
