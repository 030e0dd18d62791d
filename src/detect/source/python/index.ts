// https://docs.python.org/3/reference/grammar.html and https://nbformat.readthedocs.io/en/latest/format_description.html
import type { Observed, Vocabulary } from '../../../model/observed.ts';
import { lineStarts, withoutMark } from '../../../parse/position.ts';
import { defineDetector } from '../../../plugin.ts';

/** Longer source is generated; only notebooks may be larger, for their pictures. */
const MAX_SOURCE = 1_000_000;

export default defineDetector({
  id: 'source/python',
  docs: 'https://docs.python.org/3/reference/index.html',
  // Stubs have a kind of their own: they hold types alone and must not be read as code.
  kinds: ['.py', '.pyi', '.ipynb'],
  cap: 16_000_000,
  always: false,
  version: 4,
  observe: ({ text, kind }, vocabulary) => {
    if (kind === '.pyi') return {};
    return kind === '.ipynb' ? readNotebook(text, vocabulary) : readModule(text, vocabulary);
  },
});

async function readModule(written: string, vocabulary: Vocabulary): Promise<Observed> {
  if (written.length > MAX_SOURCE) return tooLarge('source of more than 1 MB: not parsed');
  // The grammar costs about 30 ms to load; pay only on the first file that needs it.
  const { lowerPython } = await import('./lower.ts');
  const text = withoutMark(written);
  return lowerPython({ text, lineStarts: lineStarts(text) }, vocabulary);
}

async function readNotebook(file: string, vocabulary: Vocabulary): Promise<Observed> {
  const { notebookCode } = await import('./notebook.ts');
  const code = notebookCode(file);
  if (!code) return {};
  const { lowerPython } = await import('./lower.ts');
  const observed = await lowerPython({ ...code, lineStarts: lineStarts(file) }, vocabulary);
  if (code.isWhole) return observed;
  const problem = { reason: 'too-large', message: 'more than 1 MB of code: the last cells were not read' };
  return { ...observed, degraded: observed.degraded ?? problem.reason, problems: [...(observed.problems ?? []), problem] };
}

function tooLarge(message: string): Observed {
  return { degraded: 'too-large', problems: [{ reason: 'too-large', message }] };
}
