/** A commit with the ids of the blobs of its configuration, by path. */
export interface Snapshot {
  readonly commit: string;
  readonly blobs: ReadonlyMap<string, string>;
}

/**
 * Addresses of lines on GitHub: at the first commit whose file is the one that was planned, so that a link outlives a merge commit that GitHub
 * made for a trial only. Nothing where the planned commit has no such file.
 */
export function permalinks(
  repositoryUrl: string,
  planned: Snapshot,
  preferred?: Snapshot,
): (file: string, line: number) => string | undefined {
  return (file, line) => {
    const blob = planned.blobs.get(file);
    if (blob === undefined) return undefined;
    const { commit } = preferred?.blobs.get(file) === blob ? preferred : planned;
    return `${repositoryUrl}/blob/${commit}/${encodedPath(file)}#L${line}`;
  };
}

/** What has no encoding. */
const loneSurrogate = /\p{Cs}/gu;

/** A path as it stands in an address inside Markdown: nothing in it can end a link. */
function encodedPath(path: string): string {
  const encoded = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return path
    .replaceAll(loneSurrogate, '\uFFFD')
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*~_]/g, encoded))
    .join('/');
}
