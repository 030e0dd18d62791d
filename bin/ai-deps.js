#!/usr/bin/env node
try {
  const { main } = await import('../dist/cli.js');
  // Not process.exit: what is still on its way into a pipe would be cut.
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const [line] = message.split('\n', 1);
  console.error(`ai-deps: internal error: ${line}; please report at https://github.com/ai-deps/ai-deps/issues`);
  if (process.argv.includes('--debug') && error instanceof Error) console.error(error.stack);
  process.exitCode = 2;
}
