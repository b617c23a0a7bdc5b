/** Names of classes inside base64, whatever stands before them: three bytes become four characters, so there are three spellings. */
const HIDDEN = [
  'InvokerTransformer',
  'InstantiateTransformer',
  'InstantiateFactory',
  'CloneTransformer',
  'PrototypeCloneFactory',
  'PrototypeSerializationFactory',
  'WhileClosure',
  'ForClosure',
  'ProcessBuilder',
  'java.lang.Runtime',
  'AnnotationInvocationHandler',
  'TemplatesImpl',
  'ObjectDataProvider',
];

export const BASE64_NAMES: readonly string[] = HIDDEN.flatMap((name) => [
  ...spellings(name),
  ...spellings(name.toLowerCase()),
]);

/** The characters that the name alone decides. */
function spellings(name: string): string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('\0'.repeat(shift) + name, 'latin1')
      .toString('base64')
      .replace(/={1,2}$/, '');
    const isWhole = ((shift + name.length) * 8) % 6 === 0;
    return encoded.slice(Math.ceil((shift * 8) / 6), isWhole ? undefined : -1);
  });
}

export function base64NameIn(text: string): number {
  for (const name of BASE64_NAMES) {
    const at = text.indexOf(name);
    if (at !== -1) return at;
  }
  return -1;
}
