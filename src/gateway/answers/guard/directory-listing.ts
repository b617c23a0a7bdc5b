/**
 * The list of a folder's files, which web servers make by themselves where an index page is missing. It shows backups, keys and old
 * versions that nobody meant to publish (CWE-548). Only the heads that servers write: a page of the owner's own that lists files has
 * another.
 */
type Listing = { readonly kind: string; readonly pattern: RegExp };

const LISTINGS: readonly Listing[] = [
  {
    kind: 'directory listing (Apache, nginx)',
    pattern: /<title>Index of \/[^<]{0,300}<\/title>[\s\S]{0,400}?<h1>Index of \//i,
  },
  { kind: 'directory listing (IIS)', pattern: /\[To Parent Directory\]<\/a>/i },
  {
    kind: 'directory listing (Python)',
    pattern: /<title>Directory listing for \/[^<]{0,300}<\/title>[\s\S]{0,400}?<h1>Directory listing for \//i,
  },
  {
    kind: 'directory listing (Tomcat, Jetty)',
    pattern: /<title>Directory(?: Listing For \[|: )\/[^<]{0,300}<\/title>/i,
  },
  {
    kind: 'directory listing (Node.js)',
    pattern: /<title>listing directory \/[^<]{0,300}<\/title>/i,
  },
];

const QUICK = /<title>(?:Index of|Directory|listing directory)|\[To Parent/i;

/** What made the listing: a word for it, or null. */
export function findDirectoryListing(text: string): string | null {
  // They stand at the beginning of a page.
  const head = text.slice(0, HEAD_LENGTH);
  return QUICK.test(head) ? (LISTINGS.find(({ pattern }) => pattern.test(head))?.kind ?? null) : null;
}

const HEAD_LENGTH = 4096;
