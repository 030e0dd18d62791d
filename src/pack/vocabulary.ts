import type { Vocabulary } from '../model/observed.ts';
import type { LoadedCatalog } from './catalog.ts';
import { isClassified } from './classify.ts';
import { lazy } from './lazy.ts';
import { wordIndex } from './word-index.ts';

/** What detectors may know of the catalog: its words and the shapes of its values, never their meaning. */
export function vocabularyOf(catalog: LoadedCatalog): Vocabulary {
  const search = lazy(() => wordIndex(catalog.vocabulary.words));
  return {
    ...catalog.vocabulary,
    has: (text) => search()(text),
    classifies: (value) => isClassified(catalog, value),
  };
}
