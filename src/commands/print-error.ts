import { UserError } from '../errors.ts';
import { type Io, tell } from './io.ts';

const ISSUES = 'https://github.com/ai-deps/ai-deps/issues';

/** Says on stderr what went wrong: what the user can mend with a hint, anything else as our mistake. The stack only with `--debug`. */
export async function printError(error: unknown, io: Io, { debug }: { readonly debug?: boolean | undefined }): Promise<void> {
  // Messages quote names and values of the audited tree.
  const { escapeTerminal } = await import('../report/escape-terminal.ts');
  const say = (line: string) => tell(io, escapeTerminal(line));
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UserError) {
    await say(`ai-deps: ${message}`);
    for (const other of error.others) await say(`         ${other}`);
    if (error.hint !== undefined) await say(`  hint: ${error.hint}`);
  } else {
    await say(`ai-deps: internal error: ${message.split('\n', 1)[0]}; please report at ${ISSUES}`);
  }
  if (debug && error instanceof Error) for (const line of stackLines(error)) await say(line);
}

function stackLines(error: Error): readonly string[] {
  return (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
}
