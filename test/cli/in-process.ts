/** The program called as a function, with a world of the test's own. */
import { main } from '../../src/cli.ts';
import type { Io } from '../../src/commands/io.ts';
import type { Ran } from './built.ts';

type World = Partial<Pick<Io, 'env' | 'cwd' | 'isTTY' | 'columns' | 'stdout'>>;

/** Runs `main` and returns what it printed. */
export async function call(args: readonly string[], world: World = {}): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr'): Io['stdout'] => ({
    write(text, done) {
      printed[name] += text;
      done();
    },
  });
  const code = await main(args, {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env: { SOURCE_DATE_EPOCH: '1795132800' },
    cwd: process.cwd(),
    isTTY: { stdout: false, stderr: false },
    ...world,
  });
  return { code, ...printed };
}
