/** Whether two logins are one account: GitHub writes the same bot as `x[bot]` (REST), `x` (GraphQL) and `app/x` (search), and ignores case. */
export function sameLogin(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(login: string): string {
  return login
    .toLowerCase()
    .replace(/^app\//, '')
    .replace(/\[bot\]$/, '');
}
