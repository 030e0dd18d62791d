import { appendFileSync } from 'node:fs';

/** Notes every module that is asked for in the file that TRACE names. */
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  appendFileSync(process.env.TRACE, `${resolved.url}\n`);
  return resolved;
}
