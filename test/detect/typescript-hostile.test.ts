import { describe, expect, test } from 'vitest';
import detector from '../../src/detect/source/typescript/index.ts';
import type { Observed } from '../../src/model/observed.ts';
import type { Expr, Unit } from '../../src/model/source.ts';
import { testVocabulary } from './test-vocabulary.ts';

async function observe(text: string, kind = '.ts'): Promise<Observed & { unit: Unit }> {
  const observed = await detector.observe({ text, kind }, testVocabulary);
  if (!observed.unit) throw new Error('no unit');
  return { ...observed, unit: observed.unit };
}

function boundTo({ unit }: { unit: Unit }, name: string): Expr | undefined {
  return unit.bindings.find((binding) => binding.name === name)?.value;
}

/** Nesting of an expression, measured without recursion. */
function heightOf(root: Expr): number {
  let height = 0;
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if ('kind' in next.value) height = Math.max(height, next.depth);
    const depth = 'kind' in next.value ? next.depth + 1 : next.depth;
    for (const value of Object.values(next.value)) open.push({ value, depth });
  }
  return height;
}

function repeated(open: string, inner: string, close: string, times: number): string {
  return open.repeat(times) + inner + close.repeat(times);
}

describe('long chains lean left and are read whole', () => {
  test('100,000 terms of text are one flat join', async () => {
    const observed = await observe(`const x = ${Array.from({ length: 100_000 }, (_, index) => `"a${index}"`).join('+')};`);
    const value = boundTo(observed, 'x');
    expect(value?.kind === 'join' && value.parts.length).toBe(100_000);
    expect(observed.degraded).toBeUndefined();
  });

  test.each(['||', '??'])('100,000 alternatives of %s are one flat choice', async (operator) => {
    const observed = await observe(`const x = ${Array.from({ length: 100_000 }, (_, index) => `a${index}`).join(operator)};`);
    const value = boundTo(observed, 'x');
    expect(value?.kind === 'choice' && value.of.length).toBe(100_000);
  });

  test('50,000 calls in a chain are 50,000 sites, cut where the expression grows too high', async () => {
    const observed = await observe(`const x = a${'.b(1).c'.repeat(50_000)};`);
    expect(observed.unit.sites).toHaveLength(50_000);
    expect(observed.degraded).toBe('too-deep');
    expect(Math.max(...observed.unit.sites.slice(-300).map(({ call }) => heightOf(call)))).toBeLessThan(1000);
  });

  test('a builder chain of 100 calls keeps what it began with', async () => {
    const observed = await observe(`const x = start()${'.step()'.repeat(100)};`);
    expect(JSON.stringify(boundTo(observed, 'x'))).toContain('"start"');
    expect(observed.degraded).toBeUndefined();
  });

  test('a list of 300,000 items is read', async () => {
    const value = boundTo(await observe(`const x = [${'1,'.repeat(300_000)}];`), 'x');
    expect(value?.kind === 'list' && value.items.length).toBe(300_000);
  });
});

describe('deep nesting degrades and says so', () => {
  test.each([
    ['calls', 'const x = ', repeated('f(', '1', ')', 700)],
    ['arrow functions', 'const x = ', `${'() => '.repeat(700)}1`],
    ['lists', 'const x = ', repeated('[', '1', ']', 700)],
    ['blocks', '', repeated('{ let a; ', '', '}', 700)],
    ['functions', '', repeated('function f() {', '', '}', 700)],
    ['loops', '', `${'for (const a of b) '.repeat(700)}f();`],
    ['switches', '', repeated('switch (a) { case 1: ', '', '}', 600)],
    ['classes', 'const x = ', repeated('class { a = ', '1', '}', 700)],
    ['types', 'let x: ', repeated('{ a: ', '1', '}', 700)],
    ['qualified types', 'let x: A', '.B'.repeat(50_000)],
    ['assignments', '', `${'a = '.repeat(700)}1`],
    ['long chains inside long chains', 'const x = ', repeated('a(', '1', `)${'.b'.repeat(200)}`, 100)],
  ])('%s', async (_name, before, code) => {
    const observed = await observe(`${before}${code};\nconst after = late('gpt-4o');`);
    expect(observed.degraded).toBe('too-deep');
    expect(observed.problems?.[0]?.reason).toBe('too-deep');
    expect(boundTo(observed, 'after')?.kind).toBe('call');
    for (const { call } of observed.unit.sites) expect(heightOf(call)).toBeLessThanOrEqual(1300);
  });

  test('nesting beyond the stack of the parser gives an empty unit', async () => {
    const observed = await observe(`const x = ${repeated('(', '1', ')', 100_000)};`);
    expect(observed.degraded).toBe('parse-limited');
    expect(observed.unit.bindings).toEqual([]);
  });

  test('a long else-if chain is no nesting', async () => {
    const observed = await observe(
      `if (a) b(0);${Array.from({ length: 600 }, (_, index) => ` else if (a) b(${index});`).join('')}`,
    );
    expect(observed.unit.sites).toHaveLength(601);
    expect(observed.degraded).toBeUndefined();
  });

  test('patterns nested 700 deep', async () => {
    const observed = await observe(`const ${repeated('{ a: ', 'b', '}', 700)} = c;\nconst after = 1;`);
    expect(boundTo(observed, 'after')).toMatchObject({ kind: 'constant', value: 1 });
    for (const { value } of observed.unit.bindings) if (value) expect(heightOf(value)).toBeLessThanOrEqual(1300);
  });
});

describe('odd input', () => {
  test('too many nodes are not lowered', async () => {
    const observed = await observe(';'.repeat(2_000_001));
    expect(observed.degraded).toBe('too-many-nodes');
    expect(observed.unit.sites).toEqual([]);
  });

  test('a syntax error is placed and the rest is read', async () => {
    const observed = await observe(`const a = f(;\nconst b = g('gpt-4o');`);
    expect(observed.problems).toMatchObject([{ reason: 'syntax-error', at: { line: 1, column: 13 } }]);
    expect(boundTo(observed, 'b')?.kind).toBe('call');
  });

  test('`__proto__` and `constructor` are names like any other', async () => {
    const observed = await observe(
      `const __proto__ = { __proto__: 'gpt-4o', constructor: 1, model: 'x' };\n__proto__.constructor = 2;`,
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

  test.each(['.ts', '.tsx', '.js', '.mjs', '.cts'])('bytes that are no code do not throw as %s', async (kind) => {
    const text = Array.from({ length: 5000 }, (_, index) => String.fromCharCode((index * 7919) % 1200)).join('');
    expect((await observe(text, kind)).degraded).toBe('syntax-error');
  });

  test('every cut of a program is read without a hole among its sites', async () => {
    const program =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the program that holds a template.
      "import a from 'b';\nclass C<T> extends D(e) { #f = new G(`${h(i)}`); async *[j()]({ k = l() } = {}) { for await (const m of n()) yield m?.o!(...p); } }\n";
    for (let end = 0; end <= program.length; end++) {
      const { unit } = await observe(program.slice(0, end));
      for (const [id, site] of unit.sites.entries()) expect(site?.call.site).toBe(id);
    }
  });

  test('one object of 20,000 model entries stays linear', async () => {
    const entries = Array.from({ length: 20_000 }, (_, index) => `k${index}: 'gpt-${index}'`).join(',');
    const { unit } = await observe(`const table = {${entries}};`);
    expect(unit.strings).toHaveLength(20_000);
    expect(Object.keys(unit.strings[9]?.beside ?? {})).toHaveLength(40);
  });

  test('20,000 ignore comments are found in one pass', async () => {
    const { unit } = await observe('f(); // ai-deps-ignore x\n'.repeat(20_000));
    expect(unit.directives).toHaveLength(20_000);
  });

  test('a long comment before a long chain is skipped once', async () => {
    const { unit } = await observe(`/*${' '.repeat(400_000)}*/ a${'.b()'.repeat(20_000)};`);
    expect(unit.sites).toHaveLength(20_000);
  });
});
