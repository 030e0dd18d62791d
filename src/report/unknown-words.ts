/** What stayed unknown, said so that the reader knows what to do about it. */

/** Why -> half a sentence. */
const WHY: ReadonlyMap<string, string> = new Map([
  ['left-open', 'the base URL is set outside the code'],
  ['unknown-host', 'the catalog does not know the host of the base URL'],
  ['no-operator', 'nothing says whose endpoint it is'],
  ['behind-gateway', 'the gateway decides whom it calls'],
  ['gateway-console', 'the console of the gateway decides whom it calls'],
  ['operator', 'it depends on an operator that is not known'],
  ['model', 'it depends on a model that is not known'],
  ['unlisted-model', 'the catalog does not list the model'],
  ['region', 'the value is not in the code'],
  ['unlisted-region', 'the catalog does not list the region'],
  ['region-not-given', 'no region is given'],
  ['hosting', 'the operator does not publish its cloud'],
  ['headquarters', 'the catalog does not say where the company sits'],
  ['env', 'the value comes from the environment'],
  ['dynamic-env', 'the name of the environment variable is computed'],
  ['param', 'a caller that was not found hands the value in'],
  ['not-followed', 'the value lies further away than was followed'],
  ['external-module', 'the value comes from a package outside this tree'],
  ['undefined-name', 'the value is defined outside this tree'],
  ['no-export', 'the module does not export the name'],
  ['no-member', 'no such member was found'],
  ['no-value', 'no value was found'],
  ['undefined', 'no value was found'],
  ['nothing', 'no value was found'],
  ['variable', 'a Terraform variable has no value here'],
  ['secret', 'the value looks like a secret and was not kept'],
  ['syntax-error', 'the file could not be parsed there'],
  ['surface-without-meaning', 'the catalog does not describe that part of the SDK'],
  ['cycle', 'the value is defined in a circle'],
  ['recursion', 'the value is defined in a circle'],
  ['too-deep', 'the code is nested too deeply to follow'],
  ['too-complex', 'the code is too complex to follow'],
  ['too-long', 'the value is too long to follow'],
]);

/** Reasons of values that only exist while the program runs. */
const COMPUTED = new Set([
  'callback',
  'result',
  'iteration',
  'spread',
  'not-callable',
  'expression',
  'operation',
  'for',
  'splat',
  'this',
  'function',
  'instance',
]);

/** What is unknown, for one and for many. */
const SUBJECTS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['operator', ['operator', 'operators']],
  ['maker', ['model maker', 'model makers']],
  ['cloud', ['cloud', 'clouds']],
  ['region', ['region', 'regions']],
  ['jurisdiction', ['jurisdiction', 'jurisdictions']],
  ['gateway', ['gateway', 'gateways']],
  ['virtualization', ['hypervisor', 'hypervisors']],
  ['call', ['call', 'calls']],
]);

/** What follows from the first unknown: who does not know the operator knows neither its region. */
const FOLLOWS: Readonly<Record<string, string>> = {
  cloud: 'operator',
  region: 'operator',
  jurisdiction: 'operator',
  maker: 'model',
};

/** `coverage.unknown` in words, the most frequent first; what only follows from another line is left out. */
export function unknownInWords(unknown: Readonly<Record<string, number>>): readonly string[] {
  const counts = new Map(Object.entries(unknown));
  return [...counts]
    .filter(([key, count]) => count > 0 && !isConsequence(key, counts))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([key, count]) => sentence(key, count));
}

function isConsequence(key: string, counts: ReadonlyMap<string, number>): boolean {
  const [subject, why] = split(key);
  const cause = FOLLOWS[subject];
  if (cause === undefined || why === undefined) return false;
  return why === cause || counts.has(`${cause}: ${why}`);
}

function sentence(key: string, count: number): string {
  const [subject, why] = split(key);
  if (key === 'model') return `${count} ${count === 1 ? 'model id is' : 'model ids are'} not known from the code`;
  const [one, many] = SUBJECTS.get(subject) ?? [subject, subject];
  const named = `${count} ${count === 1 ? one : many} not ${subject === 'call' ? 'resolved' : 'known'}`;
  return why === undefined ? named : `${named}: ${reason(why)}`;
}

function reason(why: string): string {
  if (COMPUTED.has(why)) return 'the value is computed while the program runs';
  return WHY.get(why) ?? why.replaceAll('-', ' ');
}

function split(key: string): readonly [string, string | undefined] {
  const colon = key.indexOf(': ');
  return colon < 0 ? [key, undefined] : [key.slice(0, colon), key.slice(colon + 2)];
}
