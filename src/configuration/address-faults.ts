import type { ConfigPath, Finding } from './config-fault.ts';

type Words = { what: string; insecure: string; credentials: string };

/** What is wrong with an address that the gateway asks about callers: it needs https, and holds no user name or password. */
export function addressFaults(path: ConfigPath, text: string, code: string, words: Words): Finding[] {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    const message = `The address of the ${words.what} cannot hold a user name or password.`;
    return [{ path, code, message, hint: words.credentials }];
  }
  if (url.protocol === 'https:' || isLoopbackName(url.hostname)) return [];
  return [
    { path, code, message: words.insecure, hint: 'Write https://; plain http is for 127.0.0.1 and localhost alone.' },
  ];
}

/** What the name says; the address behind it is checked again by whoever connects. */
function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
