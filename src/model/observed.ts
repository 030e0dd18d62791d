import type { Expr, Span, Unit } from './source.ts';

/** One dependency a manifest declares, or one version a lockfile pins. */
export interface PackageEntry {
  readonly ecosystem: string;
  readonly name: string;
  /** As written in the manifest (`^4.2.0`), or the exact version of a lockfile. */
  readonly version: string;
  readonly group: 'runtime' | 'dev' | 'peer' | 'optional' | 'locked';
  readonly at: Span;
}

/** What a manifest says of itself and of the tree around it. */
export interface Manifest {
  readonly ecosystem: string;
  readonly name?: string;
  /** Globs of member folders, relative to the manifest. */
  readonly workspaces: readonly string[];
  /** Entry points of the package: `main`, `module`, `exports['.']`, `types`, relative to the manifest. */
  readonly entries: readonly string[];
  /** package.json `imports`: `#lib/*` -> `./src/*`. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

/** A block of infrastructure as code or configuration: its labels and its body as a record. */
export interface Declaration {
  /** terraform: resource, data, provider, variable, locals, output, module, terraform; tfvars: values; compose: service. */
  readonly block: string;
  readonly format:
    | 'terraform'
    | 'cloudformation'
    | 'bicep'
    | 'packer'
    | 'ansible'
    | 'databricks'
    | 'compose'
    | 'litellm'
    | 'portkey'
    | 'kong'
    | 'kubernetes'
    | 'vercel'
    | 'fly'
    | 'render'
    | 'wrangler'
    | 'mlflow'
    | 'truefoundry'
    | 'envoy'
    | 'cloudflare'
    | 'dockerfile';
  readonly labels: readonly string[];
  readonly body: Expr;
  readonly at: Span;
}

/** One `NAME=value` of an environment file. The value is there only when it classifies (model, region, host without credentials). */
export interface Setting {
  readonly name: string;
  readonly value?: Expr;
  readonly at: Span;
}

/** What a file lets developers or CI call: a server of the Model Context Protocol, an action of a workflow. Never its keys. */
export interface ToolMention {
  readonly kind: 'mcp-server' | 'action';
  /** As configured: the name of the server, `owner/name` of the action. */
  readonly name: string;
  /** What it runs: `npm:@scope/server`, `docker:image`, or the program. */
  readonly runs?: string;
  /** Remote host it is reached at. */
  readonly host?: string;
  readonly at: Span;
}

/** What one file says. Lists are in the order of the text. */
export interface Observed {
  readonly unit?: Unit;
  readonly manifest?: Manifest;
  /** tsconfig / jsconfig `paths`, with `baseUrl` joined in, relative to the file; `extends` as written. */
  readonly paths?: Readonly<Record<string, readonly string[]>>;
  readonly pathsBase?: string;
  readonly extends?: readonly string[];
  readonly packages?: readonly PackageEntry[];
  readonly declarations?: readonly Declaration[];
  readonly settings?: readonly Setting[];
  readonly tools?: readonly ToolMention[];
  /** Why this file was read with less than its parser (syntax error, line too long, too deep). */
  readonly degraded?: string;
  readonly problems?: readonly { readonly reason: string; readonly message: string; readonly at?: Span }[];
}

/** The words and shapes of the catalog, as far as a detector may use them. */
export interface Vocabulary {
  readonly digest: string;
  /** Lower-case words of the prefilter, sorted. */
  readonly words: readonly string[];
  /** True where the text holds a word of the catalog. */
  has(text: string): boolean;
  /** True where a whole value is a model id, a region, or a host without credentials: such a value may be kept. */
  classifies(value: string): boolean;
}
