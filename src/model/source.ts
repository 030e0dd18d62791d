/** What a file says, in any language, before anybody asks what it means. Lines and columns start at 1; columns count UTF-16 code units. */

export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A place in the audited tree: path relative to its root, with `/`. */
export interface Location extends Span {
  readonly path: string;
}

/** Index into `Unit.blocks`; block 0 is the module itself. */
export type BlockId = number;
/** Index into `Unit.sites`. */
export type SiteId = number;

/** The small expression tree that every front end lowers its language into. */
export type Expr =
  | { readonly kind: 'text'; readonly text: string; readonly at: Span }
  | { readonly kind: 'constant'; readonly value: number | boolean | null; readonly at: Span }
  /** A name, looked up from `block` outwards. `this`, `self` and `super` are names. */
  | { readonly kind: 'name'; readonly name: string; readonly block: BlockId; readonly at: Span }
  /** a.b, a?.b, a['b'], A::b. A fixed name is a `text`. */
  | { readonly kind: 'member'; readonly of: Expr; readonly name: Expr; readonly at: Span }
  /** Calls, `new`, builder steps. `await x` is x. Index into `Unit.sites`, or -1 where the format has no sites. */
  | {
      readonly kind: 'call';
      readonly callee: Expr;
      readonly args: readonly Arg[];
      readonly construct?: boolean;
      readonly site: SiteId;
      readonly at: Span;
    }
  /** Text put together: templates, `+`, format strings. */
  | { readonly kind: 'join'; readonly parts: readonly Expr[]; readonly at: Span }
  /** One of several: `a ?? b` and `a || b` are 'default' (first wins when it is there), ternaries and switch are 'branch', `for x of list` is 'loop'. */
  | {
      readonly kind: 'choice';
      readonly of: readonly Expr[];
      readonly by: 'default' | 'branch' | 'loop';
      readonly at: Span;
    }
  | {
      readonly kind: 'record';
      readonly entries: readonly Entry[];
      /** true where a spread that could not be lowered, or a computed key, may add more. */
      readonly open: boolean;
      readonly at: Span;
    }
  /** `each`: a comprehension, whose item stands for all of them. */
  | { readonly kind: 'list'; readonly items: readonly Expr[]; readonly each?: true; readonly at: Span }
  /** `...of` inside a list, a record (entry with key '...') or arguments. */
  | { readonly kind: 'spread'; readonly of: Expr; readonly at: Span }
  | {
      readonly kind: 'function';
      /** Its own block; parameters are bindings of that block. */
      readonly block: BlockId;
      readonly returns: readonly Expr[];
      readonly at: Span;
    }
  /** A value of the environment where the format itself says so: `${VAR:-default}` of compose, dotenv. */
  | { readonly kind: 'env'; readonly name: string; readonly fallback?: Expr; readonly at: Span }
  | { readonly kind: 'unknown'; readonly why: string; readonly at: Span };

/** Key of an entry that stands for each of those a comprehension makes. */
export const ANY_KEY = '[*]';

export interface Arg {
  /** Keyword arguments only. */
  readonly name?: string;
  readonly value: Expr;
}

export interface Entry {
  readonly key: string;
  /** What a comprehension makes its keys of. */
  readonly each?: Expr;
  readonly value: Expr;
  readonly at: Span;
}

/** One imported name. `name` is 'default', '*' (the module itself) or what the module calls it; `local` is what this file calls it. */
export interface Import {
  readonly local: string;
  readonly module: string;
  readonly name: string;
  readonly typeOnly: boolean;
  readonly block: BlockId;
  readonly at: Span;
}

/** One exported name ('default' too). A re-export carries `from`; `name: '*'` with `from` re-exports everything. */
export interface Export {
  readonly name: string;
  readonly value?: Expr;
  readonly from?: { readonly module: string; readonly name: string };
  readonly at: Span;
}

export interface TypeDecl {
  readonly name: string;
  readonly extends: readonly Expr[];
  readonly fields: readonly Field[];
  /** Methods as functions; the constructor is called 'constructor'. Getters are methods too. */
  readonly methods: readonly {
    readonly name: string;
    readonly value: Expr;
    readonly static: boolean;
    /** Read like a field. */
    readonly getter?: true;
    /** What decorates it. */
    readonly annotations?: readonly Expr[];
  }[];
  readonly annotations: readonly Expr[];
  /** Block of the class body: methods' blocks have it as an ancestor. */
  readonly block: BlockId;
  readonly at: Span;
}

export interface Field {
  readonly name: string;
  readonly value?: Expr;
  readonly declaredType?: Expr;
  readonly static: boolean;
  readonly at: Span;
}

/** Every assignment, not the last. `this.client = …` is a binding named `this.client` in the block of its class. */
export interface Binding {
  readonly name: string;
  /** Block whose scope holds the name. */
  readonly scope: BlockId;
  readonly value?: Expr;
  readonly declaredType?: Expr;
  /** Set on parameters: position, and the path inside it when destructured. `fallback` is the parameter's default. */
  readonly param?: {
    readonly index: number;
    readonly path: readonly string[];
    readonly fallback?: Expr;
    /** Takes the arguments that no other parameter takes: those by place, or those by name. */
    readonly rest?: 'items' | 'names';
  };
  /** Block the assignment stands in. */
  readonly block: BlockId;
  readonly at: Span;
}

/** A call, in the order of the text. */
export interface Site {
  readonly call: Expr & { kind: 'call' };
  readonly block: BlockId;
}

export interface Block {
  readonly parent: BlockId;
  readonly kind: 'module' | 'class' | 'function' | 'try' | 'catch' | 'then' | 'else' | 'case' | 'loop' | 'callback';
  /** The try of a catch, the then of an else, the first case of a switch. */
  readonly pair?: BlockId;
  /** Always leaves its function: what follows runs only when this does not. */
  readonly exits?: true;
  /** A private method or a function of the file alone whose name stands nowhere else in it: nobody calls it. */
  readonly unused?: true;
  /** Runs only where that is one of those texts: `if (model === 'gpt-4') …`, `case 'openai':`; `start`: where it begins with one. */
  readonly when?: { readonly of: Expr; readonly texts: readonly string[]; readonly start?: true };
  /** Runs only where that is true, or (`is: false`) is not: `if stream:`, `if not stream:`. */
  readonly asks?: { readonly of: Expr; readonly is: boolean };
  /** Runs only where that name is a member of that class, or (`is`) that very member: `if model in Drafts:`. */
  readonly among?: { readonly name: string; readonly of: Expr; readonly is: boolean };
  /** What a loop runs over. */
  readonly over?: Expr;
  /** Name of the function or class, as people say it: `Client.ask`. */
  readonly symbol?: string;
}

export type StringRole =
  | 'argument'
  | 'entry'
  | 'element'
  | 'value'
  | 'default'
  | 'return'
  | 'pattern'
  | 'key'
  | 'type'
  | 'jsx'
  | 'operand';

/** A string literal that holds a catalog word. */
export interface StringUse {
  readonly text: string;
  readonly role: StringRole;
  /** Key of the entry, name of the binding, keyword of the argument. */
  readonly key?: string;
  /** The other entries of the same object: key -> its text, or '' where it is no plain text. */
  readonly beside?: Readonly<Record<string, string>>;
  readonly block: BlockId;
  readonly at: Span;
}

/** A comment that suppresses: the text behind the marker. */
export interface DirectiveComment {
  readonly text: string;
  readonly at: Span;
  /** false: code stands before it on its line, and it speaks of that line; true: of the next. */
  readonly ownLine: boolean;
}

/** What a source file says. Positions only, no path: the same bytes give the same unit wherever they lie. */
export interface Unit {
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  readonly types: readonly TypeDecl[];
  readonly bindings: readonly Binding[];
  readonly sites: readonly Site[];
  readonly blocks: readonly Block[];
  readonly strings: readonly StringUse[];
  /** `ai-deps-ignore` comments: the text behind the marker. */
  readonly directives: readonly DirectiveComment[];
}

/** `config.provider` of a name and its fixed members; '' where something else is among them. */
export function dottedName(expr: Expr): string {
  if (expr.kind === 'name') return expr.name;
  const of = expr.kind === 'member' && expr.name.kind === 'text' ? dottedName(expr.of) : '';
  return of && expr.kind === 'member' && expr.name.kind === 'text' ? `${of}.${expr.name.text}` : '';
}
