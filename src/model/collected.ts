/** What collect hands on: the files of the tree, each accounted for. */

export type Context = 'production' | 'tooling' | 'test' | 'docs' | 'example' | 'generated';

/** Why a file was not read: too-large, binary, not-regular, symlink, unreadable, vanished, … */
export type SkipReason = string;

/** A file some detector knows how to read. */
export interface SourceFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly size: number;
  /** Detector id and the kind that selected it. */
  readonly detector: string;
  readonly kind: string;
  /** Holds a catalog word, or its detector reads every such file. */
  readonly hit: boolean;
  /** sha256 of the bytes. */
  readonly sha256: string;
}

export interface Collected {
  /** Sorted by path. */
  readonly files: readonly SourceFile[];
  /** All regular files seen, read or not. */
  readonly discovered: number;
  readonly skipped: Readonly<Record<SkipReason, number>>;
  readonly excludedBy: Readonly<Record<string, number>>;
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
  readonly notes: readonly { readonly path: string; readonly reason: string; readonly message: string }[];
  /** Paths of all regular files seen, ignored ones aside, sorted. */
  readonly paths: readonly string[];
  readonly treeDigest: string;
  /** The decoded text of a file of `files`: read again from disk or kept, same bytes as hashed; throws when it vanished. */
  text(path: string): string;
  /** Whether a path (relative, with `/`) exists among the regular files of the tree, ignored ones aside. */
  has(path: string): boolean;
}
