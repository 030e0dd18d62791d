import { defineReporter } from '../plugin.ts';
import { jsonText } from './json-text.ts';

/** The report itself, version 1: every finding, every place (rules/schema/report.schema.json). */
export default defineReporter({
  id: 'json',
  render: (report) => jsonText(report),
});
