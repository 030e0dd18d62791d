import { describe, expect, test } from 'vitest';
import { serviceFields } from '../../src/condition/elements/services.ts';
import type { ServiceFact } from '../../src/condition/facts.ts';
import { setScene } from '../../src/condition/scene.ts';
import { facts, linked, route, SITUATION } from './hand-made.ts';

const END: ServiceFact = { label: 'Threads', state: 'off', days: -3, features: ['threads'], sdks: [], whole: false };

function fields(
  end: Partial<ServiceFact>,
  used: { readonly provider?: string; readonly sdk?: string; readonly features?: readonly string[] },
) {
  const services = (provider: string) => (provider === 'openai' ? [{ ...END, ...end }] : []);
  const scene = setScene(linked({}), facts({ services }), { situation: SITUATION });
  const called = route(used.provider ?? 'openai', used.sdk === undefined ? {} : { sdk: `sdk:${used.sdk}` });
  return serviceFields(scene, [called], new Map((used.features ?? []).map((feature) => [feature, []])));
}

describe('ends of services reach a capability', () => {
  test('that uses a feature of the service', () => {
    expect(fields({}, { features: ['threads'] })).toEqual({ endedServices: ['Threads'], frozenServices: [], endingServices: [] });
    expect(fields({}, { features: ['files'] }).endedServices).toEqual([]);
  });

  test('at that provider only', () => {
    expect(fields({ whole: true }, { provider: 'mistral' }).endedServices).toEqual([]);
    expect(fields({ whole: true }, {}).endedServices).toEqual(['Threads']);
  });

  test('through the package that is the interface', () => {
    const end = { features: [], sdks: ['old-sdk'], state: 'unsupported' } as const;
    expect(fields(end, { sdk: 'old-sdk' })).toEqual({ endedServices: [], frozenServices: ['Threads'], endingServices: [] });
    expect(fields(end, { sdk: 'new-sdk' }).frozenServices).toEqual([]);
  });

  test('by its day: due, near or far', () => {
    const on = (days: number) => fields({ days }, { features: ['threads'] });
    expect([on(0), on(1), on(180), on(181)].map((one) => [one.endedServices.length, one.endingServices.length])).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 0],
    ]);
  });
});
