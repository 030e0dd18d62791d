/** Several models in one text, which a gateway tries one after the other: `gpt-5-mini/openai,claude-haiku-4-5/bedrock`. */
import type { Provider } from '../model/catalog.ts';
import type { Reading } from '../model/reading.ts';
import type { Target } from '../model/resolved.ts';

/** One of them, and the service that it names. */
export interface ListedModel {
  readonly model: Reading;
  readonly upstream?: Reading;
}

/** More than anybody writes. */
const MODELS = 20;

/** The models of a text, where its gateway reads it so; undefined: it is one model, and names no service behind it. */
export function listedModels(gateway: Provider | undefined, model: Reading | undefined): readonly ListedModel[] | undefined {
  const { list, suffix, names = {} } = gateway?.upstreams ?? {};
  const text = model?.text;
  if (!model || text === undefined || model.why || (list === undefined && !suffix)) return undefined;
  const parts = (list === undefined ? [text] : text.split(list)).map((part) => part.trim());
  // `!openai` leaves a service out.
  const listed = parts
    .filter((part) => part !== '' && !part.startsWith('!'))
    .slice(0, MODELS)
    .map((part): ListedModel => {
      const slash = suffix ? part.lastIndexOf('/') : -1;
      const service = part.slice(slash + 1);
      if (slash <= 0 || names[service] === undefined) return { model: { ...model, text: part } };
      return { model: { ...model, text: part.slice(0, slash) }, upstream: { ...model, text: service } };
    });
  return parts.length > 1 || listed[0]?.upstream ? listed : undefined;
}

/** The target as it is when that model is asked for. */
export function askedFor(target: Target, { model, upstream }: ListedModel): Target {
  const { upstream: _upstream, ...facets } = target.facets;
  return { ...target, facets: { ...facets, model: [model], ...(upstream ? { upstream: [upstream] } : {}) } };
}
