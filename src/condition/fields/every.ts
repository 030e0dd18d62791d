import { always, type FieldTable, maybe } from '../field.ts';

/** Fields that every element has. */
export const COMMON = {
  id: always('text', 'Id of the element: the subject of a finding.'),
  label: always('text', 'Short name for people.'),
  workload: maybe('text', 'Workload it belongs to; null where it belongs to several or none.'),
  context: maybe('text', 'production, tooling, test, docs, example or generated; null where mixed.'),
  capabilities: always('list', 'Ids of the capabilities it serves.'),
  weight: always('number', 'Largest weight among the capabilities it serves; 0 without any.'),
  critical: always('flag', 'A weighted capability it serves is critical.'),
  weighted: always('number', 'Number of capabilities of weight above 0 in the whole audit.'),
  value: maybe('number', 'Score of the audit; null before measuring.'),
  grade: maybe('text', 'Grade of the audit; null before measuring.'),
} as const satisfies FieldTable;

/** Fields of elements that use features. */
export const FEATURES = {
  features: always('list', 'Ids of the features it uses.'),
  featureRules: always('list', 'Ids of the rules that the catalog names for those features.'),
} as const satisfies FieldTable;
