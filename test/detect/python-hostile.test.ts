import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import detector from '../../src/detect/source/python/index.ts';
import { parsePython } from '../../src/parse/python.ts';
import { boundTo, heightOf, observe, repeated, terms } from './observe-python.ts';
import { testVocabulary } from './test-vocabulary.ts';

describe('long chains lean left and are read whole', () => {
  test('100,000 terms of text are one flat join', async () => {
    const observed = await observe(`x = ${terms(100_000, ' + ', (index) => `"${index}"`)}\n`);
    const value = boundTo(observed, 'x');
    expect(value?.kind === 'join' && value.parts.length).toBe(100_000);
    expect(observed.degraded).toBeUndefined();
  });

  test('50,000 alternatives are one flat choice', async () => {
    const value = boundTo(await observe(`x = ${terms(50_000, ' or ', (index) => `a${index}`)}\n`), 'x');
    expect(value?.kind === 'choice' && value.of.length).toBe(50_000);
  });

  test('20,000 neighbouring literals are one text', async () => {
    const value = boundTo(await observe(`x = (${'"ab" '.repeat(20_000)})\n`), 'x');
    expect(value?.kind === 'text' && value.text.length).toBe(40_000);
  });

  test('50,000 calls in a chain are 50,000 sites, cut where the expression grows too high', async () => {
    const observed = await observe(`x = a${'.b(1).c'.repeat(50_000)}\n`);
    expect(observed.unit.sites).toHaveLength(50_000);
    expect(observed.degraded).toBe('too-deep');
    expect(Math.max(...observed.unit.sites.slice(-300).map(({ call }) => heightOf(call)))).toBeLessThan(1000);
  });

  test('20,000 steps of a pipe are cut the same way', async () => {
    const observed = await observe(`x = ${terms(20_000, ' | ', (index) => `a${index}()`)}\n`);
    expect(observed.unit.sites).toHaveLength(20_000);
    expect(
      heightOf(boundTo(observed, 'x') ?? { kind: 'unknown', why: '', at: { line: 1, column: 1, endLine: 1, endColumn: 1 } }),
    ).toBeLessThan(1000);
  });

  test('a builder chain of 100 calls keeps what it began with', async () => {
    const observed = await observe(`x = start()${'.step()'.repeat(100)}\n`);
    expect(JSON.stringify(boundTo(observed, 'x'))).toContain('"start"');
    expect(observed.degraded).toBeUndefined();
  });

  test('a list of 300,000 items is read', async () => {
    const value = boundTo(await observe(`x = [${'1,'.repeat(300_000)}]\n`), 'x');
    expect(value?.kind === 'list' && value.items.length).toBe(300_000);
  });

  test('a long elif chain is no nesting', async () => {
    const observed = await observe(`if a: b(0)\n${Array.from({ length: 600 }, (_, index) => `elif a: b(${index})\n`).join('')}`);
    expect(observed.unit.sites).toHaveLength(601);
    expect(observed.degraded).toBeUndefined();
  });
});

describe('deep nesting degrades and says so', () => {
  test.each([
    ['calls', `x = ${repeated('f(', '1', ')', 700)}`],
    ['lists', `x = ${repeated('[', '1', ']', 700)}`],
    ['lambdas', `x = ${'lambda: '.repeat(700)}1`],
    ['dictionaries', `x = ${repeated('{"a": ', '1', '}', 700)}`],
    ['comprehensions', `x = ${repeated('[', 'a', ' for a in b]', 700)}`],
    ['negations', `x = ${'not '.repeat(700)}a`],
    ['long chains inside long chains', `x = ${repeated('a(', '1', `)${'.b'.repeat(200)}`, 100)}`],
    ['patterns', `${repeated('[', 'a', ']', 300)} = b`],
  ])('%s', async (_name, code) => {
    const observed = await observe(`${code}\nafter = late('gpt-4o')\n`);
    expect(observed.degraded).toBe('too-deep');
    expect(boundTo(observed, 'after')?.kind).toBe('call');
    for (const { call } of observed.unit.sites) expect(heightOf(call)).toBeLessThanOrEqual(1300);
  });

  test.each([
    ['parentheses', '(', ')'],
    ['lists', '[', ']'],
    ['calls', 'f(', ')'],
  ])('100,000 %s do not end the process', async (_name, open, close) => {
    const observed = await detector.observe(
      { text: `x = ${repeated(open, '1', close, 100_000)}\n`, kind: '.py' },
      testVocabulary,
    );
    expect(['too-deep', 'syntax-error']).toContain(observed.degraded);
  });

  test.each([90, 600])('%i blocks inside each other', async (depth) => {
    const text = `${terms(depth, '', (index) => `${' '.repeat(index)}if a:\n`)}${' '.repeat(depth)}b()\nafter = late("gpt-4o")\n`;
    const observed = await observe(text);
    if (depth === 90) expect(boundTo(observed, 'after')?.kind).toBe('call');
    else expect(['too-deep', 'syntax-error']).toContain(observed.degraded);
  });

  test('a long type is read without recursion', async () => {
    const observed = await observe(
      `x: ${terms(20_000, ' | ', (index) => `A${index}`)} = 1\ny: ${repeated('A[', 'B', ']', 700)} = 2\n`,
    );
    expect(boundTo(observed, 'y')).toMatchObject({ kind: 'constant', value: 2 });
  });
});

describe('odd input', () => {
  test('more syntax than is read is given up', async () => {
    expect(['gave-up', 'too-many-nodes']).toContain(await parsePython('a;'.repeat(1_000_100)));
  }, 60_000);

  test('a file over the cap of source is named, not parsed', async () => {
    expect(await detector.observe({ text: 'a\n'.repeat(500_001), kind: '.py' }, testVocabulary)).toMatchObject({
      degraded: 'too-large',
    });
  });

  test.each([
    ['a quote', 'x = "gpt-4o\n'],
    ['a triple quote', 'x = """gpt-4o\n'.repeat(3)],
    ['a template', 'x = f"{a + \n'],
    ['a template inside a template', `x = ${'f"{'.repeat(200)}\n`],
    ['a bracket', 'x = ask(\n'],
  ])('%s that is not closed', async (_name, text) => {
    const observed = await observe(`before = ask("gpt-4o")\n${text}`);
    expect(observed.degraded).toBe('syntax-error');
    expect(boundTo(observed, 'before')?.kind).toBe('call');
  });

  test('a megabyte of noise ends, and says that it is none', async () => {
    const text = Array.from({ length: 999_000 }, (_, index) =>
      String.fromCharCode(32 + ((index * index * 31 + index * 7) % 95)),
    ).join('');
    const start = performance.now();
    expect((await observe(text)).degraded).toBe('syntax-error');
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('bytes that are no code do not throw', async () => {
    const text = Array.from({ length: 5000 }, (_, index) => String.fromCharCode((index * 7919) % 1200)).join('');
    expect((await observe(text)).degraded).toBe('syntax-error');
  });

  test('tabs and blanks mixed keep what follows', async () => {
    const observed = await observe('if a:\n\tx = 1\n        y = 2\n  z = 3\nclient = OpenAI()\n');
    expect(boundTo(observed, 'client')?.kind).toBe('call');
  });

  test('a byte order mark and CR LF move no column', async () => {
    const { unit } = await observe('\uFEFFmodel = "gpt-4o"\r\nother = "claude-3"\r\n');
    expect(unit.strings.map(({ at }) => [at.line, at.column])).toEqual([
      [1, 9],
      [2, 9],
    ]);
  });

  test('`__proto__` and `constructor` are names like any other', async () => {
    const observed = await observe(
      '__proto__ = {"__proto__": "gpt-4o", "constructor": 1, "model": "x"}\n__proto__.constructor = 2\n',
    );
    expect(boundTo(observed, '__proto__')).toMatchObject({
      entries: [{ key: '__proto__' }, { key: 'constructor' }, { key: 'model' }],
    });
    expect(Object.keys(observed.unit.strings.find(({ text }) => text === 'x')?.beside ?? {})).toEqual([
      '__proto__',
      'constructor',
    ]);
    expect(boundTo(observed, '__proto__.constructor')).toMatchObject({ value: 2 });
  });

  test('one table of 10,000 model entries stays linear', async () => {
    const { unit } = await observe(`table = {${terms(10_000, ',', (index) => `"k${index}": "gpt-${index}"`)}}\n`);
    expect(unit.strings).toHaveLength(10_000);
    expect(Object.keys(unit.strings[9]?.beside ?? {})).toHaveLength(40);
  });

  test('20,000 ignore comments are found in one pass', async () => {
    const { unit } = await observe('f() # ai-deps-ignore x\n'.repeat(20_000));
    expect(unit.directives).toHaveLength(20_000);
  });

  test('a code point beyond the last one is no text', async () => {
    expect(boundTo(await observe('x = "\\UFFFFFFFF"\n'), 'x')).toMatchObject({ text: '\uFFFD' });
  });

  test('every cut of a program is read without a hole among its sites', async () => {
    const program =
      'from a import b as c\n@d(1)\nclass E(F[g()]):\n    h: int = i()\n    async def j(self, k=l(), *m, **n):\n        async with o() as self.p, q:\n            return await self.r[s()](f"{t():{u()}}", *v, w=x(), **y)\n        match z:\n            case {"a": 1 | 2, **rest} if aa(): pass\nbb = [cc(dd) for dd, *ee in ff() if gg() for hh in dd]\ntry: ii()\nexcept* jj as kk: ll()\n';
    for (let end = 0; end <= program.length; end++) {
      const { unit } = await observe(program.slice(0, end));
      for (const [id, site] of unit.sites.entries()) expect(site?.call.site).toBe(id);
    }
  });

  test('mutated programs never throw', async () => {
    const pieces = [
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '"""',
      'f"{',
      ':',
      ',',
      '=',
      ':=',
      '*',
      '**',
      '.',
      '\n',
      '\n    ',
      '\t',
      'def ',
      'class ',
      'lambda ',
      'match ',
      'case ',
      '@',
      '\\',
      '#',
      '\0',
      '\uFEFF',
      '\uD800',
    ];
    const program =
      'class A(B):\n    x: C = d("gpt-4o")\n    def e(self, f=1):\n        for g in h: self.i = [j for j in k]\n        return f"{l}" if m else n.o["p"](q=r)\n';
    const edits = fc.array(fc.record({ at: fc.nat(200), drop: fc.nat(10), put: fc.constantFrom(...pieces) }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        let text = program;
        for (const { at, drop, put } of changes) text = text.slice(0, at) + put + text.slice(at + drop);
        const { unit } = await observe(text);
        for (const [id, site] of unit.sites.entries()) expect(site?.call.site).toBe(id);
      }),
      { numRuns: 300 },
    );
  });
});
