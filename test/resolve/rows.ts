/** What resolve says of a folder, a row for each target: fixtures/surfaces/README.md says how rows read. */
import { collect } from '../../src/collect/collect.ts';
import { searchIn } from '../../src/collect/search.ts';
import { detectors } from '../../src/detect/index.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import type { Resolved, Target, Use } from '../../src/model/resolved.ts';
import { createObserver } from '../../src/observe/create-observer.ts';
import { loadBuiltin } from '../../src/pack/load.ts';
import { resolve } from '../../src/resolve/resolve.ts';

/** The rows of a folder, read as one project. */
export async function rowsOf(folder: string): Promise<readonly string[]> {
  const { catalog, uses } = await readFolder(folder);
  const rows = uses.flatMap((use) => [
    ...use.targets.map((target) => row(catalog, use, target)),
    ...(use.targets.length ? [] : [line(use, [use.operation, '?', '?', use.api])]),
    ...use.fallbacks.flatMap((fallback) =>
      fallback.targets.map((target) => line(use, ['fallback', whoOf(catalog, target), modelOf(target), fallback.mechanism])),
    ),
  ]);
  return [...new Set(rows)].sort(byFileLineText);
}

/** The same with every model a call may name, joined by `|`, and a row for each option that is a feature and each pairing of calls. */
export async function wholeRowsOf(folder: string): Promise<readonly string[]> {
  const { catalog, uses, pairings } = await readFolder(folder);
  const rows = uses.flatMap((use) => [
    ...use.targets.map((target) => row(catalog, use, target, allModelsOf)),
    ...(use.targets.length ? [] : [line(use, [use.operation, '?', '?', use.api])]),
    ...use.features.map(({ feature }) => line(use, ['feature', feature])),
  ]);
  const pairs = pairings.map(({ mechanism, uses: members, at }) =>
    [at.path, at.line, mechanism, ...members.map((index) => uses[index]?.at.line)].join(':'),
  );
  return [...new Set([...rows, ...pairs])].sort(byFileLineText);
}

async function readFolder(folder: string): Promise<Pick<Resolved, 'uses' | 'pairings'> & { readonly catalog: Catalog }> {
  const { catalog, vocabulary } = await loadBuiltin();
  const collected = collect(folder, { detectors, words: vocabulary.words, useIgnoreFiles: false, envFiles: [], outputs: [] });
  const observer = createObserver(collected, { detectors, vocabulary });
  const { uses, pairings } = await resolve({
    files: collected.files,
    catalog,
    config: { workloads: [], declared: [] },
    observe: observer.observe,
    search: searchIn(collected),
    budget: { rounds: 16, files: 100 },
  });
  return { catalog, uses, pairings };
}

function row(catalog: Catalog, use: Use, target: Target, modelFrom: (target: Target) => string = modelOf): string {
  const isStore = target.store !== undefined && !target.operator;
  const runs = isStore ? 'store' : (target.serves ?? use.operation);
  const operation = use.operation === 'client' || use.operation === 'metadata' ? use.operation : runs;
  return line(use, [operation, whoOf(catalog, target), modelFrom(target), use.api]);
}

function line(use: Use, cells: readonly string[]): string {
  return [use.path, use.at.line, ...cells].join(':');
}

function whoOf(catalog: Catalog, target: Target): string {
  const base = [...(target.facets.baseUrl ?? []), ...(target.facets.host ?? [])];
  const [first] = base;
  if (first) {
    const found = base
      .map((reading) => (reading.text === undefined ? undefined : catalog.endpoint(reading.text, reading.env)))
      .find((match) => match);
    if (found && found.provider.kind !== 'open-ended') return found.provider.id;
    const isOwn = target.operator !== undefined && catalog.providers.get(target.operator)?.selfHosted;
    if (!isOwn && !target.operator?.startsWith('azure')) return target.store ?? '?';
  }
  if (target.operatorFromModel) {
    const match = catalog.model(modelOf(target), true);
    const named = [match?.operator, match?.prefix, match?.maker].find((id) => id !== undefined && catalog.providers.has(id));
    if (named) return named;
  }
  return target.gateway ?? target.operator ?? target.store ?? '?';
}

function modelOf(target: Target): string {
  const known = [...(target.facets.model ?? []), ...(target.facets.deployment ?? [])].find(
    (reading) => reading.text !== undefined && !reading.why,
  );
  const given = target.facets.model ?? target.facets.deployment;
  return known?.text ?? (given ? '?' : (target.defaults.model ?? '?'));
}

function allModelsOf(target: Target): string {
  const given = [...(target.facets.model ?? []), ...(target.facets.deployment ?? [])];
  const texts = given.map(({ text, why }) => (text === undefined || why ? '?' : text));
  return [...new Set(texts)].join('|') || (target.defaults.model ?? '?');
}

function byFileLineText(a: string, b: string): number {
  const [fileA = '', lineA = '0'] = a.split(':');
  const [fileB = '', lineB = '0'] = b.split(':');
  if (fileA !== fileB) return fileA < fileB ? -1 : 1;
  return Number(lineA) - Number(lineB) || (a < b ? -1 : 1);
}
