/** A rule as a pack writes it. */
export type Effect = 'factor' | 'edge' | 'metric' | 'policy' | 'info';
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export type Each =
  | 'capability'
  | 'leg'
  | 'route'
  | 'fallback'
  | 'client'
  | 'store'
  | 'gateway'
  | 'workload'
  | 'node'
  | 'layer'
  | 'package'
  | 'model'
  | 'region'
  | 'resource';

export interface Rule {
  readonly apiVersion: 1;
  /** Path under rules/, without extension: `region/pinned-endpoint`. */
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly effect: Effect;
  readonly each: Each;
  /** CEL over the element's view; checked to be bool when loaded. */
  readonly when: string;
  readonly levels?: readonly { readonly when: string; readonly severity?: Severity; readonly p?: number }[];
  readonly severity: Severity;
  readonly dimension?: 'lockIn' | 'lifecycle';
  /** Factor type: each type counts once per capability. Default: the rule id. */
  readonly factor?: string;
  readonly p?: number;
  readonly adds?: { readonly layer: string; readonly node: string; readonly k: number };
  /** Text with {field} placeholders over the view. */
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly references: readonly string[];
  readonly maps: readonly string[];
  readonly optional?: boolean;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Selectors: `region:aws:me-central-1`, `provider:openai`, `operator:*@0.25`, `operator[hq=US]`. */
  readonly lose: readonly string[];
  readonly why: string;
}
