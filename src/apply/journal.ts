import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, succeed, type Diagnostic, type Result } from '../model/diagnostic.ts';

/** A file of lines that outlives whatever happens to this process. */
export interface Journal {
  /**
   * Adds one line, after all that were added before; resolves once it is written, and with `durable` once it and they are on the disk. Rejects
   * with the system's error where that fails, and from then on every time: a journal with a hole proves nothing.
   */
  append(line: string, durable: boolean): Promise<void>;
  /** Writes what is left to the disk and closes the file; more than once is as good as once. What an `append` has said is not said again. */
  close(): Promise<void>;
}

/**
 * Opens a journal for adding to: a file that exists is kept, one that is made is for its owner alone (mode 0600). Whatever is no regular file,
 * or cannot be written, is refused (E206). A last line that a crash has torn is ended, so that the next is whole.
 */
export async function openJournal(path: string): Promise<Result<Journal>> {
  let file: FileHandle | undefined;
  try {
    // For writing alone, opening a pipe that nobody reads would wait for ever.
    const { O_RDWR, O_APPEND, O_CREAT } = constants;
    file = await open(path, O_RDWR | O_APPEND | O_CREAT, 0o600);
    if (!(await file.stat()).isFile()) {
      await file.close();
      return fail(unwritable(path, 'it is not a regular file'));
    }
    if (!(await mayHold(file))) {
      await file.close();
      return fail(unwritable(path, 'it holds something that is no journal'));
    }
    if (await isTorn(file)) await file.appendFile('\n');
    await syncFolderOf(path);
    return succeed(journalOn(path, file));
  } catch (error) {
    await file?.close();
    return fail(unwritable(path, codeOf(error) === 'EISDIR' ? 'it is a directory' : codeOf(error)));
  }
}

/** A journal on a file that is open for appending; `path` is for messages. */
export function journalOn(path: string, file: FileHandle): Journal {
  /** What was asked for last; each waits for the one before, so that lines keep their order and a failure reaches all that follow. */
  let last: Promise<void> = Promise.resolve();
  let closing: Promise<void> | undefined;

  async function write(line: string, durable: boolean): Promise<void> {
    await file.appendFile(`${line}\n`);
    if (durable) await file.datasync();
  }

  async function end(): Promise<void> {
    const whole = await last.then(
      () => true,
      () => false,
    );
    try {
      if (whole) await file.datasync();
    } finally {
      await file.close();
    }
  }

  return {
    append: (line, durable) => {
      if (/[\r\n]/.test(line)) return Promise.reject(new Error('a line of a journal is one line'));
      if (closing !== undefined) return Promise.reject(new Error(`the journal ${path} is closed`));
      last = last.then(() => write(line, durable));
      // Whoever appends sees the failure; this is only so that it does not count as unhandled before.
      last.catch(() => {});
      return last;
    },
    close: () => (closing ??= end()),
  };
}

/** Whether a file is empty or begins as a journal does: whatever else it holds is not ours to add to. */
async function mayHold(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(beginning.length), 0, beginning.length, 0);
  return beginning.startsWith(buffer.subarray(0, bytesRead).toString('utf8'));
}

const beginning = '{"type":"';

/** Whether the file ends in the middle of a line. */
async function isTorn(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}

/** A file that is new is on the disk only once its folder says so; where folders cannot be written out, there is nothing to be done. */
async function syncFolderOf(path: string): Promise<void> {
  try {
    const folder = await open(dirname(await realpath(path)));
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Not every system lets a folder be opened.
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function unwritable(path: string, reason: string): Diagnostic {
  const help = 'name a file in a directory that exists and can be written';
  return { severity: 'error', code: 'E206', message: `the journal ${path} cannot be written (${reason})`, help };
}
