/** Places as SARIF wants them: relative, percent-encoded, one line each. */
import type { Location, PhysicalLocation } from 'sarif';
import type { Evidence } from '../../model/graph.ts';

/** A place in a file, as much of an evidence as SARIF needs. */
export type Place = Pick<Evidence, 'path' | 'line' | 'column' | 'endLine' | 'endColumn' | 'token'>;

/** A physical location. GitHub shows an alert on a pull request only if all its lines are in the diff, so a region has one line. */
export function physicalLocation({ path, line, column, endLine, endColumn, token }: Place): PhysicalLocation {
  const startLine = Math.max(1, line);
  const startColumn = Math.max(1, column);
  const sameLine = endLine === line ? endColumn : startColumn + (token.split('\n', 1)[0]?.length ?? 0);
  return {
    artifactLocation: { uri: relativeUri(path), uriBaseId: 'SRCROOT' },
    region: { startLine, startColumn, endLine: startLine, endColumn: Math.max(startColumn + 1, sameLine) },
  };
}

/** A location that the message links to by its number. */
export function relatedLocation(place: Place, id: number): Location {
  return { id, physicalLocation: physicalLocation(place) };
}

/** A path as a relative reference: each name encoded, so that none is taken for a scheme, a query or a way out of the tree. */
export function relativeUri(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.' && name !== '..')
    .map((name) => encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');
}
