/** The front end that saw a place, by its file. */

const DETECTORS: readonly (readonly [RegExp, string])[] = [
  [/\.tf(?:vars)?$|\.tofu$/, 'infra/terraform'],
  [/compose[^/]*\.ya?ml$/, 'infra/compose'],
  [/(?:^|\/)\.env/, 'config/dotenv'],
  [/(?:^|\/)render\.ya?ml$/, 'config/render'],
  [/\.ya?ml$/, 'config/yaml'],
  [/(?:^|\/)fly(?:\.[^/]*)?\.toml$/, 'config/fly'],
  [/\.pkr\.(?:hcl|json)$/, 'infra/packer'],
  [/\.sql$/i, 'source/sql'],
  [/(?:^|\/)(?:vercel|now)\.json$/, 'config/vercel'],
  [/(?:^|\/)wrangler[^/]*\.(?:toml|jsonc?)$/, 'config/wrangler'],
  [/portkey[^/]*\.json$/i, 'config/portkey'],
  [/\.bicep(?:param)?$/, 'infra/bicep'],
  [/\.parameters\.json$|(?:^|\/)(?:azuredeploy|maintemplate)\.json$/i, 'infra/arm'],
  [/\.json$/, 'config/json'],
  [/(?:^|\/)(?:[^/]+\.)?(?:dockerfile|containerfile)[^/]*$/i, 'infra/dockerfile'],
];

/** Id of the detector of a path. */
export function detectorOf(path: string): string {
  return DETECTORS.find(([pattern]) => pattern.test(path))?.[1] ?? 'source/typescript';
}
