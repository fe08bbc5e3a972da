const loopback = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|localhost)$/;

/**
 * Why `url` cannot be the base URL, as one sentence; undefined when it can. https, or http for loopback hosts only (127.0.0.0/8, ::1,
 * localhost): a token never travels in the clear. The sentence repeats nothing of the URL, which could hold a password.
 */
export function baseUrlProblem(url: string): string | undefined {
  if (!URL.canParse(url)) return 'The base URL is not a URL.';
  const { protocol, hostname, username, password, search, hash } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return 'The base URL must start with https://.';
  if (username !== '' || password !== '') return 'The base URL must not hold a user name or a password.';
  if (search !== '' || hash !== '') return 'The base URL must not hold a query or a fragment.';
  if (protocol === 'http:' && !loopback.test(hostname)) {
    return 'The base URL must use https; plain http is accepted for loopback addresses only.';
  }
  return undefined;
}

/** Why `tenantId` cannot be a segment of a path, as one sentence; undefined when it can. */
export function tenantProblem(tenantId: string): string | undefined {
  if (tenantId === '') return 'The tenant id is empty.';
  return tenantId === '.' || tenantId === '..' || /\p{Surrogate}/u.test(tenantId) ? 'The tenant id cannot be part of a URL.' : undefined;
}

/** Why `token` cannot travel in a header, as one sentence that repeats nothing of it; undefined when it can. */
export function tokenProblem(token: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(token)
    ? undefined
    : 'The token is empty or holds characters that no token has, such as a space or a line break.';
}

/** Where a tenant's resources lie: the origin, and the path before `/Users` without a slash at its end. */
export function rootOf(baseUrl: string, tenantId: string): { readonly origin: string; readonly path: string } {
  const { origin, pathname } = new URL(baseUrl);
  return { origin, path: `${pathname.replace(/\/+$/, '')}/${encodeURIComponent(tenantId)}` };
}
