import type { Declaration } from '../../../model/observed.ts';
import type { Entry, Expr, Span } from '../../../model/source.ts';
import { type Classifies, redacted, withoutSecrets } from '../../../parse/secret.ts';

/** One format that is written in YAML: how it is told from any other, and what a document of it says. */
export interface YamlReader {
  /** Cheap, on the bare text: true where parsing it may be worth the time. */
  concerns(text: string, kind: string): boolean;
  /** Empty where the document has another shape. */
  read(document: Expr, tools: ReadTools): readonly Declaration[];
}

/** What a reader may use beside the document. */
export interface ReadTools {
  readonly classifies: Classifies;
  /** The pattern that selected the file. */
  readonly kind: string;
}

/** What a reader found, before its secrets are taken out. */
export type Draft = Omit<Declaration, 'labels'> & {
  readonly labels: readonly (Expr | undefined)[];
  /** true: whatever does not classify is a secret, whatever its key. */
  readonly isSecret?: boolean;
};

/** A declaration without secrets; labels that are missing are left out. */
export function declare({ isSecret = false, labels, body, ...rest }: Draft, { classifies }: ReadTools): Declaration {
  return {
    ...rest,
    labels: labels.flatMap((label) => labelOf(label) ?? []),
    body: withoutSecrets(body, classifies, isSecret),
  };
}

/** The name a text gives to a thing; parts that are not known stand as `*`. */
export function labelOf(expr: Expr | undefined): string | undefined {
  if (expr?.kind === 'text') return redacted(expr.text);
  if (expr?.kind === 'constant' && expr.value !== null) return String(expr.value);
  if (expr?.kind === 'join') return expr.parts.map((part) => (part.kind === 'text' ? redacted(part.text) : '*')).join('');
  return undefined;
}

/** A label that the format gives, not the file. */
export function fixedLabel(text: string, at: Span): Expr {
  return { kind: 'text', text, at };
}

/** The items of a list; none where it is none. */
export function itemsOf(expr: Expr | undefined): readonly Expr[] {
  return expr?.kind === 'list' ? expr.items : [];
}

/** A record without some of its keys. */
export function without(expr: Expr, keys: readonly string[]): Expr {
  return expr.kind === 'record' ? { ...expr, entries: expr.entries.filter(({ key }) => !keys.includes(key)) } : expr;
}

/** The same value with each text replaced; `key` is that of the nearest entry above. The depth of a parsed value is bounded. */
export function mapTexts(expr: Expr, replace: (text: Expr & { kind: 'text' }, key: string) => Expr, key = ''): Expr {
  if (expr.kind === 'text') return replace(expr, key);
  if (expr.kind === 'list') return { ...expr, items: expr.items.map((item) => mapTexts(item, replace, key)) };
  if (expr.kind !== 'record') return expr;
  const entries = expr.entries.map((entry): Entry => ({ ...entry, value: mapTexts(entry.value, replace, entry.key) }));
  return { ...expr, entries };
}
