import { createHash } from 'node:crypto';
import type { Provider } from '../model/catalog.ts';
import type { CallMeaning, Surface } from '../model/surface.ts';
import { byCodePoint, type Tables } from './compiled.ts';
import { fixedSuffixes, requiredRuns } from './pattern-text.ts';

const SHORTEST = 4;
// Shorter runs would be found everywhere.
const SHORTEST_RUN = 5;
const TELLING_RUN = 7;
const QUOTES = ["'", '"'] as const;
const QUOTED_LANGUAGES = new Set(['javascript', 'go']);

type Source = Pick<
  Tables,
  'providers' | 'families' | 'surfaces' | 'clouds' | 'regions' | 'prefixes' | 'makers' | 'resources' | 'tools'
>;

/** Tools whose files are read only where they hold a word: the types of their resources are words. */
const SCREENED_TOOLS = new Set(['ansible', 'databricks', 'kubernetes']);

/** The words of a pack, and a digest of exactly what `has` and `classifies` depend on: a new retirement date leaves it as it was. */
export function vocabularyDataOf(source: Source): { readonly words: readonly string[]; readonly digest: string } {
  const words = wordsOf(source);
  const hash = createHash('sha256');
  const add = (part: unknown): void => {
    hash.update(`${JSON.stringify(part)}\n`);
  };
  add(words);
  for (const { id, pattern, words: fragments, ambiguous, priority } of source.families)
    add([id, pattern, fragments, ambiguous, priority]);
  for (const { id, hosts, hostPatterns, residency } of source.providers)
    add([id, hosts, hostPatterns, residency.map(({ host }) => host)]);
  for (const { prefix, provider } of source.prefixes) add([prefix, provider]);
  for (const { name, provider } of source.makers) add([name, provider]);
  for (const { id } of source.clouds) add(id);
  for (const { cloud, id, aliases } of source.regions) add([cloud, id, aliases]);
  return { words, digest: hash.digest('hex') };
}

/** Lower-case words that a file must hold one of before a parser looks at it, sorted; all of them come out of the catalog. */
function wordsOf({ tools, providers, families, surfaces, resources }: Source): readonly string[] {
  const words = new Set<string>();
  const add = (found: readonly string[]): void => {
    for (const word of found) if (word.length >= SHORTEST) words.add(word.toLowerCase());
  };
  // A hub of weights is named in half of all documents, and nothing runs there.
  for (const provider of providers) if (provider.kind !== 'weight-hub') add(providerWords(provider));
  for (const { tool, type } of resources) if (SCREENED_TOOLS.has(tool)) add([groupOf(type)]);
  for (const family of families) if (!family.ambiguous) add(family.words);
  for (const tool of tools) add(tool.actions);
  for (const surface of surfaces) {
    if (speaksOfModels(surface)) add(surface.modules.flatMap((module) => importWords(module, surface.language)));
  }
  return [...words].sort(byCodePoint);
}

/** Objects of Kubernetes name their group and their kind in two places. */
function groupOf(type: string): string {
  const [group = '', kind] = type.split('/');
  return kind === undefined || group.includes('.') ? group : '';
}

function providerWords(provider: Provider): readonly string[] {
  return [
    ...provider.hosts.filter((host) => host.includes('.')),
    ...provider.residency.map(({ host }) => host),
    ...provider.hostPatterns.flatMap(hostWords),
    ...provider.env,
    ...provider.envWords.flatMap((word) => [`${word}_`, `_${word}`]),
    ...provider.paths.filter(({ distinctive }) => distinctive).map(({ path }) => path),
    ...provider.images,
  ];
}

/** Texts of which every host that matches holds one: its longest fixed run, or its possible ends where no run is telling. */
export function hostWords(pattern: string): readonly string[] {
  const ends = fixedSuffixes(pattern);
  const runs = requiredRuns(pattern).toSorted((left, right) => right.length - left.length || byCodePoint(left, right));
  // An end may be a domain under which quite other things live (`.amazonaws.com`), so a run before it tells more.
  const telling = runs.find((run) => run.length >= TELLING_RUN && !ends.includes(run));
  if (telling !== undefined) return [telling];
  if (ends.every((end) => labelsOf(end).length > 1)) return ends;
  return runs.filter((run) => run.length >= SHORTEST_RUN && labelsOf(run).length > 0).slice(0, 1);
}

function labelsOf(text: string): readonly string[] {
  return text.split('.').filter((label) => label !== '');
}

/** HTTP clients and environment readers are everywhere; only a surface that names a service or a model call selects files. */
function speaksOfModels(surface: Surface): boolean {
  return Object.values(surface.shapes).some(({ call }) => call !== undefined && isTelling(call));
}

function isTelling(call: CallMeaning): boolean {
  const { operation, operator, gateway, store, textModel, serves } = call;
  return (
    [operator, gateway, store, textModel, serves].some((value) => value !== undefined) ||
    call.when?.some((wanted) => wanted.store !== undefined) ||
    (operation !== undefined && operation !== 'metadata')
  );
}

/** How an import of the module is written, as far as it stands in one piece of text. */
function importWords(module: string, language: string): readonly string[] {
  const open = module.endsWith('*');
  const name = open ? module.slice(0, -1) : module;
  if (name === '') return [];
  if (QUOTED_LANGUAGES.has(language)) return QUOTES.map((quote) => `${quote}${name}${open ? '' : quote}`);
  if (language === 'sql') return [`${name}(`];
  if (language === 'python') return [`import ${name}`, `from ${name}`];
  return name.length > 7 && /[./\\:]/.test(name) ? [name] : [];
}
