/** What a model costs, from the data of @pydantic/genai-prices: it stays on this machine, and is loaded when a price is asked for. */
import type { Provider } from '../../model/catalog.ts';

export interface Price {
  /** Provider id of the catalog. */
  readonly operator: string;
  /** US dollars per million tokens, for a short request. */
  readonly input: number;
  readonly output: number;
}

/** A request this short falls into the lowest tier wherever prices depend on the length. */
const TOKENS = 1000;
const MILLION = 1_000_000;

/** Prices of a model at every provider whose hosts the price list knows; none: unknown, which is not free. */
export async function pricesOf(model: string, providers: Iterable<Provider>): Promise<readonly Price[]> {
  const { calcPrice, findProvider } = await import('@pydantic/genai-prices');
  const usage = { input_tokens: TOKENS, output_tokens: TOKENS };
  const found: Price[] = [];
  for (const { id, hosts, examples } of providers) {
    const url = [...hosts, ...examples].map((host) => `https://${host}`).find((one) => findProvider({ providerApiUrl: one }));
    if (url === undefined) continue;
    const price = calcPrice(usage, model, { providerApiUrl: url });
    if (price === null) continue;
    const perMillion = (part: number): number => Math.round(((part * MILLION) / TOKENS) * 10_000) / 10_000;
    found.push({ operator: id, input: perMillion(price.input_price), output: perMillion(price.output_price) });
  }
  return found;
}
