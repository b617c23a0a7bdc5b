/** Patterns of the shell (POSIX.1-2024, Shell Command Language §2.14) that come to a path worth hiding. */

const COMMAND_PATHS = [
  ...'cat ls id sh ps nc cp mv rm dd pwd bash dash echo ping grep kill date more tar'
    .split(' ')
    .map((name) => `/bin/${name}`),
  ...'sh bash id nc whoami wget curl perl python python3 env head tail uname base64 cat nl less php ruby xxd who w tac rev find awk'
    .split(' ')
    .map((name) => `/usr/bin/${name}`),
  ...'ip ifconfig reboot shutdown'.split(' ').map((name) => `/sbin/${name}`),
];
const FILE_PATHS = [
  '/etc',
  '/etc/passwd',
  '/etc/shadow',
  '/etc/hosts',
  '/etc/group',
  '/etc/issue',
  '/proc/self/environ',
  '/etc/crontab',
];
const COMMAND_NAMES = 'cat tac head tail less more nl whoami uname wget curl bash python perl adduser nc ls id'.split(
  ' ',
);

const MOST_PATTERN = 64;
const HAS_GLOB = /[?*[]/;

/** `/e??/p*wd` and its like; patterns that nearly any path would match are none. */
export function isFileGlob(word: string): boolean {
  return isTelling(word) && FILE_PATHS.some((path) => matchesGlob(word, path));
}

/** `/???/c?t` and its like. */
export function isCommandGlob(word: string): boolean {
  return isTelling(word) && COMMAND_PATHS.some((path) => matchesGlob(word, path));
}

/** `c?t`, `who*mi`: the name of a command with a gap. */
export function isNameGlob(word: string): boolean {
  if (word.length < 3 || word.length > 16 || !HAS_GLOB.test(word) || !/^[a-z]/i.test(word)) return false;
  return COMMAND_NAMES.some((name) => matchesGlob(word, name));
}

function isTelling(word: string): boolean {
  if (word.length < 5 || word.length > MOST_PATTERN || word[0] !== '/' || !HAS_GLOB.test(word)) return false;
  const marks = word.match(/[\w?]/g)?.length ?? 0;
  return marks >= 3 && /\w/.test(word);
}

/** Letters count without their case. A star does not go past a slash. Both are short: the way back is bounded. */
export function matchesGlob(pattern: string, path: string): boolean {
  const glob = pattern.toLowerCase();
  let at = 0;
  let i = 0;
  let star = -1;
  let starAt = 0;
  while (at < path.length) {
    const length = i < glob.length ? matchOne(glob, i, path[at] as string) : 0;
    if (length > 0) {
      i += length;
      at++;
    } else if (glob[i] === '*') {
      star = i++;
      starAt = at;
    } else if (star >= 0 && path[starAt] !== '/') {
      i = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (glob[i] === '*') i++;
  return i === glob.length;
}

/** How many characters of the pattern stand for the character; 0 when they do not. */
function matchOne(glob: string, i: number, character: string): number {
  const mark = glob[i];
  if (mark === '?') return character === '/' ? 0 : 1;
  if (mark !== '[') return mark === character ? 1 : 0;
  const close = glob.indexOf(']', i + 2);
  if (close === -1) return mark === character ? 1 : 0;
  const negated = glob[i + 1] === '!' || glob[i + 1] === '^';
  const set = glob.slice(i + (negated ? 2 : 1), close);
  return inSet(set, character) !== negated ? close - i + 1 : 0;
}

function inSet(set: string, character: string): boolean {
  for (let i = 0; i < set.length; i++) {
    const to = set[i + 2];
    if (set[i + 1] === '-' && to !== undefined) {
      if (character >= (set[i] as string) && character <= to) return true;
      i += 2;
    } else if (set[i] === character) return true;
  }
  return false;
}
