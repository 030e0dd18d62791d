import { describe, expect, test } from 'vitest';
import { parseDirective } from '../../src/judge/directive.ts';

const RULE = 'region/pinned-endpoint';

describe('a directive that is understood', () => {
  test.each([
    [`${RULE} -- data must stay here`, [RULE], undefined, 'data must stay here'],
    [`ai-deps-ignore ${RULE} -- data must stay here`, [RULE], undefined, 'data must stay here'],
    [`// ai-deps-ignore ${RULE} -- data must stay here`, [RULE], undefined, 'data must stay here'],
    [`ai-deps-ignore   ${RULE}   --   data must stay here  `, [RULE], undefined, 'data must stay here'],
    [`${RULE}, lock-in/server-threads -- one review`, ['lock-in/server-threads', RULE], undefined, 'one review'],
    [`${RULE},lock-in/server-threads -- one review`, ['lock-in/server-threads', RULE], undefined, 'one review'],
    [`${RULE}, ${RULE} -- said twice`, [RULE], undefined, 'said twice'],
    [`${RULE} until=2027-03-31 -- contract ends`, [RULE], '2027-03-31', 'contract ends'],
    [`${RULE}, lock-in/server-threads until=2027-03-31 -- both`, ['lock-in/server-threads', RULE], '2027-03-31', 'both'],
    [`${RULE} -- see -- the decision record`, [RULE], undefined, 'see -- the decision record'],
    [`${RULE} -- until=2020-01-01 is only part of the reason`, [RULE], undefined, 'until=2020-01-01 is only part of the reason'],
    [`${RULE} -- closed by a block comment */`, [RULE], undefined, 'closed by a block comment'],
    [`${RULE} -- markup -->`, [RULE], undefined, 'markup'],
    ['own-pack/deep/no-fax -- our own rule', ['own-pack/deep/no-fax'], undefined, 'our own rule'],
  ])('%s', (text, rules, until, reason) => {
    expect(parseDirective(text)).toEqual({ directive: { rules, until, reason } });
  });
});

describe('a directive that is a problem, and suppresses nothing', () => {
  test.each([
    ['', /has no reason/],
    ['ai-deps-ignore', /has no reason/],
    [RULE, /has no reason/],
    [`${RULE} --`, /empty reason/],
    [`${RULE} --   `, /empty reason/],
    [`${RULE} - one dash`, /has no reason/],
    [`${RULE} --no space`, /has no reason/],
    [`${RULE}-- no space`, /has no reason/],
    ['-- only a reason', /names no rule/],
    ['until=2027-01-01 -- only a date', /names no rule/],
    ['* -- everything', /"\*" is no rule id/],
    ['all -- everything', /"all" is no rule id/],
    ['region/* -- a family', /"region\/\*" is no rule id/],
    ['REG-01 -- by code', /"REG-01" is no rule id/],
    [`${RULE} lock-in/server-threads -- no comma`, /is no rule id/],
    [`${RULE}, -- trailing comma`, /empty entry/],
    [`, ${RULE} -- leading comma`, /empty entry/],
    [`${RULE} until=tomorrow -- soon`, /no valid date/],
    [`${RULE} until=2027-02-30 -- no such day`, /no valid date/],
    [`${RULE} until=2027-1-1 -- short form`, /no valid date/],
    [`${RULE} until 2027-01-01 -- no sign`, /no valid date|something after/],
    [`${RULE} until=2027-01-01 until=2028-01-01 -- twice`, /more than once/],
    [`until=2027-01-01 ${RULE} -- date first`, /something after until/],
    [`ai-deps-ignore-next-line ${RULE} -- another tool`, /does not start with/],
    [`ai-deps-ignored ${RULE} -- slip`, /does not start with/],
    [`${RULE} -- ${'x'.repeat(2000)}`, /longer than/],
  ])('%s', (text, expected) => {
    const parsed = parseDirective(text);
    expect('problem' in parsed && parsed.problem).toMatch(expected);
  });
});
