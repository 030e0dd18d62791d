import { MATCH_LIMIT } from './pattern-check.ts';

/** A model id taken apart: what the maker calls it, and what the form of the id tells about who runs it. */
export interface ModelId {
  readonly bare: string;
  /** Other spellings of the bare id to try: without its tag, with the version a platform appended. */
  readonly also: readonly string[];
  /** Maker and model put together, where a platform cuts the maker off: `deepseek.r1` is deepseek-r1. */
  readonly joined?: string;
  readonly prefix?: string;
  readonly operator?: string;
  /** Geography before a Bedrock id: eu, us, global. */
  readonly scope?: string;
  readonly tuned: boolean;
  /** The form is a platform's. */
  readonly formal: boolean;
  /** The form is unmistakable: no other text looks like it, so that even an ordinary word behind it is a model. */
  readonly sure: boolean;
}

interface Draft {
  rest: string;
  also: string[];
  joined?: string;
  prefix?: string;
  operator?: string;
  scope?: string;
  tuned: boolean;
  formal: boolean;
  sure: boolean;
  /** It began as the path of a package or a repository: what follows names no service. */
  foreign: boolean;
}

/** What the catalog knows of prefixes: `bedrock` -> aws-bedrock. `named` also takes provider ids, which only a colon makes certain. */
export interface Prefixes {
  slash(prefix: string): string | undefined;
  named(prefix: string): string | undefined;
  /** Whose ids begin with that maker and a dot; `shared`: other clouds write them so too. */
  dotted(maker: string): { readonly provider: string; readonly shared: boolean } | undefined;
}

const ALLOWED = /^[\w.@~:/+-]+$/;
// Platforms of media models write the operation behind the model: `fal-ai/flux/dev/image-to-image`.
const OPERATION =
  /^([^/]+\/.+)\/(?:(?:text|image|video|audio|speech|reference)-to-(?:text|image|video|audio|speech|3d)|edit|inpaint(?:ing)?|upscale)$/i;
const ROUTING = /:(?:free|online|nitro|floor|thinking|extended|exacto|beta|cloud)$/i;
// What stands behind the colon of a weight's tag: a size, a quantisation, a variant.
const TAG = /^(?:e?\d+(?:\.\d+)?[bm]|\d+x\d+b|latest|instruct|text|code|q\d|fp16)[\w.-]*$/i;
const ARN = /^arn:aws[a-z-]*:(bedrock|sagemaker):[a-z0-9-]*:\d*:([a-z-]+)\/(.+)$/i;
const VERTEX = /^(?:\/?projects\/[^/]+\/locations\/[^/]+\/|\/)?publishers\/([^/]+)\/models\/([^/:]+)/i;
const DOTTED = /^([a-z0-9-]{2,20})\.([a-z0-9][\w.:-]*)$/i;
const GEOGRAPHY = /^[a-z]{2,6}(?:-gov)?$/i;
const OPENAI_BASES = /^(?:gpt-|o\d|davinci|curie|babbage|ada)/i;

/** Takes a model id in any platform's form apart; undefined where the text cannot be one. */
export function parseModelId(id: string, prefixes: Prefixes): ModelId | undefined {
  const text = id.trim();
  if (text === '' || text.length > MATCH_LIMIT || !ALLOWED.test(text) || text.includes('://') || text.includes('..'))
    return undefined;
  const draft: Draft = { rest: text, also: [], tuned: false, formal: false, sure: false, foreign: false };
  // Prefixes nest (`openrouter/anthropic/…`, `bedrock/us.anthropic.…`): take one off per turn until nothing is left to take.
  for (let turn = 0; turn < 8; turn += 1) if (!FORMS.some((form) => form(draft, prefixes))) break;
  if (draft.rest === '') return undefined;
  const { rest, foreign: _, ...known } = draft;
  return { ...known, bare: rest, also: [...draft.also, ...(rest.includes(':') ? [rest.slice(0, rest.indexOf(':'))] : [])] };
}

type Form = (draft: Draft, prefixes: Prefixes) => boolean;

const FORMS: readonly Form[] = [arn, vertex, tuned, hosted, routing, routed, dated, dotted, slash, colon, azureSpelling];

function arn(draft: Draft): boolean {
  const match = ARN.exec(draft.rest);
  if (!match) return false;
  const [, service = '', kind = '', rest = ''] = match;
  draft.operator ??= service.toLowerCase() === 'bedrock' ? 'aws-bedrock' : 'aws-sagemaker';
  draft.formal = true;
  draft.sure = true;
  draft.tuned ||= kind.startsWith('custom-model') || kind === 'imported-model';
  // A custom model is named after its base, with an id of its own behind: `custom-model/anthropic.claude…/abc123`.
  draft.rest = kind.startsWith('custom-model') ? (rest.split('/', 1)[0] ?? rest) : rest;
  return true;
}

function vertex(draft: Draft): boolean {
  const match = VERTEX.exec(draft.rest);
  if (match) {
    draft.operator ??= 'google-vertex';
    draft.formal = true;
    draft.sure = true;
    draft.prefix ??= match[1] ?? '';
    draft.rest = match[2] ?? '';
    return true;
  }
  const endpoint = /^projects\/[^/]+\/locations\/[^/]+\/(?:endpoints|models)\/([\w@-]+)$/.exec(draft.rest);
  if (!endpoint) return false;
  Object.assign(draft, { operator: draft.operator ?? 'google-vertex', formal: true, tuned: true, rest: endpoint[1] ?? '' });
  return true;
}

function tuned(draft: Draft): boolean {
  const match = /^ft:([\w.-]+)(?::[\w.:-]*)?$/.exec(draft.rest) ?? /^(davinci|curie|babbage|ada):ft-[\w-]+$/.exec(draft.rest);
  if (!match) return false;
  const rest = match[1] ?? '';
  // Mistral tunes its own models under the same form.
  const operator = draft.operator ?? (OPENAI_BASES.test(rest) ? 'openai' : undefined);
  Object.assign(draft, { ...(operator === undefined ? {} : { operator }), formal: true, tuned: true, rest });
  return true;
}

/** Forms that one host alone uses. */
function hosted(draft: Draft): boolean {
  const worker = /^@(?:cf|hf)\/([\w.-]+)\/([\w.-]+)$/.exec(draft.rest);
  if (worker) return settle(draft, { operator: 'cloudflare-workers-ai', prefix: worker[1], rest: worker[2] });
  const account = /^accounts\/([\w-]+)\/(?:models|deployedModels|routers|deployments)\/([\w.-]+)/.exec(draft.rest);
  if (account) {
    draft.tuned ||= account[1] !== 'fireworks';
    return settle(draft, { operator: 'fireworks', rest: account[2] });
  }
  const gemini = /^(models|tunedModels)\/([\w.-]+)$/.exec(draft.rest);
  if (
    gemini &&
    (gemini[1] === 'tunedModels' || /^(?:gemini|gemma|imagen|veo|text-embedding|embedding|learnlm)-/i.test(gemini[2] ?? ''))
  ) {
    draft.tuned ||= gemini[1] === 'tunedModels';
    return settle(draft, { operator: 'google-gemini', rest: gemini[2] });
  }
  const pinned = /^([a-z0-9-]+\/[a-z0-9._-]+):[0-9a-f]{64}$/.exec(draft.rest);
  if (pinned) return settle(draft, { operator: 'replicate', rest: pinned[1] });
  const maas = /^(?:[\w.-]+\/)?([\w.-]+)-maas$/i.exec(draft.rest);
  return maas ? settle(draft, { operator: 'google-vertex', rest: maas[1] }) : false;
}

function settle(draft: Draft, found: { operator: string; prefix?: string | undefined; rest: string | undefined }): boolean {
  draft.operator ??= found.operator;
  if (found.prefix !== undefined) draft.prefix ??= found.prefix;
  draft.formal = true;
  draft.sure = true;
  draft.rest = found.rest ?? '';
  return true;
}

/** `:free`, `:online` and kin choose a route, not a model; nor does `/text-to-image`. */
function routing(draft: Draft): boolean {
  const rest = draft.rest.replace(ROUTING, '').replace(OPERATION, '$1');
  const changed = rest !== draft.rest;
  draft.rest = rest;
  return changed;
}

/** Hugging Face's router takes who shall run a model behind a colon: `meta-llama/Llama-3.3-70B-Instruct:together`. */
function routed(draft: Draft, prefixes: Prefixes): boolean {
  const match = /^([\w.-]+\/[\w.-]+):([a-z0-9-]+)$/.exec(draft.rest);
  const operator = match?.[2] === undefined ? undefined : prefixes.named(match[2]);
  if (operator === undefined || TAG.test(match?.[2] ?? '')) return false;
  draft.operator ??= operator;
  draft.rest = match?.[1] ?? '';
  return true;
}

/** Vertex writes the version behind an @; the maker writes a dash. */
function dated(draft: Draft): boolean {
  const match = /^([\w./-]+)@(\d{8}|\d{3}|default|latest)$/.exec(draft.rest);
  // `github.com/press/tool@latest` is a program.
  if (!match || draft.foreign || /^[^/]*\.[^/]*\//.test(match[1] ?? '')) return false;
  const [, name = '', version = ''] = match;
  draft.operator ??= 'google-vertex';
  draft.rest = /^\d{8}$/.test(version) ? `${name}-${version}` : name;
  if (/^\d{3}$/.test(version)) draft.also.push(`${name}@${version}`, `${name}-${version}`);
  return true;
}

/** `eu.anthropic.claude-…-v1:0`: a geography, the maker, the model, its version. */
function dotted(draft: Draft, prefixes: Prefixes): boolean {
  const whole = DOTTED.exec(draft.rest);
  const inner = GEOGRAPHY.test(whole?.[1] ?? '') ? DOTTED.exec(whole?.[2] ?? '') : null;
  const isPlain = prefixes.dotted(whole?.[1]?.toLowerCase() ?? '') !== undefined;
  const [, maker = '', model = ''] = (isPlain ? whole : inner) ?? [];
  const scope = isPlain ? undefined : whole?.[1];
  const owner = prefixes.dotted(maker.toLowerCase());
  // `com.google.…:…` is a package of Java.
  if (!owner || (scope !== undefined && /^(?:com|org|net|io|dev)$/i.test(scope))) return false;
  const versioned = /(?::\d+|-v\d+)(?::\w+)*$/i.test(model);
  // Of ids that other clouds write too, only a version or a geography tells whose they are.
  if (scope !== undefined || versioned || !owner.shared) draft.operator ??= owner.provider;
  if (scope !== undefined) draft.scope = scope.toLowerCase();
  draft.formal = true;
  draft.sure ||= scope !== undefined || versioned;
  const name = model.replace(/(?::\w+)+$/, '');
  // -v1 (or -1) is the service's own counter where a :0 follows; a later -v2 is the maker's unless a date stands before it.
  draft.rest = model.includes(':') ? name.replace(/-v?1$|(?<=-\d{8})-v\d+$/, '') : name;
  draft.joined = `${maker}-${draft.rest}`;
  draft.also.push(name);
  return true;
}

function slash(draft: Draft, prefixes: Prefixes): boolean {
  const at = draft.rest.indexOf('/');
  if (at < 0) return false;
  const first = draft.rest.slice(0, at);
  const named = first.replace(/^[@~]/, '').toLowerCase();
  draft.prefix ??= named;
  draft.foreign ||= first.startsWith('@') || first.includes('.');
  const operator = draft.foreign ? undefined : prefixes.slash(named);
  if (operator !== undefined) draft.operator ??= operator;
  draft.rest = draft.rest.slice(at + 1);
  return true;
}

function colon(draft: Draft, prefixes: Prefixes): boolean {
  const at = draft.rest.indexOf(':');
  if (at <= 0) return false;
  const named = draft.rest.slice(0, at).toLowerCase();
  const operator = prefixes.named(named);
  // A tag belongs to the name, also where the name is a company's: `mistral:7b`.
  if (operator === undefined || TAG.test(draft.rest.slice(at + 1))) return false;
  draft.prefix ??= named;
  draft.operator ??= operator;
  draft.rest = draft.rest.slice(at + 1);
  return true;
}

/** Azure cannot write a dot in a deployment: gpt-35-turbo is gpt-3.5-turbo. */
function azureSpelling(draft: Draft): boolean {
  if (!/^gpt-35-/i.test(draft.rest)) return false;
  draft.operator ??= 'azure-openai';
  draft.rest = draft.rest.replace(/^gpt-35-/i, 'gpt-3.5-');
  return true;
}
