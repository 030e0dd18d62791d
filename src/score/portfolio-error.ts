/** A portfolio that does not have the input form: which field, what is wrong with it, and what would be right. */
export class PortfolioError extends Error {
  readonly at: string;
  readonly hint: string | undefined;

  constructor(at: string, problem: string, { hint }: { hint?: string } = {}) {
    super(at ? `${at}: ${problem}` : problem);
    this.name = 'PortfolioError';
    this.at = at;
    this.hint = hint;
  }
}

const SHOWN = 60;

/** A value as a message shows it: short, on one line, and never walked into. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' || typeof value === 'symbol' ? `a ${typeof value}` : String(value);
}

/** Path of a field inside another: `routes[0].operator`, and `operator["a b"]` where the name is no plain word. */
export function fieldOf(at: string, key: string): string {
  if (!/^[\w-]{1,60}$/.test(key)) return `${at}[${show(key)}]`;
  return at ? `${at}.${key}` : key;
}
