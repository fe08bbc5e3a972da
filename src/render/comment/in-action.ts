import type { Code } from '../../model/codes.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';

/** What to do about a fault where the Action meets it. */
const helps: Partial<Record<Code, string>> = {
  E101: 'only the newest SCIM token works: put it into the environment `figma` as the secret FIGMA_SCIM_TOKEN and run the job again',
};

/** Diagnostics with the help of the Action where it has its own. */
export function inAction(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const help = helps[diagnostic.code];
    return help === undefined ? diagnostic : { ...diagnostic, help };
  });
}
