import { loadBuiltin } from '../pack/load.ts';
import { VERSION } from '../version.ts';

/** What `--version` prints: the program, and which catalog it judges by. */
export async function versionText(): Promise<string> {
  const { catalog, digest } = await loadBuiltin();
  return `ai-deps ${VERSION}\ncatalog ${catalog.date} ${digest}\n`;
}
