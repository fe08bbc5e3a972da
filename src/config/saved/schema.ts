import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import schema from '../../../schemas/plan.v1.schema.json' with { type: 'json' };
import type { PlanDocument } from './document.ts';
import { quoted } from '../report.ts';

let compiled: ValidateFunction<PlanDocument> | undefined;

/** The document if it agrees with the schema of plans, else the first thing that is wrong, such as `operations/3/edits/0 has no attribute`. */
export function schemaChecked(value: unknown): { readonly document: PlanDocument } | { readonly fault: string } {
  compiled ??= new Ajv({ strictTypes: false }).compile<PlanDocument>(schema);
  if (compiled(value)) return { document: value };
  // Where one error follows from others, it comes after them.
  const error = compiled.errors?.at(-1);
  return { fault: error ? sentenceOf(error) : 'it is no plan' };
}

const nouns: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  array: 'a list',
  object: 'an object',
};

function sentenceOf({ keyword, instancePath, params }: ErrorObject): string {
  const place = placeOf(instancePath);
  switch (keyword) {
    case 'required':
      return `${place} has no ${text(params['missingProperty'])}`;
    case 'dependencies':
      return `${place} has ${text(params['property'])}, but not ${text(params['deps'])}`;
    case 'propertyNames':
      return `${place} has the key ${quoted(text(params['propertyName']))}, which is none of those that it can have`;
    case 'type':
      return `${place} is not ${[params['type']].flat().map(nounOf).join(' or ')}`;
    case 'enum':
      return `${place} is none of ${[params['allowedValues']].flat().map(text).join(', ')}`;
    case 'oneOf':
      return `${place} has to name either seat and to, or group`;
    case 'minItems':
    case 'minLength':
      return `${place} is empty`;
    default:
      return `${place} is not what it has to be (${keyword})`;
  }
}

/** Where in the document: `operations/3/edits/0`. Keys of seat types are any text, so the place may be as well. */
function placeOf(pointer: string): string {
  if (pointer === '') return 'it';
  const place = pointer.slice(1);
  return /^[\w/]{1,80}$/.test(place) ? place : quoted(place);
}

function nounOf(type: unknown): string {
  return nouns[text(type)] ?? text(type);
}

function text(value: unknown): string {
  return String(value);
}
