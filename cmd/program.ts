import { Command, CommanderError } from 'commander';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import { collect, withConnection, withLook, withParallelism, withRequest } from './options.ts';
import { version } from './version.ts';

/** Runs one command line and answers its exit code. A command's code is loaded when it is asked for. */
export async function run(args: readonly string[], host: Host): Promise<number> {
  let code: number = exitCodes.done;
  if (args.includes('')) {
    host.err.write('error: an argument is empty: a variable that should name something may not be set\n');
    return exitCodes.error;
  }
  const program = programOf(host, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.error;
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    host.err.write(`seatform has a bug: please report what follows.\n${reason}\n`);
    return exitCodes.error;
  }
}

function programOf(host: Host, finish: (code: number) => void): Command {
  const program = new Command('seatform')
    .description('Terraform-style plan and apply for Figma seats')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: host.out.write, writeErr: host.err.write })
    .showHelpAfterError('(seatform help shows the commands)')
    .helpCommand('help [command]', 'show help for a command');

  const validate = program.command('validate').description('check the configuration offline').argument('[path...]', paths);
  withLook(validate, ['text', 'json']).action(async (given, flags) => {
    const { validate } = await import('./validate.ts');
    finish(await validate(host, given, flags));
  });

  const plan = program
    .command('plan')
    .description('show what would change in the live organization; sends nothing but GET')
    .argument('[path...]', paths)
    .option('--out <file>', 'save the plan, for seatform apply FILE')
    .option('--detailed-exitcode', 'exit 2 when changes are pending');
  withConnection(withRequest(withLook(plan, ['text', 'markdown', 'json']))).action(async (given, flags) => {
    const { plan } = await import('./plan.ts');
    finish(await plan(host, given, flags));
  });

  const apply = program
    .command('apply')
    .description('plan, ask, and make the live organization what the configuration says; or carry out a saved plan')
    .argument('[path...]', `${paths}; or one file that seatform plan --out has saved`)
    .option('--auto-approve', 'do not ask; needed where there is no terminal')
    .option('--journal <file>', 'append every event to a file, on disk before the request that it announces leaves');
  withConnection(withParallelism(withRequest(withLook(apply, ['text', 'json'])))).action(async (given, flags) => {
    const { apply } = await import('./apply.ts');
    finish(await apply(host, given, flags));
  });

  const show = program.command('show').description('print a saved plan').argument('<planfile>', 'what seatform plan --out has saved');
  withLook(show, ['text', 'markdown', 'json']).action(async (file, flags) => {
    const { show } = await import('./show.ts');
    finish(await show(host, file, flags));
  });

  const init = program
    .command('init')
    .description('write a starter configuration, a .gitignore and the three workflows for GitHub; never over a file that exists')
    .argument('[dir]', 'where seatform/ is to lie', '.');
  withLook(init, []).action(async (dir, flags) => {
    const { init } = await import('./init.ts');
    finish(await init(host, dir, flags));
  });

  const importing = program
    .command('import')
    .description('write configuration for the live organization')
    .option('--out <dir>', 'the directory to write, where none of the files exists yet', 'seatform');
  withConnection(withLook(importing, [])).action(async (flags) => {
    const { importLive } = await import('./import.ts');
    finish(await importLive(host, flags));
  });

  const emulator = program
    .command('emulator')
    .description('emulate Figma’s SCIM API on this machine, to rehearse a change')
    .option('--port <n>', 'the port on 127.0.0.1 (default: any that is free)')
    .option('--seed <file>', 'a JSON file with the users and groups to start with')
    .option('--users <n>', 'make an organization of this many people')
    .option('--quirk <name=value>', 'how the service behaves where Figma’s documents are silent (repeatable)', collect, [])
    .option('--fault <name=value>', 'what goes wrong (repeatable)', collect, []);
  emulator.action(async (flags) => {
    const { emulate } = await import('./emulator.ts');
    finish(await emulate(host, flags));
  });
  return program;
}

const paths = 'files or directories (default: seatform/ if it exists, else seatform.yaml)';
