/** No whole answer came. `sent: false` is a proof that the service saw nothing of the request. */
export interface Lost {
  readonly kind: 'lost';
  readonly sent: boolean;
  readonly why: 'refused' | 'unresolved' | 'untrusted' | 'cut' | 'timeout' | 'too-large' | 'unsendable';
}

/** What a TLS handshake fails with before a request is sent: certificates that are not trusted, and protocols that do not match. */
const handshake =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|ERR_SSL_(?:WRONG_VERSION|UNSUPPORTED_PROTOCOL))/;

/**
 * Only errors of the connecting itself prove that nothing was sent. The same codes also come from a connection that was in use (a route that
 * is lost in mid-flight is EHOSTUNREACH too), so the system call decides; a reset may have come after the request was read.
 */
export function lossOf(error: unknown): Lost {
  const { code, syscall } = traitsOf(error);
  if (code === 'UND_ERR_INVALID_ARG') throw error;
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return { kind: 'lost', sent: true, why: 'too-large' };
  if (syscall === 'getaddrinfo') return { kind: 'lost', sent: false, why: 'unresolved' };
  if (syscall === 'connect' || code === 'UND_ERR_CONNECT_TIMEOUT') return { kind: 'lost', sent: false, why: 'refused' };
  if (handshake.test(code)) return { kind: 'lost', sent: false, why: 'untrusted' };
  return { kind: 'lost', sent: true, why: /TIMEOUT|ETIMEDOUT/.test(code) ? 'timeout' : 'cut' };
}

/** Several addresses that were tried in turn fail as one error, whose first cause speaks for all. */
function traitsOf(error: unknown): { code: string; syscall: string } {
  const cause: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const text = (name: string): string => {
    const value: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { code: text('code'), syscall: text('syscall') };
}
