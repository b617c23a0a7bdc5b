const FORM =
  /^---\ntype: (?<type>added|changed|fixed|security)\n---\n\nOwners: (?<owners>\S[^\n]*[.!])\n\nDevelopers: (?<developers>\S[^\n]*\.)\n$/;

/** One entry of the changelog before a release gathers it; its form is told in changelog/README.md. */
export interface Fragment {
  type: 'added' | 'changed' | 'fixed' | 'security';
  owners: string;
  developers: string;
}

/**
 * @param text of a file in changelog/unreleased
 * @throws Error naming the paper that tells the form
 */
export function parseFragment(text: string): Fragment {
  const groups = FORM.exec(text)?.groups;
  const { type, owners, developers } = groups ?? {};
  if (type === undefined || owners === undefined || developers === undefined || isSeveralSentences(owners)) {
    throw new Error(`This is no changelog fragment; changelog/README.md tells the form:\n${text}`);
  }
  return { type: type as Fragment['type'], owners, developers };
}

/** Owners read one sentence; developers may need a second half. */
function isSeveralSentences(text: string): boolean {
  return /[.!?] [A-Z]/.test(text);
}
