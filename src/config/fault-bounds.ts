import type { DefinedError } from 'ajv';
import { seats } from '../model/directory.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { subjectOf } from './fault-types.ts';
import { errorAt, quoted } from './report.ts';
import type { Routes, Stop } from './route.ts';
import { nearestSeat } from './suggest.ts';
import type { Tree } from './tree.ts';

/** The fault of a value that has the right type but is not allowed: an unknown seat, too long, too short, or in the wrong form. */
export function boundFault(error: DefinedError, stop: Stop, tree: Tree, routes: Routes): Diagnostic {
  const value = tree.values[stop.node];
  const at = routes.place(stop);
  const subject = subjectOf(stop);
  if (error.keyword === 'enum') return seatFault(at, String(value));
  if (error.keyword === 'minProperties') {
    return errorAt(at, 'E017', `${subject} is an empty mapping`, { label: 'nothing in it', help: 'remove the key, or fill it in' });
  }
  if (error.keyword === 'maxItems') {
    const count = (Array.isArray(value) ? value.length : 0).toLocaleString('en');
    const message = `${subject} lists ${count} people, but Figma allows 5,000 in a group`;
    return errorAt(at, 'E016', message, { label: 'more than 5,000 entries', help: 'split the group' });
  }
  if (error.keyword === 'minLength') {
    return errorAt(at, 'E016', `${subject} must not be empty`, { label: 'expected at least 1 character' });
  }
  if (error.keyword === 'maxLength') {
    const { limit } = error.params;
    const message = `${subject} has ${Array.from(String(value)).length} characters, but at most ${limit} are allowed`;
    return errorAt(at, 'E016', message, { label: `expected at most ${limit} characters` });
  }
  return stop.path.at(-1) === 'tenantId' ? tenantFault(at, String(value)) : addressFault(at, String(value));
}

function seatFault(at: Span, value: string): Diagnostic {
  const guess = nearestSeat(value, seats);
  const help = guess === undefined ? {} : { help: `did you mean "${guess}"?` };
  return errorAt(at, 'E012', `unknown seat ${quoted(value)}`, { label: 'expected Full, Dev, Collab or View', ...help });
}

function tenantFault(at: Span, value: string): Diagnostic {
  return errorAt(at, 'E016', `${quoted(value)} is no tenant id`, {
    label: 'expected one segment of a path',
    help: 'copy the tenant id from the SCIM address in Figma’s admin settings: it has no "/", "?", "#" or space',
  });
}

function addressFault(at: Span, value: string): Diagnostic {
  return errorAt(at, 'E016', `${quoted(value)} is no e-mail address`, { label: 'expected name@domain' });
}
