/** THE PIPELINE: path ─► collect ─► observe ⇄ resolve ─► link ─► weigh ─► measure ─► judge ─► advise ─► report. */
import { resolve as absolute, basename } from 'node:path';
import { advise } from './advise/advise.ts';
import { openCache } from './cache/cache.ts';
import { collect } from './collect/collect.ts';
import { searchIn } from './collect/search.ts';
import { choose } from './condition/choose.ts';
import { compileRules } from './condition/compile.ts';
import { factsFromCatalog } from './condition/facts.ts';
import { detectors } from './detect/index.ts';
import { exitOf } from './judge/exit.ts';
import { judge } from './judge/judge.ts';
import { link } from './link/link.ts';
import { losses, worstPerLayer } from './measure/losses.ts';
import { measure } from './measure/measure.ts';
import { ownersOf } from './measure/owners.ts';
import type { Config } from './model/config.ts';
import type { Report } from './model/report.ts';
import { createObserver } from './observe/create-observer.ts';
import { loadConfig } from './pack/config.ts';
import { loadPacks } from './pack/load.ts';
import { assemble } from './report/assemble.ts';
import { coverageOf, problemsOf } from './report/coverage.ts';
import { resolve } from './resolve/resolve.ts';
import { VERSION } from './version.ts';
import { weigh } from './weigh/weigh.ts';

export interface AuditOptions {
  readonly root: string;
  /** ISO date. */
  readonly asOf: string;
  /** Overrides `home` of the configuration. */
  readonly home?: readonly string[];
  readonly unknown?: 'pessimistic' | 'optimistic';
  /** Folders of packs. */
  readonly packs?: readonly string[];
  readonly only?: readonly string[];
  readonly disable?: readonly string[];
  /** Configuration file; default: the one in the root. */
  readonly config?: string;
  /** Limits given on the command line; they win over the configuration. */
  readonly gate?: Config['gate'];
  readonly envFiles?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly outputs?: readonly string[];
  readonly strict?: boolean;
  readonly revision?: string;
  /** Folder of the observation cache; absent: no cache. */
  readonly cacheDir?: string;
  readonly onProgress?: (step: string, detail: string) => void;
  readonly isStopped?: () => boolean;
}

/** Audits a tree and returns the one report. Throws UserError for what the user can fix. */
export async function audit(options: AuditOptions): Promise<Report> {
  const { root, asOf, unknown = 'pessimistic', onProgress: say = () => {} } = options;
  const { config, digest: configDigest } = await loadConfig(root, options.config);
  const pack = await loadPacks(options.packs ?? []);
  const { catalog, vocabulary } = pack;
  // The built-in rules are checked by their tests.
  const { chosen, others } = choose(compileRules(pack.rules, { areChecked: !options.packs?.length }), options);
  const home = options.home ?? config.home;
  const situation = { home, policy: config.policy, asOf };
  const facts = factsFromCatalog(catalog, asOf);

  say('collect', root);
  const collected = collect(root, {
    detectors,
    words: vocabulary.words,
    useIgnoreFiles: true,
    envFiles: options.envFiles ?? [],
    outputs: options.outputs ?? [],
    include: options.include ?? [],
    exclude: options.exclude ?? [],
  });
  say('observe', `${collected.files.filter((file) => file.hit).length} of ${collected.discovered} files`);
  const cache =
    options.cacheDir === undefined
      ? undefined
      : openCache({ dir: options.cacheDir, scope: absolute(root), toolVersion: VERSION, vocabularyDigest: vocabulary.digest });
  const observer = createObserver(collected, { detectors, vocabulary, ...(cache ? { cache } : {}) });
  const resolved = await resolve({
    files: collected.files,
    catalog,
    config,
    observe: observer.observe,
    search: searchIn(collected),
    budget: { rounds: 16, files: 2000 },
  });
  cache?.flush();
  say('link', `${resolved.uses.length} uses`);
  const linked = weigh(link({ resolved, catalog, config, asOf, paths: collected.paths }), chosen, { facts, situation });
  const measured = measure(linked, { home, asOf, unknown });
  const numbers = { exposureOf: measured.exposureOf, layers: measured.layers, score: measured.score };
  const judged = judge(linked, chosen, {
    facts,
    situation,
    numbers,
    suppressions: config.suppressions,
    directives: resolved.directives,
    gate: { ...config.gate, ...options.gate },
    otherRuleIds: others,
  });
  const whatIf = [
    ...worstPerLayer(measured, { unknown }),
    ...losses(linked, measured.portfolio, { scenarios: pack.scenarios, facts: ownersOf(catalog), unknown }),
  ];
  const { planB, findings } = advise({ linked, measured, catalog, findings: judged.findings, unknown });

  const coverage = coverageOf(collected, observer.states(), linked.unknown);
  const problems = problemsOf(collected.notes, observer.problems(), judged.problems);
  const exit = exitOf({ coverage, gate: judged.gate, strict: options.strict ?? false });
  return assemble({
    version: VERSION,
    catalog: { digest: pack.digest, date: catalog.date },
    configDigest,
    asOf,
    home,
    unknownMode: unknown,
    name: basename(absolute(root)),
    revision: options.revision,
    collected,
    coverage,
    linked,
    score: measured.score,
    workloadScores: measured.workloads,
    layers: measured.layers,
    findings,
    rules: judged.rules,
    whatIf,
    planB,
    problems,
    gate: judged.gate,
    exit,
  });
}
