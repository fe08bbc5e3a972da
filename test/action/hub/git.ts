import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { parseCommit, parseTree, type GitCommit, type TreeEntry } from './objects.ts';

/** Who wrote a commit and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** As git likes it: seconds since 1970 and a zone. */
  readonly time: string;
}

/** An object of the repository as it is stored. */
export interface GitObject {
  readonly type: 'commit' | 'tree' | 'blob' | 'tag';
  readonly content: Buffer;
}

const kinds = ['commit', 'tree', 'blob', 'tag'] as const;

/** A bare repository in a folder; what it reads by name of an object it keeps, since that never changes. */
export class Git {
  readonly dir: string;
  private readonly objects = new Map<string, GitObject>();
  private readonly ranges = new Map<string, readonly string[]>();

  constructor(dir: string, defaultBranch: string) {
    this.dir = dir;
    this.run(['init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, dir]);
  }

  /** What a git command prints; it throws if the command fails. */
  run(args: readonly string[], input?: string | Buffer, by?: { author: Signature; committer: Signature }): string {
    return this.attempt(args, [0], input, by).text;
  }

  /** What a git command prints and its exit code, which has to be one of `codes`. */
  attempt(args: readonly string[], codes: readonly number[], input?: string | Buffer, by?: { author: Signature; committer: Signature }) {
    try {
      const text = execFileSync('git', args, {
        input: input ?? '',
        env: environment(this.dir, by),
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      return { text: text.trimEnd(), code: 0 };
    } catch (error) {
      const { status, stdout, stderr } = error as { status?: number; stdout?: string; stderr?: string };
      if (status !== undefined && codes.includes(status)) {
        return { text: (stdout ?? '').trimEnd(), code: status };
      }
      throw new Error(`git ${args.join(' ')} failed: ${stderr ?? String(error)}`, { cause: error });
    }
  }

  /** The object that a name, a branch or `sha:path` stands for. */
  resolve(expression: string): string | undefined {
    if (/^[0-9a-f]{40}$/.test(expression)) {
      return this.object(expression) === undefined ? undefined : expression;
    }
    const { text, code } = this.attempt(['rev-parse', '--verify', '--quiet', '--end-of-options', expression], [0, 1, 128]);
    return code === 0 ? text : undefined;
  }

  /** The newest commit of a branch. */
  tip(branch: string): string | undefined {
    const file = join(this.dir, 'refs/heads', branch);
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : this.resolve(`refs/heads/${branch}`);
  }

  /** An object by its sha. */
  object(sha: string): GitObject | undefined {
    const known = this.objects.get(sha);
    if (known !== undefined) {
      return known;
    }
    const found = this.loose(sha) ?? this.packed(sha);
    if (found !== undefined) {
      this.objects.set(sha, found);
    }
    return found;
  }

  /** A commit by its sha; nothing if the object is another or missing. */
  commit(sha: string): GitCommit | undefined {
    const object = this.object(sha);
    return object?.type === 'commit' ? parseCommit(sha, object.content) : undefined;
  }

  /** The entries of a tree; nothing if the object is another or missing. */
  tree(sha: string): readonly TreeEntry[] | undefined {
    const object = this.object(sha);
    return object?.type === 'tree' ? parseTree(object.content) : undefined;
  }

  /** The commits that `to` has and `from` has not, newest first as `git log` shows them, or with an order of `git rev-list`. */
  range(from: string | undefined, to: string, ...order: readonly string[]): readonly string[] {
    const key = `${from ?? ''} ${to} ${order.join(' ')}`;
    const known = this.ranges.get(key);
    if (known !== undefined) {
      return known;
    }
    const text = this.run(['rev-list', ...order, to, ...(from === undefined ? [] : [`^${from}`])]);
    const commits = text === '' ? [] : text.split('\n');
    this.ranges.set(key, commits);
    return commits;
  }

  private loose(sha: string): GitObject | undefined {
    const file = join(this.dir, 'objects', sha.slice(0, 2), sha.slice(2));
    if (!existsSync(file)) {
      return undefined;
    }
    const raw = inflateSync(readFileSync(file));
    const end = raw.indexOf(0);
    return named(raw.subarray(0, end).toString('latin1'), raw.subarray(end + 1));
  }

  private packed(sha: string): GitObject | undefined {
    const { text: type, code } = this.attempt(['cat-file', '-t', sha], [0, 1, 128]);
    if (code !== 0) {
      return undefined;
    }
    return named(type, execFileSync('git', ['cat-file', type, sha], { env: environment(this.dir), maxBuffer: 1 << 28 }));
  }
}

function named(header: string, content: Buffer): GitObject | undefined {
  const type = kinds.find((kind) => kind === header.split(' ')[0]);
  return type === undefined ? undefined : { type, content };
}

// No setting of the machine may show in a test.
function environment(dir: string, by?: { author: Signature; committer: Signature }): NodeJS.ProcessEnv {
  const who: Signature = { name: 'Hub', email: 'hub@example.com', time: '1700000000 +0000' };
  const { author, committer } = by ?? { author: who, committer: who };
  return {
    PATH: process.env['PATH'],
    HOME: dir,
    LC_ALL: 'C',
    GIT_DIR: dir,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    // Loose objects can be read without a process.
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'gc.auto',
    GIT_CONFIG_VALUE_0: '0',
    GIT_CONFIG_KEY_1: 'fastimport.unpackLimit',
    GIT_CONFIG_VALUE_1: '1000000',
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: author.time,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: committer.time,
  };
}
