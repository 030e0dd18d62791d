/** `ai-deps catalog show <id>`: everything the catalog says of it, each fact with its source, date and whether it was verified. */
import { editDistance, UserError } from '../../errors.ts';
import type { Retirement } from '../../model/catalog.ts';
import type { ModelMatch } from '../../model/match.ts';
import type { Block, PageField } from '../../model/page.ts';
import { entryFields } from './entry-fields.ts';
import { provenanceWords } from './facts.ts';
import { find, namesOf, type Opened } from './find.ts';
import { allRows, type Row } from './kinds.ts';
import { type Price, pricesOf } from './prices.ts';

/** What is shown, as data. */
export interface Shown {
  readonly query: string;
  readonly model: (ModelMatch & { readonly retirements: readonly Retirement[]; readonly prices: readonly Price[] }) | null;
  readonly entries: readonly { readonly kind: string; readonly id: string; readonly entry: object }[];
}

const NEAREST = 5;
const MOST_SHOWN = 12;

/** Looks an id up; throws with the nearest names where nothing is called so. */
export async function lookUp(opened: Opened, query: string): Promise<Shown> {
  const { rows, model } = find(opened, query);
  if (rows.length === 0 && model === undefined) throw unknownId(opened, query);
  return {
    query,
    model: model === undefined ? null : await explained(opened, query, model),
    entries: rows.map(({ kind, id, entry }) => ({ kind: kind.one, id, entry: withEnds(opened, { kind, id, entry, about: '' }) })),
  };
}

/** The same for people. */
export function shownBlocks({ query, model, entries }: Shown): readonly Block[] {
  const few = entries.slice(0, MOST_SHOWN);
  const more = entries.length - few.length;
  return [
    ...(model === null ? [] : modelBlocks(query, model)),
    ...few.flatMap(({ kind, id, entry }): Block[] => [
      { kind: 'heading', text: `${id.replace(' ', ':')}  (${kind})` },
      { kind: 'fields', fields: entryFields(entry) },
    ]),
    ...(more > 0 ? [{ kind: 'text' as const, text: `… and ${more} more: --format json shows all` }] : []),
  ];
}

async function explained({ pack, catalog }: Opened, id: string, model: ModelMatch): Promise<NonNullable<Shown['model']>> {
  const operators = [...new Set(pack.retirements.map(({ operator }) => operator))];
  const asked = model.operator === undefined ? operators : [model.operator];
  const retirements = asked.flatMap((operator) => catalog.retirement(operator, id) ?? []);
  // The form of an id may say who runs it; else its maker and whoever is known to run it are asked for a price.
  const sellers = new Set(
    model.operator === undefined ? [model.maker, ...retirements.map((row) => row.operator)] : [model.operator],
  );
  const prices = await pricesOf(
    id,
    pack.providers.filter((provider) => sellers.has(provider.id)),
  );
  return { ...model, retirements, prices };
}

function modelBlocks(query: string, { family, retirements, prices, ...model }: NonNullable<Shown['model']>): readonly Block[] {
  const fields: PageField[] = [
    { label: 'model', text: model.bare },
    { label: 'maker', text: model.maker ?? 'unknown' },
    { label: 'family', text: family?.id ?? 'unknown', ...(family ? { note: provenanceWords(family) } : {}) },
    { label: 'weights', text: model.weights },
    ...(model.operator === undefined ? [] : [{ label: 'run by', text: `${model.operator}, by the form of the id` }]),
    ...(model.prefix === undefined ? [] : [{ label: 'prefix', text: model.prefix }]),
    ...(model.scope === undefined
      ? []
      : [{ label: 'runs in', text: model.scope.geography ?? model.scope.token, note: provenanceWords(model.scope) }]),
    ...(model.tuned
      ? [{ label: 'tuned', text: 'a fine-tuned model: it ends with its base unless the operator says otherwise' }]
      : []),
    ...retirements.map((row) => ({
      label: 'ends',
      text: `at ${row.operator} ${row.shutdown ?? 'on a day not yet named'}${row.replacement ? `; then ${row.replacement}` : ''}`,
      note: provenanceWords(row),
    })),
    ...(retirements.length === 0 ? [{ label: 'ends', text: 'no date is known for this id' }] : []),
    ...prices.map(({ operator, input, output }) => ({
      label: 'price',
      text: `${operator}: US$ ${input} in, ${output} out per million tokens`,
    })),
    {
      label: prices.length === 0 ? 'price' : '',
      text: prices.length === 0 ? 'unknown: the price list has no such model' : 'list prices of @pydantic/genai-prices',
    },
  ];
  return [
    { kind: 'heading', text: `${query}  (model)` },
    { kind: 'fields', fields },
  ];
}

/** A provider with the ends and the notice policy that concern it. */
function withEnds({ pack, catalog }: Opened, { kind, id, entry }: Row): object {
  if (kind.table !== 'providers') return entry;
  const services = pack.services.filter(({ provider }) => provider === id);
  const notice = catalog.notice(id);
  return { ...entry, ...(services.length > 0 ? { services } : {}), ...(notice ? { notice } : {}) };
}

function unknownId({ pack }: Opened, query: string): UserError {
  const names = [...new Set(allRows(pack).flatMap((row) => namesOf(row)))];
  const near = nearestNames(query, names);
  return new UserError(`${query}: nothing in the catalog is called so`, {
    hint: near.length > 0 ? `the nearest names: ${near.join(', ')}` : '"ai-deps catalog list" shows what there is',
  });
}

/** The nearest names first: few letters apart, or holding what was typed. */
function nearestNames(query: string, names: readonly string[]): readonly string[] {
  const text = query.toLowerCase().slice(0, 100);
  const limit = Math.max(1, Math.floor(text.length / 3));
  return names
    .map((name) => ({ name, lower: name.toLowerCase() }))
    .map(({ name, lower }) => ({
      name,
      steps: Math.abs(lower.length - text.length) > limit ? limit + 1 : editDistance(text, lower),
      holds: text.length > 2 && lower.includes(text),
    }))
    .filter(({ steps, holds }) => steps <= limit || holds)
    .sort((left, right) => left.steps - right.steps || left.name.length - right.name.length || (left.name < right.name ? -1 : 1))
    .slice(0, NEAREST)
    .map(({ name }) => name);
}
