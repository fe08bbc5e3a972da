/** What the Action itself says to the runner: masks, annotations with a code as their title, and how many there are besides. */
const ours =
  /^::(?:add-mask::.+|(?:error|warning|notice) (?:file=[^,]*,line=\d+,col=\d+,)?title=[EWN]\d{3}::.*|(?:error|warning|notice)::and \d+ more, in the log)$/;

/**
 * The workflow commands in a log, as the runner reads it: it takes `::command::` at the start of a line behind any blanks, and `##[command]` and
 * `##vso[command]` anywhere; lines end at any line break; between `::stop-commands::TOKEN` and `::TOKEN::` it takes nothing.
 */
export function commandsIn(log: string): readonly string[] {
  const found: string[] = [];
  let until: string | undefined;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const text = line.trim();
    if (until !== undefined) {
      if (text.toLowerCase() === until) until = undefined;
      continue;
    }
    const token = /^::stop-commands::(\S+)$/.exec(text)?.[1];
    if (token !== undefined) until = `::${token}::`.toLowerCase();
    else if (/^::[^:]*::|##\w*\[/.test(text)) found.push(text);
  }
  if (until !== undefined) found.push('commands are stopped to the end');
  return found;
}

/** The commands that are not the Action's own: something in the data has reached the runner. */
export function strangeCommands(log: string): readonly string[] {
  return commandsIn(log).filter((command) => !ours.test(command) || /##\w*\[/.test(command));
}

/** The annotations: kind, code and place, and what they say. */
export function annotationsIn(log: string): readonly string[] {
  return commandsIn(log)
    .filter((command) => !command.startsWith('::add-mask::'))
    .map((command) => command.replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%'));
}
