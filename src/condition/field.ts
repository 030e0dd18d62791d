import type { Config } from '../model/config.ts';

/** What kind of value a field of a view holds; it decides the CEL type and how a message prints it. */
export type FieldType = 'text' | 'number' | 'share' | 'flag' | 'list';

/** One documented field of a view. */
export interface Field<T extends FieldType = FieldType, N extends boolean = boolean> {
  readonly type: T;
  /** true: null where the fact is absent. */
  readonly nullable: N;
  readonly doc: string;
}

/** The fields of one element, by name. */
export type FieldTable = Readonly<Record<string, Field>>;

/** A value that a rule can see. */
export type ViewValue = string | number | boolean | readonly string[] | null;

/** What every view carries beside its element. */
export interface Situation {
  readonly home: readonly string[];
  readonly policy: Config['policy'];
  readonly asOf: string;
}

/** What a rule sees of one element: flat, every field present, and the situation beside them. */
export type View = Readonly<Record<string, ViewValue | Situation['policy']>> & Situation;

interface Values {
  readonly text: string;
  readonly number: number;
  readonly share: number;
  readonly flag: boolean;
  readonly list: readonly string[];
}

/** The values that fit a table: a builder that forgets a field does not compile. */
export type ViewOf<T extends FieldTable> = {
  readonly [K in keyof T]: T[K] extends Field<infer U, infer N> ? (N extends true ? Values[U] | null : Values[U]) : never;
};

/** A field that always has a value. */
export function always<T extends FieldType>(type: T, doc: string): Field<T, false> {
  return { type, nullable: false, doc };
}

/** A field that is null where the fact is absent. */
export function maybe<T extends FieldType>(type: T, doc: string): Field<T, true> {
  return { type, nullable: true, doc };
}
