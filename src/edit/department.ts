/** Names that Windows keeps for devices, whatever their ending. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

const longestSlug = 60;

/** The file for the users of a department: `users/design-systems.yaml`. Departments that differ only in case or signs share one. */
export function departmentFile(department: string | undefined): string {
  const slug = slugOf(department ?? '') || 'other';
  return `users/${device.test(slug) ? `${slug}-department` : slug}.yaml`;
}

/** Letters and figures of any script in lower case, accents removed, everything else a hyphen. */
function slugOf(text: string): string {
  const words = text
    .normalize('NFKD')
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase();
  const slug = words
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
    .join('-');
  return Array.from(slug).slice(0, longestSlug).join('').replace(/-+$/, '');
}
