import manifest from '../package.json' with { type: 'json' };

export const version: string = manifest.version;

/** Why seatform cannot run on this version of Node, if it cannot. */
export function versionProblem(node: string): string | undefined {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `seatform needs Node 20.19 or newer, and this is ${node}.`;
}
