/** Regions as people say them, the same wherever a node is made. */

const CLOUDS: Readonly<Record<string, string>> = { aws: 'AWS', azure: 'Azure', gcp: 'Google Cloud' };

/** `AWS me-central-1, AE`; without a country where the catalog knows none. */
export function regionName(cloud: string, region: string, country: string | undefined): string {
  return `${CLOUDS[cloud] ?? cloud} ${region}${country === undefined ? '' : `, ${country}`}`;
}
