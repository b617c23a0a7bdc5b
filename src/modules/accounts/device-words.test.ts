import { expect, test } from 'vitest';
import { deviceWords } from './device-words.ts';

const MOZILLA = 'Mozilla/5.0';
test.each([
  [`${MOZILLA} (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0`, 'Firefox on Windows'],
  [`${MOZILLA} (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0`, 'Edge on Windows'],
  [`${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605.1`, 'Safari on macOS'],
  [`${MOZILLA} (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36`, 'Chrome on Android'],
  [`${MOZILLA} (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605 CriOS/140.0 Safari/604.1`, 'Chrome on iPad'],
  ['curl/8.5.0', 'curl'],
  ['something else', 'Unknown device'],
  ['', 'Unknown device'],
  [undefined, 'Unknown device'],
])('%j is %s', (agent, words) => {
  expect(deviceWords(agent)).toBe(words);
});
