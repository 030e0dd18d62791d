/** What fits its schema and is wrong all the same: hosts of two owners, examples that are something else, references to nothing. */
import type { Catalog } from '../model/catalog.ts';
import type { CompiledPack } from './compiled.ts';
import { brokenReferences } from './references.ts';

/** Problems of a catalog as sentences: what, where. Sorted. */
export function catalogProblems({
  pack,
  catalog,
}: {
  readonly pack: CompiledPack;
  readonly catalog: Catalog;
}): readonly string[] {
  const found = [
    ...brokenReferences(pack),
    ...hostProblems(pack, catalog),
    ...exampleProblems(pack, catalog),
    ...packageProblems(pack, catalog),
    ...ruleProblems(pack),
  ];
  return [...new Set(found)].sort();
}

/** A host names one provider, and an example the provider whose pattern it is an example of. */
function hostProblems(pack: CompiledPack, catalog: Catalog): readonly string[] {
  return pack.providers.flatMap(({ id, hosts, examples, hostPatterns, residency }) => {
    const wrong = [...hosts, ...examples, ...residency.map(({ host }) => host)].flatMap((host) => {
      const owner = catalog.host(host)?.provider.id;
      return owner === id ? [] : [`provider ${id}: host ${host} is read as ${owner ?? 'nobody'}`];
    });
    const tried = examples.length > 0 || hostPatterns.length === 0;
    const idle = hostPatterns.filter((pattern) => !examples.some((host) => new RegExp(`^(?:${pattern})$`).test(host)));
    return [...wrong, ...(tried ? idle.map((pattern) => `provider ${id}: no example matches the pattern ${pattern}`) : [])];
  });
}

/** An example of a family is of that family, in a model argument at least. */
function exampleProblems(pack: CompiledPack, catalog: Catalog): readonly string[] {
  return pack.families.flatMap(({ id, examples, ambiguous, words }) =>
    examples.flatMap((example) => {
      const family = catalog.model(example, ambiguous)?.family?.id;
      if (family !== id) return [`family ${id}: the example ${example} is read as ${family ?? 'no model'}`];
      const seen = ambiguous || words.some((word) => example.toLowerCase().includes(word));
      return seen ? [] : [`family ${id}: the example ${example} holds none of its words, so a file that names it is not read`];
    }),
  );
}

/** Ranges are written as semver reads them, and a release is compromised once. */
function packageProblems(pack: CompiledPack, catalog: Catalog): readonly string[] {
  return pack.packages.flatMap(({ ecosystem, name, versions, compromised }) => {
    const from = `package ${ecosystem} ${name}`;
    const releases = compromised.flatMap((one) => one.versions);
    return [
      ...(catalog.package(ecosystem, name)?.name === name ? [] : [`${from}: another spelling of it stands in the catalog`]),
      ...versions.flatMap(({ range }) =>
        RANGE.test(range) ? [] : [`${from}: "${range}" is no range: write <1.0.0 or >=1.0.0 <2.0.0`],
      ),
      ...releases.flatMap((release, index) => (releases.indexOf(release) === index ? [] : [`${from}: ${release} stands twice`])),
    ];
  });
}

const RANGE = /^(?:[<>]=?\d+\.\d+\.\d+)(?: [<>]=?\d+\.\d+\.\d+)?$/;

function ruleProblems({ features, rules }: CompiledPack): readonly string[] {
  const known = new Set(rules.map(({ id }) => id));
  return features.flatMap(({ id, rule }) => (rule === undefined || known.has(rule) ? [] : [`feature ${id}: no rule "${rule}"`]));
}
