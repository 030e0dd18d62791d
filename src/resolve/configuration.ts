/** What the configuration of the tree gives to an environment name. */
import type { Declared } from '../model/config.ts';
import type { Reading } from '../model/reading.ts';
import type { Resource, SettingUse } from '../model/resolved.ts';
import { folderOf } from './locate.ts';

interface Candidate {
  readonly folder: string;
  readonly workload: string;
  readonly reading: Reading;
  /** An example file: it speaks of the package it lies in. */
  readonly sample: boolean;
}

export interface Configuration {
  readonly settings: readonly SettingUse[];
  readonly resources: readonly Resource[];
  readonly declared: readonly Declared[];
}

const ENVIRONMENT_PATH =
  /(?:^|\.)(?:environment(?:_variables)?|variables|env|env_vars|app_?settings|secrets|env_variables|vars|data|stringData)\.([A-Z][A-Z0-9_]*)$/i;

/** Looks names up among declared facts, infrastructure, compose and dotenv files; what is near wins. */
export function configurationLookup(
  { settings, resources, declared }: Configuration,
  workloadOf: (path: string) => string,
): (name: string, from: string) => readonly Reading[] {
  const candidates = new Map<string, Candidate[]>();
  const add = (name: string, candidate: Candidate) => candidates.set(name, [...(candidates.get(name) ?? []), candidate]);
  for (const use of settings) {
    const { value } = use.setting;
    if (value?.kind !== 'text') continue;
    const reading: Reading = {
      text: value.text,
      how: 'config',
      env: [use.setting.name],
      confidence: use.sample ? 0.6 : 0.9,
      trail: [{ path: use.path, ...value.at }],
    };
    add(use.setting.name, { folder: folderOf(use.path), workload: use.workload, reading, sample: use.sample });
  }
  for (const resource of resources) {
    for (const [path, readings] of Object.entries(resource.attributes)) {
      const name = ENVIRONMENT_PATH.exec(path)?.[1];
      if (!name) continue;
      // `${NAME:-}` hands on what is there, and otherwise nothing.
      for (const reading of readings)
        if (reading.text && !reading.why)
          add(name, {
            folder: folderOf(resource.path),
            workload: resource.workload,
            reading: fromInfrastructure(reading, resource, name),
            sample: false,
          });
    }
  }
  const facts = new Map(declared.flatMap((fact) => (fact.env && fact.value ? [[fact.env, fact.value] as const] : [])));
  return (name, from) => {
    const fact = facts.get(name);
    if (fact !== undefined) return [{ text: fact, how: 'declared', env: [name], confidence: 0.9, trail: [] }];
    return nearest(candidates.get(name) ?? [], from, workloadOf);
  };
}

function fromInfrastructure(reading: Reading, resource: Resource, name: string): Reading {
  return {
    ...reading,
    how: resource.format === 'compose' ? 'config' : 'iac',
    env: [name, ...reading.env],
    confidence: Math.min(0.9, reading.confidence),
  };
}

function nearest(candidates: readonly Candidate[], from: string, workloadOf: (path: string) => string): readonly Reading[] {
  const workload = workloadOf(from);
  const whole = workloadOf('');
  const near = candidates.filter(
    ({ folder, workload: own }) => own === workload || folder === '' || from.startsWith(`${folder}/`),
  );
  // The example of one package of a workspace says nothing of another; that of the whole tree does.
  const chosen = near.length ? near : candidates.filter((one) => !one.sample || one.workload === whole);
  const firm = chosen.filter(({ reading }) => reading.confidence > 0.6);
  const seen = new Map((firm.length ? firm : chosen).map(({ reading }) => [reading.text, reading]));
  return [...seen.values()];
}
