/** Models seen: ids that calls are given, and ids of tables, defaults and infrastructure. */

import type { Context } from '../model/collected.ts';
import type { Inventory } from '../model/inventory.ts';
import type { ModelMatch } from '../model/match.ts';
import type { Reading } from '../model/reading.ts';
import type { Location } from '../model/source.ts';
import { withSpares } from './behind.ts';
import type { LinkContext } from './context.ts';
import { detectorOf } from './detector.ts';
import { byText, placeOf } from './evidence.ts';
import { entryRoutes } from './gateway-inventory.ts';
import type { KnownResource } from './infrastructure.ts';
import { byKey, placedEntry } from './inventory.ts';
import { operatorId } from './operators.ts';
import { type Candidate, candidatesOf } from './routes.ts';
import { modelEntriesIn } from './strings.ts';

type Model = Inventory['models'][number];

interface Seen {
  readonly id: string;
  readonly at: Location;
  readonly context: Context;
  readonly how: Reading['how'];
  readonly confidence: number;
  readonly match: ModelMatch | undefined;
  readonly operators: readonly string[];
}

const NEAR_LINES = 3;

/** One entry per id and place. The same id again within three lines of one table row is the same mention. */
export function modelsOf(context: LinkContext, known: readonly KnownResource[]): Inventory['models'] {
  const seen = [
    ...fromCalls(context),
    ...fromGateways(context),
    ...fromStrings(context),
    ...fromInfrastructure(context, known),
    ...fromCommands(context, known),
  ];
  const byPlace = new Map<string, Seen>();
  for (const one of seen) {
    const key = `${one.id} ${one.at.path}:${one.at.line}:${one.at.column}`;
    const old = byPlace.get(key);
    byPlace.set(key, old ? together(old, one) : one);
  }
  const kept: Seen[] = [];
  for (const one of [...byPlace.values()].sort(
    (a, b) => byText(a.at.path, b.at.path) || a.at.line - b.at.line || a.at.column - b.at.column,
  )) {
    const twin = kept.some(
      (other) => other.id === one.id && other.at.path === one.at.path && Math.abs(other.at.line - one.at.line) <= NEAR_LINES,
    );
    if (!twin || one.operators.length) kept.push(one);
  }
  return kept.map((one) => entry(context, one)).sort(byKey);
}

/** One mention that two uses reach: a script that uses it too takes nothing from production. */
function together(old: Seen, one: Seen): Seen {
  const operators = [...new Set([...old.operators, ...one.operators])].sort(byText);
  return { ...old, operators, context: one.context === 'production' ? one.context : old.context };
}

function entry(context: LinkContext, { id, at, how, confidence, match, operators, context: where }: Seen): Model {
  const evidence = context.book.add({ at, token: id, detector: detectorOf(at.path), how, confidence });
  return {
    ...placedEntry(context, {
      id,
      key: `${id} ${where} ${at.path}:${at.line}:${at.column}`,
      context: where,
      evidence: [evidence],
      confidence,
      how,
    }),
    maker: match?.maker ?? null,
    family: match?.family?.id ?? null,
    openWeights: match ? { open: true, closed: false, unknown: null }[match.weights] : null,
    operators,
  };
}

function fromCalls(context: LinkContext): readonly Seen[] {
  return context.resolved.uses.flatMap((use) => {
    const targets = [...use.targets, ...use.fallbacks.flatMap((fallback) => fallback.targets)];
    return targets.flatMap((target) =>
      withSpares(context, candidatesOf(context, target, use.workload)).flatMap((candidate) => [
        ...seenIn(context, candidate, use.context),
        ...askedFor(context, candidate, use.context),
      ]),
    );
  });
}

/** The name a gateway is asked for is a model where it names the model behind it. */
function askedFor(context: LinkContext, { asked, match, behind, ...rest }: Candidate, where: Context): readonly Seen[] {
  const named = asked?.text === undefined || asked.why ? undefined : context.catalog.model(asked.text, true);
  if (!behind || !asked || !named?.family || named.family.id !== match?.family?.id) return [];
  return seenIn(context, { ...rest, model: asked, match: named }, where);
}

function fromGateways(context: LinkContext): readonly Seen[] {
  return entryRoutes(context).flatMap(({ entry, candidate }) => seenIn(context, candidate, entry.context));
}

function seenIn(context: LinkContext, { model, match, who, target }: Candidate, where: Context): readonly Seen[] {
  const at = placeOf(model);
  if (model?.text === undefined || model.why || !at || target.store) return [];
  const named = context.deployments.get(model.text)?.model;
  if (!match?.family && named === undefined && !looksLikeId(model.text)) return [];
  if (named === undefined && !match?.family && target.operator?.startsWith('azure')) return [];
  const runner = operatorId(who) ?? who.gateway?.id;
  const operators = runner ? [runner] : [];
  return [
    {
      id: model.text,
      at,
      context: where,
      how: model.how,
      confidence: match?.family ? model.confidence : Math.min(0.6, model.confidence),
      match,
      operators,
    },
  ];
}

/** No spaces, some letter, and not a placeholder. */
function looksLikeId(text: string): boolean {
  return (
    /^[A-Za-z0-9][\w.:@/+-]{2,120}$/.test(text) &&
    /[a-z]/i.test(text) &&
    // A single word that nobody knows (`custom`, `Embeddings`) is a word.
    /[\d.:@/+_-]/.test(text) &&
    !/^(?:https?:|your-|test$|model$|undefined|null|default$)/i.test(text)
  );
}

function fromStrings(context: LinkContext): readonly Seen[] {
  return context.resolved.strings.flatMap((use) => {
    const confidence = use.imported ? 0.9 : 0.6;
    return modelEntriesIn(context, use).map((id) => {
      const match = context.catalog.model(id, true);
      return { id, at: use.at, context: use.context, how: 'literal' as const, confidence, match, operators: [] };
    });
  });
}

function fromInfrastructure(context: LinkContext, known: readonly KnownResource[]): readonly Seen[] {
  return known.flatMap(({ resource, type, provider }) => {
    if (!type || resource.block !== 'resource') return [];
    return type.model.flatMap((path) =>
      (resource.attributes[path] ?? []).flatMap((reading): Seen[] => {
        const match = reading.text !== undefined && !reading.why ? context.catalog.model(reading.text, true) : undefined;
        if (reading.text === undefined || !match?.family) return [];
        // What a deployment is called is its model where that is called so too.
        const others = type.model.filter((other) => other !== path).flatMap((other) => resource.attributes[other] ?? []);
        if (path === 'name' && type.model.length > 1 && !others.some(({ text }) => text === reading.text)) return [];
        return [
          {
            id: reading.text,
            at: placeOf(reading) ?? resource.at,
            context: resource.context,
            how: reading.how,
            confidence: reading.confidence,
            match,
            operators: provider ? [provider.id] : [],
          },
        ];
      }),
    );
  });
}

/** What a runtime's own command line loads: `ollama pull x`, `vllm serve x`, `--model x`. */
const LOADS = /(?:\b(?:pull|run|serve)|--model(?:-id|-path|_id)?|-m)[= ]([\w./:@-]{2,120})/g;
const COMMANDS = ['command', 'entrypoint'];

function fromCommands(context: LinkContext, known: readonly KnownResource[]): readonly Seen[] {
  return known.flatMap(({ resource, provider }) => {
    if (resource.block !== 'service') return [];
    const readings = COMMANDS.flatMap((path) => resource.attributes[path] ?? []);
    const line = readings.flatMap((reading) => (reading.text !== undefined && !reading.why ? [reading.text] : [])).join(' ');
    return [...line.matchAll(LOADS)].flatMap(([, id = '']): Seen[] => {
      const match = context.catalog.model(id, true);
      const place = readings.find((reading) => reading.text?.includes(id));
      if (!match?.family) return [];
      const at = placeOf(place) ?? resource.at;
      return [
        { id, at, context: resource.context, how: 'config', confidence: 0.9, match, operators: provider ? [provider.id] : [] },
      ];
    });
  });
}
