/** The `scimType` values of RFC 7644, section 3.12, that the emulator uses. */
export type ScimType = 'invalidFilter' | 'uniqueness' | 'invalidSyntax' | 'invalidPath' | 'noTarget' | 'invalidValue';

/** A request that is answered with an error: thrown by whatever finds the fault, answered by the server, never seen outside. */
export class ScimProblem extends Error {
  override readonly name = 'ScimProblem';
  readonly status: number;
  readonly scimType: ScimType | undefined;

  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, scimType: ScimType | undefined, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
    this.headers = headers;
  }
}

/** The body of an error as RFC 7644, section 3.12, has it: `status` is a string. */
export function errorBody(status: number, scimType: ScimType | undefined, detail: string): Record<string, string | string[]> {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    detail,
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
  };
}

/** A 400 invalidValue with its explanation. */
export function invalidValue(detail: string): ScimProblem {
  return new ScimProblem(400, 'invalidValue', detail);
}
