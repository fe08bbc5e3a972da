/** A commit, read from its object. */
export interface GitCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

/** A name in a commit, with the time as ISO 8601 in whole seconds. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** One line of a tree. */
export interface TreeEntry {
  /** Six digits, as GitHub's REST API shows it. */
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly name: string;
}

/** A commit from the content of its object. */
export function parseCommit(sha: string, content: Buffer): GitCommit {
  const text = content.toString('utf8');
  const end = text.indexOf('\n\n');
  const headers = text
    .slice(0, end)
    .split('\n')
    .map((line) => line.split(/ (.*)/s));
  const all = (key: string) => headers.filter(([name]) => name === key).map(([, value = '']) => value);
  return {
    sha,
    tree: all('tree')[0] ?? '',
    parents: all('parent'),
    author: person(all('author')[0] ?? ''),
    committer: person(all('committer')[0] ?? ''),
    message: text.slice(end + 2).replace(/\n$/, ''),
  };
}

/** The entries of a tree from the content of its object, in the order of git. */
export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const end = content.indexOf(0, space);
    const mode = content.subarray(at, space).toString('latin1').padStart(6, '0');
    const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    const sha = content.subarray(end + 1, end + 21).toString('hex');
    entries.push({ mode, type, sha, name: content.subarray(space + 1, end).toString('utf8') });
    at = end + 21;
  }
  return entries;
}

/** A time as GitHub writes it: whole seconds, UTC. */
export function stampOf(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function person(line: string): Person {
  const [, name = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+) /.exec(line) ?? [];
  return { name, email, date: stampOf(new Date(Number(seconds) * 1000)) };
}
