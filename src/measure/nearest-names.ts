import { editDistance } from '../errors.ts';

const SHOWN = 3;
/** Names come from the audited tree and may be of any length; the beginning decides. */
const COMPARED = 80;

/** The candidates most like what was written, at most three. People leave out layers and clouds, so an ending counts as the whole. */
export function nearest(written: string, candidates: readonly string[]): readonly string[] {
  const wanted = comparable(written);
  const measured = candidates.map((candidate) => ({ candidate, distance: distanceTo(comparable(candidate), wanted) }));
  measured.sort((one, other) => one.distance - other.distance || (one.candidate < other.candidate ? -1 : 1));
  return measured.slice(0, SHOWN).map(({ candidate }) => candidate);
}

function comparable(text: string): string {
  return text.slice(0, COMPARED).toLowerCase();
}

/** A wrong letter in the layer is a smaller mistake than one in the name. */
const LAYER_LETTER = 0.1;

/** Distance to the whole id, or to its name or last part where that is nearer. */
function distanceTo(candidate: string, wanted: string): number {
  const [layer, name] = parts(candidate);
  const [wantedLayer, wantedName] = parts(wanted);
  const toName = Math.min(editDistance(name, wantedName), editDistance(name.slice(name.lastIndexOf(':') + 1), wantedName));
  const toLayer = wantedLayer === '' ? 0 : LAYER_LETTER * editDistance(layer, wantedLayer);
  return Math.min(editDistance(candidate, wanted), toName + toLayer);
}

function parts(id: string): readonly [layer: string, name: string] {
  const colon = id.indexOf(':');
  return [id.slice(0, Math.max(0, colon)), id.slice(colon + 1)];
}
