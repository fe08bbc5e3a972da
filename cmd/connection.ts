import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Declaration } from '../src/model/declaration.ts';
import { fail, succeed, type Diagnostic, type Result, type Span } from '../src/model/diagnostic.ts';
import { baseUrlProblem } from '../src/scim/origin.ts';
import type { Host } from './host.ts';
import type { ConnectionFlags } from './options.ts';

/** Where the service is and who asks. The token is for the Authorization header alone. */
export interface Connection {
  readonly baseUrl: string;
  readonly tenantId: string;
  readonly token: string;
}

/** A tenant that a configuration or a saved plan names; `by` begins the sentence that says so. */
export interface NamedTenant {
  readonly value: string;
  readonly by: string;
  readonly at?: Span;
}

/** The tenant of a configuration, if it names one. */
export function tenantIn({ organization: { tenantId } }: Declaration): NamedTenant | undefined {
  return tenantId && { ...tenantId, by: 'organization.tenantId is' };
}

const figma = 'https://www.figma.com/scim/v2';

/** The connection that flags, environment and configuration name together, or everything that is missing. Flags win over the environment. */
export async function connectionOf(host: Host, flags: ConnectionFlags, named?: NamedTenant): Promise<Result<Connection>> {
  const baseUrl = (flags.baseUrl ?? nonEmpty(host.env['FIGMA_SCIM_BASE_URL']) ?? figma).replace(/\/+$/, '');
  const problem = baseUrlProblem(baseUrl);
  const tenant = tenantOf(host, named);
  const token = await tokenOf(host, flags);
  if (tenant.ok && token.ok && problem === undefined) return succeed({ baseUrl, tenantId: tenant.value, token: token.value });
  const misfit: Diagnostic[] = problem === undefined ? [] : [{ severity: 'error', code: 'E204', message: problem }];
  return fail(...misfit, ...[tenant, token].flatMap((result) => (result.ok ? [] : result.diagnostics)));
}

function tenantOf({ env }: Host, named: NamedTenant | undefined): Result<string> {
  const given = nonEmpty(env['FIGMA_TENANT_ID']);
  if (given !== undefined && named && named.value !== given) {
    const message = `${named.by} "${named.value}" and FIGMA_TENANT_ID is "${given}"`;
    const help = 'make the two agree, or unset one of them';
    return fail({ severity: 'error', code: 'E027', message, ...(named.at && { at: named.at }), help });
  }
  const tenant = given ?? named?.value;
  if (tenant === undefined) {
    const message = 'no tenant id: set FIGMA_TENANT_ID, or write organization.tenantId (Figma: Admin, Settings, SAML SSO)';
    return fail({ severity: 'error', code: 'E203', message });
  }
  if (/[\s/?#\\]|^\.{1,2}$/.test(tenant)) {
    return fail({
      severity: 'error',
      code: 'E203',
      message: 'FIGMA_TENANT_ID is not a tenant id: it must be one path segment without spaces',
    });
  }
  return succeed(tenant);
}

async function tokenOf(host: Host, { tokenFile }: ConnectionFlags): Promise<Result<string>> {
  const origin = tokenFile === undefined ? 'FIGMA_SCIM_TOKEN' : tokenFile === '-' ? 'standard input' : tokenFile;
  let text: string | undefined;
  try {
    text = tokenFile === undefined ? host.env['FIGMA_SCIM_TOKEN'] : await tokenText(host, tokenFile);
  } catch {
    return fail({ severity: 'error', code: 'E202', message: `the token file ${origin} cannot be read: check its path and permissions` });
  }
  const token = nonEmpty(text?.trim());
  if (token === undefined) {
    const message = tokenFile === undefined ? 'no token: set FIGMA_SCIM_TOKEN, or use --token-file FILE' : `no token: ${origin} is empty`;
    return fail({ severity: 'error', code: 'E202', message });
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return fail({
      severity: 'error',
      code: 'E202',
      message: `what ${origin} holds is no token: it has spaces, line breaks or unusual characters`,
    });
  }
  return succeed(token);
}

function tokenText(host: Host, tokenFile: string): Promise<string> {
  return tokenFile === '-' ? host.readStdin() : readFile(resolve(host.cwd, tokenFile), 'utf8');
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
