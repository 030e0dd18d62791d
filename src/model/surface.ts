/** SDK surfaces: what exported names are, and what their members and calls mean. */

export interface Provenance {
  readonly source: string;
  /** ISO date of the document or of the reading. */
  readonly date: string;
  /** false: nobody has read a primary source; the entry weighs as heuristic. */
  readonly verified: boolean;
}

export type Operation =
  | 'chat'
  | 'embeddings'
  | 'image'
  | 'audio'
  | 'realtime'
  | 'batch'
  | 'rerank'
  | 'moderation'
  | 'agent'
  | 'finetune';

/** How the wire looks: base of the lock-in of a capability (SCORING.md 2.6). */
export type ApiShape = 'abstraction' | 'openai-compatible' | 'platform' | 'native' | 'http';

/** Where a value stands among the arguments: `0.model` (first argument, key model), `model` (keyword), `0.models.*` (every item). */
export type ArgPath = string;

/** What a call reads from its arguments. */
export type Facet =
  | 'model'
  | 'deployment'
  | 'baseUrl'
  | 'host'
  | 'region'
  | 'apiVersion'
  | 'sku'
  | 'project'
  | 'key'
  /** Behind a gateway: the service it sends on to, those it tries in order, the stored configuration that decides. */
  | 'upstream'
  | 'order'
  | 'route';

/** `{ path: '0.vertexai', equals: 'true', operator: 'google-vertex' }`. Without `equals` or `starts`, being given is enough. */
export interface Switch {
  readonly path?: ArgPath;
  readonly equals?: string;
  readonly starts?: string;
  /** An environment name set to something true. */
  readonly env?: string;
  readonly operator?: string;
  readonly gateway?: string;
  /** Vector store that a general database is then asked to be. */
  readonly store?: string;
  readonly serves?: Operation;
  /** Shape of the result then (`boto3.client('bedrock-runtime')`). */
  readonly returns?: string;
  /** The region the SDK then assumes. */
  readonly region?: string;
}

export interface Otherwise {
  readonly serves: Operation;
  /** Member of a module-wide object (`Settings.llm`). */
  readonly ambient?: string;
  /** Shape that is then called without arguments. */
  readonly shape?: string;
}

/** One client for each item of a list, whose options stand in the item (argument 0 of the shape `as`). */
export interface Each {
  readonly list: readonly ArgPath[];
  readonly as: string;
  /** Member that names the item; without one the list is tried from its head. */
  readonly name?: string;
  /** Where the names stand that are tried when another fails; `{name}` is the one that was asked for. */
  readonly spare?: readonly ArgPath[];
  readonly mechanism: string;
}

export interface CallMeaning {
  /** A model call of this operation; 'client': a client or model is made; 'metadata': a call that runs no model. Absent: not a call site. */
  readonly operation?: Operation | 'client' | 'metadata';
  /** Shape of the result; '$receiver' is the receiver itself. */
  readonly returns?: string;
  /** The result is the value of that argument (wrapLanguageModel, JSON.stringify). */
  readonly is?: ArgPath;
  readonly operator?: string;
  readonly gateway?: string;
  /** An option that sends the call through a gateway; who runs it stays. */
  readonly through?: { readonly path: ArgPath; readonly gateway: string };
  /** The model runs in this very process: nobody operates it. */
  readonly local?: boolean;
  /** Where the weights of the model are downloaded from when they are not at hand: a provider of kind weight-hub. */
  readonly weights?: string;
  /** The prefix or family of the model says who runs it (`litellm.completion(model='anthropic/…')`). */
  readonly operatorFromModel?: boolean;
  readonly api?: ApiShape;
  /** What the instance serves where its own calls do not say: chat for a model, embeddings for an embedder. */
  readonly serves?: Operation;
  readonly sets?: Readonly<Partial<Record<Facet, readonly ArgPath[]>>>;
  /** Environment names the SDK itself reads when the facet is not given. */
  readonly env?: Readonly<Partial<Record<Facet, readonly string[]>>>;
  /** What the SDK uses when nothing is given. */
  readonly defaults?: Readonly<Partial<Record<Facet, string>>>;
  /** Arguments whose instances (models, embedders, stores) the result or the call uses. */
  readonly carries?: readonly ArgPath[];
  /** What the call carries takes the place of what its receiver carries (`agent.run(…, { model })`). */
  readonly replaces?: boolean;
  /** Members assigned anywhere in the tree (`Settings.llm`) whose instances the call uses too. */
  readonly ambient?: readonly string[];
  /** `addComponent().1`: arguments that calls of that shape hand to this very instance, in the module that makes it. */
  readonly collects?: readonly string[];
  /** What is used where nothing given serves an operation: values assigned to a member anywhere in the tree, else what the SDK makes itself. */
  readonly otherwise?: readonly Otherwise[];
  readonly each?: Each;
  /** Where a call names the item of such a list. */
  readonly asks?: readonly ArgPath[];
  /** Separator of `provider:model`: the receiver was made with a record of providers, one of which gets the model. */
  readonly registry?: string;
  /** The call performs what that argument, a command instance, says (AWS `client.send(command)`). */
  readonly performs?: ArgPath;
  /** What a plain text among `carries` means (AI SDK: `model: 'openai/gpt-4o'` goes to the gateway). */
  readonly textModel?: { readonly operator?: string; readonly gateway?: string };
  /** Options and environment names that change who runs it or what it serves. The first that holds wins. */
  readonly when?: readonly Switch[];
  /** Vector store the instance is. */
  readonly store?: string;
  /** Arguments that hold headers made by a call of their own: what that call was given counts for this one. */
  readonly headers?: readonly ArgPath[];
  /** Raw HTTP: where URL (or host and path), body and method stand; `verb` is the method when none is given. */
  readonly http?: {
    readonly url: readonly ArgPath[];
    readonly body: readonly ArgPath[];
    readonly host?: readonly ArgPath[];
    readonly path?: readonly ArgPath[];
    readonly method?: readonly ArgPath[];
    readonly verb?: string;
  };
  /** The result is a URL of these arguments, each resolved against the one before it. */
  readonly joins?: readonly ArgPath[];
  /** A schema: records of its fields. What `parses` then lets through has their defaults. */
  readonly fields?: readonly ArgPath[];
  /** What a schema with these `fields` is held against: the first that is given; none is the environment. */
  readonly parses?: readonly ArgPath[];
  /** The default of a schema's field. */
  readonly defaultsTo?: ArgPath;
  /** Reads the field of that name from what a schema lets through (`config.get('model')`). */
  readonly readsField?: ArgPath;
  /** Environment reader: name and default. */
  readonly reads?: { readonly name: ArgPath; readonly fallback?: readonly ArgPath[] };
  /** What stands before every name its result reads from the environment. */
  readonly prefix?: { readonly path: ArgPath; readonly default: string };
  /** A class that extends it takes the values of its fields from the environment; where a class keeps the prefix of their names. */
  readonly settings?: { readonly prefix: readonly string[] };
  /** Describes a field of a class: its default, what makes it, and the environment names it has of its own. */
  readonly field?: {
    readonly fallback: readonly ArgPath[];
    readonly factory?: readonly ArgPath[];
    readonly names?: readonly ArgPath[];
  };
  /** Automatic fallback: the routes tried after the receiver or the first one. */
  readonly fallback?: { readonly to: readonly ArgPath[]; readonly mechanism: string; readonly class?: 'auto' | 'dead' };
  /** Features used by the very call. */
  readonly features?: readonly string[];
  /** Features used where an option is present: path -> feature, or path=value -> feature. */
  readonly options?: Readonly<Record<string, string>>;
}

export interface Shape {
  /** Member path -> shape. `*` is any other name. A dotted key is a path. */
  readonly members?: Readonly<Record<string, string>>;
  readonly call?: CallMeaning;
  /** It is a constant text: a base URL the package exports. */
  readonly text?: string;
  /** Reading a member of it reads the environment (`process.env`). */
  readonly environment?: boolean;
  /** A class it decorates has this member: a list of what its methods give that are decorated with that shape. */
  readonly gathers?: Readonly<Record<string, string>>;
  /** Its members are the fields that a schema lets through. */
  readonly parsed?: boolean;
}

export interface Surface extends Provenance {
  readonly id: string;
  /** Language family of its front ends: javascript, python, … */
  readonly language: string;
  /** Package of the SDK layer, for node id and name; absent for globals. */
  readonly package?: string;
  /** Import specifiers, exact or with a trailing `*`. */
  readonly modules: readonly string[];
  /** Exported name ('default', '*' for the module itself) -> shape. */
  readonly exports: Readonly<Record<string, string>>;
  /** Names that need no import -> shape. */
  readonly globals: Readonly<Record<string, string>>;
  /** Member paths of what a platform hands in (`env.AI.run`) -> shape of the call; its `when` must hold. */
  readonly bindings?: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** What calling a member of a surface means. */
export interface SurfaceShape {
  readonly surface: Surface;
  readonly shape: string;
  readonly meaning: CallMeaning;
}

/** A member that runs a model. */
export type ModelCall = SurfaceShape & { readonly meaning: { readonly operation: Operation } };

/** SDK surfaces, by what code writes of them. */
export interface Surfaces {
  /** Those an import specifier names: the exact ones, else those of the longest prefix. */
  imported(language: string, specifier: string): readonly Surface[];
  global(language: string, name: string): readonly Surface[];
  /** Whether some member that runs a model has this last name: create, invoke, generateContent, send, … */
  runs(name: string): boolean;
  /** Member paths that run a model, or tails of theirs of three or more names: `messages.create`, `chat.completions.create`. */
  chain(tail: string): readonly ModelCall[];
  /** Member paths of what a platform hands in: `env.AI.run`. */
  bindingPaths(): readonly string[];
  binding(path: string): readonly SurfaceShape[];
  /** How many surfaces reach an operator. */
  reach(operator: string): number;
}
