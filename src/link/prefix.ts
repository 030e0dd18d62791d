/** The platform a model is asked of, where only that is written out. */
import type { ModelMatch } from '../model/match.ts';
import type { Reading } from '../model/reading.ts';
import type { LinkContext } from './context.ts';

/** `bedrock/…` of a model that is put in at run time: the platform is known, the model is not. */
export function byPrefix(context: LinkContext, model: Reading | undefined): ModelMatch | undefined {
  const hole = model?.text?.indexOf('\u0000') ?? -1;
  const slash = model?.text?.indexOf('/') ?? -1;
  if (slash <= 0 || hole < slash) return undefined;
  const match = context.catalog.model(`${model?.text?.slice(0, slash)}/-`, true);
  return match?.prefix === undefined || match.family ? undefined : match;
}
