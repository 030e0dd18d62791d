/** argv -> exit code. Only this file knows commander; what a command needs is loaded when it runs. */
import { Command, CommanderError, Help, Option } from 'commander';
import type { CatalogFlags } from './commands/catalog/run.ts';
import type { AuditFlags } from './commands/flags.ts';
import { type Io, processIo, writeAll } from './commands/io.ts';
import type { ScoreFlags } from './commands/print-score.ts';
import { UserError } from './errors.ts';

const EXAMPLES = `
Examples:
  $ ai-deps audit --max-score 60 -o sarif=ai-deps.sarif
      show the report, write it for code scanning, and fail above a risk of 60
  $ ai-deps audit services/chat --home DE,CH --format json
      audit one folder as seen from Germany and Switzerland, for a program

Exit codes:
  0  done, or the gate passed      3  no file found
  1  the gate tripped              4  not all could be read, and --strict
  2  usage or configuration error  130, 143  interrupted
`;

/** Runs the program and returns its exit code; never exits itself. Printing is through `io` alone. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  const debug = argv.includes('--debug');
  const run: Run = { io, argv, printed: [], code: 0 };
  try {
    await programFor(run).parseAsync(argv, { from: 'user' });
    return run.code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return finish(run, error);
    const { printError } = await import('./commands/print-error.ts');
    await printError(error instanceof CommanderError ? usageError(error) : error, io, { debug });
    return 2;
  }
}

interface Run {
  readonly io: Io;
  readonly argv: readonly string[];
  /** What commander prints: help. */
  readonly printed: string[];
  code: number;
}

/** Help and version: on stdout, and a reader who stops early is no error. */
async function finish({ io, printed }: Run, { code }: CommanderError): Promise<number> {
  if (code === VERSION_ASKED) {
    const { versionText } = await import('./commands/version.ts');
    printed.push(await versionText());
  }
  await writeAll(io.stdout, printed.join('')).catch(() => {});
  return 0;
}

const VERSION_ASKED = 'ai-deps.version';

function programFor(run: Run): Command {
  const program = new Command('ai-deps')
    .description('Which AI does this code depend on, who runs it, where, under which law; what stops when one of them goes away.')
    .usage('[command] [path] [options]')
    .option('-V, --version', 'version of the program, date and digest of its catalog')
    .on('option:version', () => {
      throw new CommanderError(0, VERSION_ASKED, '');
    })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void run.printed.push(text),
      // Errors are thrown as well, and printed once, in our own form.
      writeErr: () => {},
      getOutHelpWidth: () => run.io.columns ?? 80,
      getOutHasColors: () => false,
    })
    .configureHelp({ visibleOptions: (command) => visibleOptions(command) })
    .addHelpText('after', EXAMPLES);
  addAudit(program, run);
  addScore(program, run);
  addCatalog(program, run);
  return program;
}

/** `ai-deps` alone audits, so its help shows the flags of `audit` too. */
function visibleOptions(command: Command): Option[] {
  const own = new Help().visibleOptions(command);
  const audit = command.commands.find((each) => each.name() === 'audit');
  return audit === undefined ? own : [...own, ...audit.options];
}

function addAudit(program: Command, run: Run): void {
  const command = program
    .command('audit [path]', { isDefault: true })
    .description('audit a folder (default: this one)')
    .optionsGroup('Gate:')
    .option('--max-score <n>', 'fail when the risk is above n (0 to 100; equal passes)')
    .option('--max-grade <grade>', 'fail when the grade is worse (A to F)')
    .option('--fail-on <severity>', 'fail on findings of that severity or worse: critical, high, medium, low, info')
    .option('--strict', 'fail when not everything could be read')
    .optionsGroup('What counts:')
    .addOption(repeatable('--home <countries>', 'countries under whose law you are at home, like DE,CH or EU'))
    .option('--unknown <mode>', 'how to count what could not be resolved: pessimistic (default) or optimistic')
    .option('--as-of <date>', 'the day to judge retirements by (default: SOURCE_DATE_EPOCH, else today)')
    .addOption(repeatable('--only <rule>', 'run only this rule or category'))
    .addOption(repeatable('--disable <rule>', 'do not run this rule or category'))
    .addOption(repeatable('--rules <folder>', 'add a pack of rules and catalog entries'))
    .addOption(repeatable('--env-file <path>', 'read this environment file even if it is ignored'))
    .option('--config <file>', 'configuration (default: ai-deps.yml, here or above in the repository)')
    .optionsGroup('Output:')
    .option('-f, --format <format>', 'what stdout gets: table (default), json or sarif')
    .addOption(repeatable('-o, --output <format=path>', 'write a report to a file as well; - is stdout'))
    .option('--color', 'colours even where stdout is no terminal')
    .option('--no-color', 'no colours')
    .option('--revision <text>', 'what to note as the revision of the code')
    .option('-q, --quiet', 'no progress and no hints')
    .optionsGroup('Running:')
    .option('--no-cache', 'read and parse everything anew')
    .option('--debug', 'times of the steps, and where an error comes from');
  command.addHelpText('after', EXAMPLES).action(async (path: string | undefined, flags: AuditFlags) => {
    const { runAudit } = await import('./commands/audit.ts');
    if (path !== undefined) await refuseUnknownCommand(program, path, run);
    run.code = await runAudit({ path: path ?? '.', flags }, run.io);
  });
}

function addScore(program: Command, run: Run): void {
  program
    .command('score <file>')
    .description('score portfolios written as JSON: the model alone')
    .option('-f, --format <format>', 'table (default) or json')
    .option('--unknown <mode>', 'how to count unknown nodes: pessimistic (default) or optimistic')
    .option('--as-of <date>', 'the day to note in the vector')
    .option('--debug', 'where an error comes from')
    .action(async (file: string, flags: ScoreFlags) => {
      const { printScore } = await import('./commands/print-score.ts');
      run.code = await printScore(file, flags, run.io);
    });
}

function addCatalog(program: Command, run: Run): void {
  const catalog = program.command('catalog').description('what the built-in catalog, or a pack on top of it, says');
  const add = (usage: string, about: string, action: (given: string | undefined, flags: CatalogFlags) => Promise<number>) => {
    const command = catalog
      .command(usage)
      .description(about)
      .option('-f, --format <format>', 'table (default) or json')
      .addOption(repeatable('--rules <folder>', 'add a pack of catalog entries'));
    if (usage === 'stale') {
      command
        .option('--older-than <days>', 'facts older than that (default: 182)')
        .option('--as-of <date>', 'the day to count from');
    }
    command.action(async () => {
      const [argument]: readonly unknown[] = command.processedArgs;
      run.code = await action(typeof argument === 'string' ? argument : undefined, command.opts<CatalogFlags>());
    });
  };
  const commands = () => import('./commands/catalog/run.ts');
  add('list [kind]', 'the kinds of entries, or the entries of one kind', async (kind, flags) =>
    (await commands()).catalogList(kind, flags, run.io),
  );
  add('show <id>', 'all that is known of a provider, package, model id, region, host, …', async (id, flags) =>
    (await commands()).catalogShow(id ?? '', flags, run.io),
  );
  add('check [folder]', 'whether a pack is right (default: the built-in one)', async (folder, flags) =>
    (await commands()).catalogCheck(folder, flags, run.io),
  );
  add('stats', 'how much the catalog knows', async (_, flags) => (await commands()).catalogStats(flags, run.io));
  add('stale', 'facts by age, and those that weigh without a primary source', async (_, flags) =>
    (await commands()).catalogStale(flags, run.io),
  );
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description}; repeatable`).argParser((value: string, earlier: readonly string[] | undefined) => [
    ...(earlier ?? []),
    value,
  ]);
}

/** `ai-deps x` audits the folder x; where there is none, a mistyped command is likelier. */
async function refuseUnknownCommand(program: Command, path: string, { io }: Run): Promise<void> {
  if (program.args[0] === 'audit' || /[./\\]/.test(path)) return;
  const { isFolder } = await import('./commands/folder.ts');
  if (isFolder(path, io)) return;
  // Without a default command, commander says what it thinks was meant.
  const strict = new Command('ai-deps').exitOverride().configureOutput({ writeErr: () => {} });
  for (const command of program.commands) strict.command(command.name());
  strict.parse([path], { from: 'user' });
}

/** commander's sentence in our form: its suggestion is our hint. */
function usageError({ code, message }: CommanderError): UserError {
  // `help` on a command that is not there.
  if (code === 'commander.help') return new UserError('no such command', { hint: 'see ai-deps --help' });
  const [problem = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const meant = /\(Did you mean (?:one of )?(.*)\?\)/.exec(suggestion ?? '')?.[1];
  return new UserError(problem, { hint: meant ? `did you mean ${meant}?` : 'see ai-deps --help' });
}
