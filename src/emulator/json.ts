import { ScimProblem } from './errors.ts';

/** Anything that JSON can say. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object; a missing key reads as undefined. */
export interface JsonObject {
  [key: string]: Json | undefined;
}

const deepest = 32;

/** Whether a value is a JSON object, neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an own key: never something inherited. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A text, number or boolean as text; '' for everything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'object' || value === undefined ? '' : String(value);
}

/** The JSON object that a request carries; anything else, too deep a nesting, or a `__proto__` key is a 400 invalidSyntax. */
export function parseBody(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ScimProblem(400, 'invalidSyntax', 'The request body is not valid JSON.');
  }
  if (!isObject(value)) {
    throw new ScimProblem(400, 'invalidSyntax', 'The request body must be a JSON object.');
  }
  refuseTraps(value);
  return value;
}

// Level by level, without recursion: the depth of the input is the sender's choice, that of our stack is not.
function refuseTraps(root: JsonObject): void {
  let level: object[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) {
      throw new ScimProblem(400, 'invalidSyntax', `The request body is nested deeper than ${deepest} levels.`);
    }
    if (level.some((value) => Object.hasOwn(value, '__proto__'))) {
      throw new ScimProblem(400, 'invalidSyntax', 'The request body has an attribute that is not allowed.');
    }
    level = level.flatMap((value) => Object.values(value).filter((child) => typeof child === 'object' && child !== null));
  }
}
