import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { audit } from '../../src/audit.ts';
import type { Report } from '../../src/model/report.ts';

/** The day all stories are told on. */
export const AS_OF = '2026-11-20';

/** Files of a story's folder that are not part of the story. */
export const BESIDE = ['claims.txt', 'golden/**'];

const ROOT = new URL('../../fixtures/projects/', import.meta.url);

/** Names of the stories, sorted. */
export function stories(): readonly string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Absolute path of a story's folder, or of a file in it. */
export function pathOf(story: string, file = ''): string {
  return fileURLToPath(new URL(`${story}/${file}`, ROOT));
}

/** The report of a folder as if it held the story alone: that something beside it was left out is of no interest. */
export async function tell(root: string): Promise<Report> {
  const report = await audit({ root, asOf: AS_OF, exclude: BESIDE });
  return { ...report, coverage: { ...report.coverage, excludedBy: {} } };
}
