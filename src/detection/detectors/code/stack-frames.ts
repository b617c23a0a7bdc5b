const FRAME =
  /(?<=^|\s)at [\w.$/@<>]{1,200}\((?:\w{1,80}\.(?:java|kt|scala|groovy|clj):\d{1,6}|native method|unknown source)\)/g;

/** A text without the lines of Java's stack traces, which name classes and methods and run nothing. Their places stay, blank. */
export function withoutFrames(lower: string): string {
  return lower.includes('at ') && lower.includes('(')
    ? lower.replace(FRAME, (frame) => ' '.repeat(frame.length))
    : lower;
}
