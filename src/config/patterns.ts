import type { Written } from '../model/declaration.ts';
import { matchesGlob } from '../model/glob.ts';

interface Compiled {
  readonly written: Written<string>;
  readonly pattern: string;
  /** What every name that matches begins and ends with: cheap to look at before the pattern itself. */
  readonly prefix: string;
  readonly suffix: string;
}

/** Patterns as they were written, made to be asked about very many names. */
export class Patterns {
  /** Patterns without wildcards are names. */
  readonly #names = new Map<string, Written<string>>();
  readonly #globs: Compiled[] = [];
  readonly #byGlob = new Map<string, Written<string>>();
  readonly #comparable: (name: string) => string;

  constructor(patterns: readonly Written<string>[], comparable: (name: string) => string) {
    this.#comparable = comparable;
    for (const written of patterns) {
      const pattern = comparable(written.value);
      const isFirst = !this.#names.has(pattern) && !this.#byGlob.has(pattern);
      if (!isFirst) continue;
      if (!isGlob(pattern)) this.#names.set(pattern, written);
      else {
        this.#byGlob.set(pattern, written);
        this.#globs.push({ written, pattern, prefix: /^[^*?]*/.exec(pattern)?.[0] ?? '', suffix: /[^*?]*$/.exec(pattern)?.[0] ?? '' });
      }
    }
  }

  get isEmpty(): boolean {
    return this.#names.size === 0 && this.#globs.length === 0;
  }

  /** The first pattern that matches a name; one without wildcards before all others. */
  match(name: string): Written<string> | undefined {
    const key = this.#comparable(name);
    const exact = this.#names.get(key);
    if (exact) return exact;
    return this.#globs.find(({ prefix, suffix, pattern }) => key.startsWith(prefix) && key.endsWith(suffix) && matchesGlob(pattern, key))
      ?.written;
  }

  /** The pattern that is the same as another, or matches it where that one is a name. */
  covering(pattern: string): Written<string> | undefined {
    const key = this.#comparable(pattern);
    return isGlob(key) ? this.#byGlob.get(key) : this.match(pattern);
  }
}

/** Whether a pattern can match more than one name. */
export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}
