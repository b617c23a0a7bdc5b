import { findProgram } from '../../scripts/bootstrap/system-packages.mjs';

/**
 * The browser for end-to-end tests, for Playwright's `executablePath`.
 *
 * @throws Error with what to do, when there is none
 */
export function chromiumPath(): string {
  const path = findProgram('chromium');
  if (path === undefined) {
    throw new Error(
      'There is no Chromium on this machine. Install it (Debian: apt-get install chromium; macOS: brew install --cask chromium), or name one with NIGHTLATCH_CHROMIUM.',
    );
  }
  return path;
}
