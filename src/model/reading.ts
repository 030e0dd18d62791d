/** What an argument can hold, and how that is known. */
import type { Location } from './source.ts';

export type How = 'literal' | 'constant' | 'env-default' | 'config' | 'iac' | 'template' | 'sdk-default' | 'declared' | 'unknown';

/** One text an argument can hold, and how we know. The trail is the evidence: where it stands, then through what it came. */
export interface Reading {
  /** Absent: unknown, and `why` says why. Holes of a template are written `\u0000`. */
  readonly text?: string;
  readonly why?: string;
  readonly how: How;
  /** Environment names it came through. */
  readonly env: readonly string[];
  /** 0.6 where it came from `.env.example` and kin; else 1 or 0.9 by `how`. */
  readonly confidence: number;
  readonly trail: readonly Location[];
  /** The default of a parameter: a caller may give another one. */
  readonly yields?: true;
  /** A text put together: its words, each with its own place. */
  readonly words?: readonly Word[];
  /** Of several records those it stands in: with what stands in others it does not go together. */
  readonly origins?: readonly string[];
  /** Other branches of the same choice are given the very same: it can be meant for one of them. */
  readonly shared?: true;
}

/** A part of a text that may be a name of its own: the region in a host. */
export type Word = Pick<Reading, 'how' | 'confidence' | 'trail'> & { readonly text: string };
