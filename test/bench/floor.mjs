/* The least that any plan has to do: fetch the pages, parse them, and parse the YAML. Arguments: the tenant's URL, the token, the YAML file. */
import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { Pool } from 'undici';

const [url = '', token = '', file = ''] = process.argv.slice(2);
const { origin, pathname } = new URL(url);
const pool = new Pool(origin, { connections: 4 });
const headers = { authorization: `Bearer ${token}` };

async function page(kind, startIndex) {
  const { body } = await pool.request({ method: 'GET', path: `${pathname}/${kind}?startIndex=${startIndex}&count=3000`, headers });
  return JSON.parse(await body.text());
}

async function all(kind) {
  const first = await page(kind, 1);
  const stride = first.Resources.length;
  const starts = Array.from({ length: Math.ceil(first.totalResults / stride) - 1 }, (_, index) => 1 + (index + 1) * stride);
  return [first, ...(await Promise.all(starts.map((start) => page(kind, start))))].flatMap(({ Resources }) => Resources);
}

const [users, groups, declared] = await Promise.all([all('Users'), all('Groups'), readFile(file, 'utf8').then(load)]);
if (users.length !== declared.users.length || groups.length !== declared.groups.length) throw new Error('the floor read something else');
await pool.close();
