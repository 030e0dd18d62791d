/** The part of the price list that `prices.ts` uses. */
declare module '@pydantic/genai-prices' {
  interface PriceOptions {
    readonly providerApiUrl: string;
  }
  export function findProvider(options: PriceOptions): { readonly id: string } | undefined;
  export function calcPrice(
    usage: { readonly input_tokens: number; readonly output_tokens: number },
    model: string,
    options: PriceOptions,
  ): { readonly input_price: number; readonly output_price: number } | null;
}
