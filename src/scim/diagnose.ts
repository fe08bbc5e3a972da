import type { Diagnostic } from '../model/diagnostic.ts';
import type { Code } from '../model/codes.ts';
import { detailOf } from './detail.ts';
import { lossText } from './problem.ts';
import type { Reply } from './service.ts';

/** An error about reading, which has no place in a file. */
export function readError(code: Code, message: string): Diagnostic {
  return { severity: 'error', code, message };
}

/** Why a reply is no list, as one sentence: `what` is `users` or `groups`. By the status alone, and without a value of the request. */
export function diagnose(reply: Reply, what: string, token: string): Diagnostic {
  switch (reply.kind) {
    case 'interrupted':
      return readError('E102', `Reading Figma's ${what} was interrupted.`);
    case 'throttled':
      return readError('E105', `Figma asks to wait for longer than seatform does before it lists its ${what}.`);
    case 'lost':
      return readError('E102', `Figma's ${what} could not be read: ${lossText(reply.why)}.`);
    case 'answer': {
      const { code, text } = meaningOf(reply.status, what, reply.redirect);
      const detail = reply.status < 300 || reply.status > 399 ? detailOf(reply.content, token) : undefined;
      const said = detail === undefined ? '' : `: ${detail}`;
      return readError(code, `${text}${said}${/[.!?…]$/.test(said) ? '' : '.'}`);
    }
  }
}

function meaningOf(status: number, what: string, redirect: string | undefined): { code: Code; text: string } {
  if (status === 401 || status === 403) return { code: 'E101', text: `Figma refused the token (${status})` };
  if (status === 400 || status === 404) return { code: 'E106', text: `Figma does not know this tenant, or its ${what} (${status})` };
  if (status >= 500 && status !== 501) return { code: 'E107', text: `Figma failed to list its ${what} (${status})` };
  if (status >= 400) return { code: 'E103', text: `What answered does not list ${what} (${status})` };
  if (status >= 300) return { code: 'E103', text: `What answered redirects${redirect === undefined ? '' : ` to ${redirect}`} (${status})` };
  return { code: 'E103', text: `What answered the request for ${what} is not SCIM` };
}
