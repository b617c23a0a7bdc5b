/** Where this checkout lies; every step works from here, whatever folder the command was given in. */

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
