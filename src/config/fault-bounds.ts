import type { DefinedError } from 'ajv';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { seats } from '../model/directory.ts';
import { noDay } from './fault-types.ts';
import { clipped, errorAt, quoted, twice } from './report.ts';
import type { Routes, Stop } from './route.ts';
import { holderOf, isItem, subjectOf } from './subject.ts';
import { nearestChoice, nearestSeat } from './suggest.ts';
import type { Tree } from './tree.ts';

/** The fault of a value that has the right type but is not allowed: an unknown choice, too long, too short, too much, or in the wrong form. */
export function boundFault(error: DefinedError, stop: Stop, tree: Tree, routes: Routes): Diagnostic {
  const value = tree.values[stop.node];
  const at = routes.place(stop);
  if (error.keyword === 'enum') {
    const choices = error.params.allowedValues;
    return choices.includes('View') ? seatFault(at, String(value)) : choiceFault(stop, at, String(value), choices);
  }
  if (error.keyword === 'minProperties' || error.keyword === 'minItems') return nothingInside(stop, at, value);
  if (error.keyword === 'maxItems') return tooMany(stop, at, value);
  if (error.keyword === 'uniqueItems') return itemTwice(stop, tree, routes, error.params);
  if (error.keyword === 'minLength') {
    return errorAt(at, 'E016', `${subjectOf(stop)} must not be empty`, { label: 'expected at least 1 character' });
  }
  if (error.keyword === 'maxLength') return tooLong(stop, at, String(value), error.params.limit);
  if (error.keyword === 'minimum' || error.keyword === 'maximum')
    return outOfRange(stop, at, clipped(tree.source(stop.node)), error.params);
  return formFault(error, stop, at, String(value));
}

/** A text that has not the form that its place asks for. */
function formFault(error: DefinedError, stop: Stop, at: Span, value: string): Diagnostic {
  const { format } = error.parentSchema as { format?: string };
  if (format === 'date') return noDay(at, value, value);
  const [section, part] = stop.path;
  const last = stop.path.at(-1);
  if (last === 'seat') return seatFault(at, value);
  if (section === 'users' && last === 'github') return loginFault(at, value);
  if (section === 'organization' && part === 'tenantId') return tenantFault(at, value);
  if (section === 'organization' && part === 'limits') return limitFault(stop, at, value);
  if (section === 'organization' && last === 'currency') return currencyFault(at, value);
  return errorAt(at, 'E016', `${quoted(value)} is no e-mail address`, { label: 'expected name@domain' });
}

function seatFault(at: Span, value: string): Diagnostic {
  const guess = nearestSeat(value, seats);
  const help = guess === undefined ? {} : { help: `did you mean "${guess}"?` };
  return errorAt(at, 'E012', `unknown seat ${quoted(value)}`, { label: 'expected Full, Dev, Collab or View', ...help });
}

function choiceFault(stop: Stop, at: Span, value: string, choices: readonly string[]): Diagnostic {
  const expected = `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`;
  const guess = nearestChoice(value, choices);
  const help = guess === undefined ? {} : { help: `did you mean "${guess}"?` };
  return errorAt(at, 'E016', `${subjectOf(stop)} cannot be ${quoted(value)}`, { label: `expected ${expected}`, ...help });
}

/** A mapping or list that must not be empty; or a default that says for whom it is, and nothing else. */
function nothingInside(stop: Stop, at: Span, value: unknown): Diagnostic {
  const what = isItem(stop) ? 'the entry' : 'the key';
  if (Array.isArray(value)) {
    const help = `write at least one value, or remove ${what}`;
    return errorAt(at, 'E016', `${subjectOf(stop)} is an empty list`, { label: 'expected at least 1 value', help });
  }
  if (Object.keys(value as object).length > 0) {
    const help = 'write what it sets, such as `seat: View`';
    return errorAt(at, 'E015', `${holderOf(stop)} sets nothing: it has only \`where\``, { label: 'an attribute is required here', help });
  }
  return errorAt(at, 'E017', `${subjectOf(stop)} is an empty mapping`, { label: 'nothing in it', help: `remove ${what}, or fill it in` });
}

function tooMany(stop: Stop, at: Span, value: unknown): Diagnostic {
  const count = (Array.isArray(value) ? value.length : 0).toLocaleString('en');
  const message = `${subjectOf(stop)} lists ${count} people, but Figma allows 5,000 in a group`;
  return errorAt(at, 'E016', message, { label: 'more than 5,000 entries', help: 'split the group' });
}

function itemTwice(stop: Stop, tree: Tree, routes: Routes, { i, j }: { i: number; j: number }): Diagnostic {
  const first = routes.step(stop, String(Math.min(i, j)));
  const again = routes.step(stop, String(Math.max(i, j)));
  const message = `${subjectOf(stop)} lists ${quoted(String(tree.values[again.node]))} twice`;
  return twice(routes.place(again), routes.place(first), 'E016', message, 'listed again', 'listed first');
}

function tooLong(stop: Stop, at: Span, value: string, limit: number): Diagnostic {
  const message = `${subjectOf(stop)} has ${Array.from(value).length} characters, but at most ${limit} are allowed`;
  return errorAt(at, 'E016', message, { label: `expected at most ${limit} characters` });
}

function outOfRange(stop: Stop, at: Span, source: string, { comparison, limit }: { comparison: string; limit: number }): Diagnostic {
  const bound = `${comparison === '>=' ? 'at least' : 'at most'} ${limit.toLocaleString('en')}`;
  return errorAt(at, 'E016', `${subjectOf(stop)} must be ${bound}, not ${source}`, { label: `expected ${bound}` });
}

function tenantFault(at: Span, value: string): Diagnostic {
  return errorAt(at, 'E016', `${quoted(value)} is no tenant id`, {
    label: 'expected one segment of a path',
    help: 'copy the tenant id from the SCIM address in Figma’s admin settings: it has no "/", "?", "#" or space',
  });
}

function loginFault(at: Span, value: string): Diagnostic {
  const login = /^(?:@|(?:https?:\/\/)?(?:www\.)?github\.com\/)([A-Za-z0-9_-]+)\/?$/i.exec(value)?.[1];
  return errorAt(at, 'E016', `${quoted(value)} is not a GitHub login`, {
    label: 'expected letters, digits and single hyphens',
    help: login === undefined ? 'write the name in the address of the profile, github.com/NAME' : `write ${login}`,
  });
}

function limitFault(stop: Stop, at: Span, value: string): Diagnostic {
  const label = 'expected a whole number or a percentage';
  const digits = /^\s*\+?0*(\d{1,6})\s*$/.exec(value)?.[1];
  if (digits !== undefined) {
    const message = `${subjectOf(stop)} is the text ${quoted(value)}, not a number`;
    return errorAt(at, 'E016', message, { label, help: `write ${digits} without quotes, or ${digits}% for a percentage` });
  }
  const message = `${subjectOf(stop)} cannot be ${quoted(value)}`;
  return errorAt(at, 'E016', message, { label, help: 'write a number such as 5, or a percentage such as 10% or 2.5%' });
}

function currencyFault(at: Span, value: string): Diagnostic {
  const upper = value.trim().toUpperCase();
  return errorAt(at, 'E016', `${quoted(value)} is no currency`, {
    label: 'expected three capital letters',
    help: /^[A-Z]{3}$/.test(upper) ? `write ${upper}` : 'write a code such as USD or EUR',
  });
}
