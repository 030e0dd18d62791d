import type { Severity } from './rule.ts';

/** ai-deps.yml, validated. Everything is optional in the file; absent means the default. */
export interface Config {
  readonly home: readonly string[];
  readonly workloads: readonly { readonly id: string; readonly path: string }[];
  /** Glob over capability ids or paths -> criticality. */
  readonly criticality: Readonly<Record<string, 'critical' | 'important' | 'standard' | 'experimental'>>;
  readonly policy: {
    readonly banOrigins: readonly string[];
    readonly banSuppliers: readonly string[];
    readonly residency: readonly string[];
  };
  readonly gate: {
    readonly maxScore?: number;
    readonly maxGrade?: string;
    readonly failOn?: Severity;
  };
  readonly suppressions: readonly Suppression[];
  readonly declared: readonly Declared[];
}

export interface Suppression {
  readonly rule: string;
  readonly paths: readonly string[];
  readonly fingerprint?: string;
  readonly reason: string;
  readonly until?: string;
  readonly owner?: string;
}

/** A fact the user knows and code cannot show. */
export interface Declared {
  /** Environment name whose value is declared. */
  readonly env?: string;
  readonly value?: string;
  /** Attestation of a failover test: ISO date, and the capabilities (globs) it covers. */
  readonly failoverTested?: string;
  readonly capabilities?: readonly string[];
  readonly source: string;
  readonly owner?: string;
  readonly until?: string;
}
