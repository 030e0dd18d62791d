/** Which model families a service runs, and one concrete model of each. */
import type { Catalog, ModelFamily, Provider } from '../model/catalog.ts';
import type { ModelMatch } from '../model/match.ts';
import type { Operation } from '../model/surface.ts';

interface Context {
  readonly catalog: Catalog;
  readonly asOf: string;
}

/** A model that can be named in a proposal. */
export interface Example {
  readonly id: string;
  readonly match: ModelMatch;
  readonly isDeprecated: boolean;
}

/** Kind of model that serves an operation; undefined where no other supplier could take it over. */
export function kindOf(operation: Operation): Operation | undefined {
  if (operation === 'finetune') return undefined;
  return operation === 'agent' || operation === 'batch' ? 'chat' : operation;
}

/** Families of a kind at a service: its own first one, and on a platform the closed ones the catalog has seen there. */
export function familiesOf(context: Context, provider: Provider, kind: Operation): readonly ModelFamily[] {
  const all = [...context.catalog.families.values()].filter((family) => family.kind === kind);
  const own = ranked(
    context,
    all.filter(({ maker }) => maker === provider.id),
    provider.id,
  ).slice(0, 1);
  if (provider.kind !== 'cloud-platform' || provider.cloud === undefined) return own;
  const rented = all.filter((family) => family.weights !== 'open' && family.maker !== provider.id);
  const seen = rented.filter((family) => isSeenAt(context.catalog, family, provider.id));
  return [...own, ...seen].sort(byId);
}

/** Finds the model that a machine of one's own would run, once for each kind. */
export function openModels(context: Context): (kind: Operation) => Example | undefined {
  const found = new Map<Operation, Example | undefined>();
  return (kind) => {
    if (!found.has(kind)) {
      const family = openFamily(context, kind);
      found.set(kind, family && exampleOf(context, family, ''));
    }
    return found.get(kind);
  };
}

/** The open family with the most models: what a host or a machine of one's own runs. */
export function openFamily(context: Context, kind: Operation): ModelFamily | undefined {
  const open = [...context.catalog.families.values()]
    .filter((family) => family.kind === kind && family.weights === 'open' && !family.ambiguous)
    .map((family) => ({ family, usable: usable(context, family, '').length }))
    .sort((one, other) => other.usable - one.usable || byId(one.family, other.family));
  return open.find((one) => one.usable > 0)?.family;
}

/** The operator has a date for one of its models: so it runs them. */
function isSeenAt(catalog: Catalog, family: ModelFamily, operator: string): boolean {
  return family.examples.some((id) => catalog.retirement(operator, id) !== undefined);
}

const FLAGSHIP = { closed: 0, mixed: 1, open: 2 } as const satisfies Record<ModelFamily['weights'], number>;

/** What a supplier is known for first: verified, its own closed weights, the most models that are not on their way out. */
function ranked(context: Context, families: readonly ModelFamily[], operator: string): readonly ModelFamily[] {
  const counted = families.map((family) => ({ family, usable: usable(context, family, operator).length }));
  return counted
    .filter((one) => one.usable > 0)
    .sort(
      (one, other) =>
        Number(other.family.verified) - Number(one.family.verified) ||
        FLAGSHIP[one.family.weights] - FLAGSHIP[other.family.weights] ||
        other.usable - one.usable ||
        byId(one.family, other.family),
    )
    .map(({ family }) => family);
}

/** The first model of a family, in the order of the catalog, that the operator has not ended and, if there is one, has no date for. */
export function exampleOf(context: Context, family: ModelFamily, operator: string): Example | undefined {
  return usable(context, family, operator)[0] ?? examples(context, family, operator)[0];
}

function usable(context: Context, family: ModelFamily, operator: string): readonly Example[] {
  return examples(context, family, operator).filter(({ isDeprecated }) => !isDeprecated);
}

const UNFINISHED = /(?:^|[^a-z])(?:preview|exp|experimental|beta|alpha)(?:[^a-z]|$)/i;

function examples({ catalog, asOf }: Context, family: ModelFamily, operator: string): readonly Example[] {
  return family.examples.flatMap((id) => {
    // Tags behind a colon and prefixes of platforms belong to one place only.
    const match = /[:/@]/.test(id) || UNFINISHED.test(id) ? undefined : catalog.model(id, true);
    if (!match || match.family?.id !== family.id) return [];
    if (match.operator !== undefined && match.operator !== operator) return [];
    const end = catalog.retirement(operator, id);
    const isOver = end?.shutdown !== undefined && end.precision !== 'earliest' && end.shutdown <= asOf;
    return isOver ? [] : [{ id, match, isDeprecated: end !== undefined }];
  });
}

/** Endings of family ids that tell entries of the catalog apart and mean nothing to people. */
const ENDING = /-(?:open|closed|name|alias|misc|m|models|bedrock)$/;

/** What people call a family: Claude, GPT, Llama. */
export function familyName({ id }: ModelFamily): string {
  const words = id.replace(ENDING, '').split('-');
  return words
    .map((word) => (/[aeiouy]/.test(word) ? word.charAt(0).toUpperCase() + word.slice(1) : word.toUpperCase()))
    .join('-');
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}
