/** The formats by name. A reporter is loaded when it is asked for. */
import { UserError } from '../errors.ts';
import type { Reporter } from '../plugin.ts';

const FORMATS: ReadonlyMap<string, () => Promise<{ readonly default: Reporter }>> = new Map([
  ['table', () => import('./terminal/index.ts')],
  ['json', () => import('./json.ts')],
  ['sarif', () => import('./sarif/index.ts')],
]);

/** Names for --format and -o, in the order of the help text. */
export const FORMAT_NAMES: readonly string[] = [...FORMATS.keys()];

/** The reporter of a format; throws a UserError where there is none of that name. */
export async function load(format: string): Promise<Reporter> {
  const found = FORMATS.get(format);
  if (!found) throw new UserError(`unknown format "${format}"`, { hint: `choose one of ${FORMAT_NAMES.join(', ')}` });
  return (await found()).default;
}
