/** EU member states: their law counts as one jurisdiction (SCORING.md 2.2). */
const EU = new Set('AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '));

/** Country -> jurisdiction: the 27 fold to `EU`. */
export function jurisdictionOf(country: string): string {
  return EU.has(country) ? 'EU' : country;
}
