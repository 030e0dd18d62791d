/** What a command shows to a person who did not ask for a report: plain blocks, laid out by `report/terminal/page.ts`. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** The last column is free text: it takes the rest of the line and wraps. */
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'fields'; readonly fields: readonly PageField[] };

export interface PageField {
  readonly label: string;
  readonly text: string;
  /** Where it comes from; stands under the text. */
  readonly note?: string;
}
