/** A tree without a score: what was looked for and not found, and what is there beside it. */
import type { Report } from '../../model/report.ts';
import { hang } from './layout.ts';
import type { Screen } from './screen.ts';

const MOST = 5;

/** One or two sentences. */
export function nothingFound({ report, width }: Screen): readonly string[] {
  const regions = regionNames(report);
  const place = `Cloud regions: ${regions.length === 0 ? 'none' : listed(regions, '; ')}.`;
  const seen = seenNames(report);
  if (seen.length === 0) return hang('  ', `No AI provider, SDK, gateway or model found. ${place}`, width);
  return [
    ...hang('  ', 'No AI call found that counts in production: no score.', width),
    ...hang('  ', `Seen all the same: ${listed(seen, ', ')}.`, width),
    ...hang('  ', place, width),
  ];
}

/** True where there is no trace of AI at all. */
export function isWithoutAi({ inventory, capabilities }: Report): boolean {
  return capabilities.length === 0 && seenNames({ inventory }).length === 0;
}

function seenNames({ inventory }: Pick<Report, 'inventory'>): readonly string[] {
  return unique([
    ...inventory.providers.map(({ name }) => name),
    ...inventory.gateways.map(({ name }) => name),
    ...inventory.models.map(({ id }) => id),
    ...inventory.packages.map(({ name }) => name),
  ]);
}

/** Regions something runs or lies in; a table of regions is no place. */
function regionNames({ inventory, graph }: Report): readonly string[] {
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  const places = inventory.regions.filter(({ role, context }) => role !== 'table' && context === 'production');
  return unique(
    places.map(
      ({ cloud, region }) =>
        names.get(`region:${cloud}:${region}`) ?? names.get(`host:${cloud}:${region}`) ?? `${cloud} ${region}`,
    ),
  );
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

function listed(names: readonly string[], separator: string): string {
  const more = names.length - MOST;
  return more > 0 ? `${names.slice(0, MOST).join(separator)}${separator}and ${more} more` : names.join(separator);
}
