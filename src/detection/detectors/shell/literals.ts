/** What only a command line holds, for commands that need no separator before them. */
export const LITERALS: readonly string[] = [
  '/etc/|/bin/|/?|find /|iwr |iex|/dev/|/proc/|passwd|whoami|wget |curl |ifconfig|ipconfig|cmd.exe|cmd /',
  'powershell|certutil|<!--#|() {|(){|graphic-context|concat:|netcat|uname |base64 |bash |perl -',
  'python -|ruby -|php -|nc -|ls -|ls /|dir c|type c|cat /|cat -|invoke-|new-object|-enc |.download',
  'ping -|chmod |ansible|rm -|gunzip |zstdcat |net user|net local|reg add|proxycommand|--output|--exec',
  '--use-|--post-|--checkpoint|--upload|--config|exist |==|errorlevel|cmdextversion| defined |for %',
  'for /| in (|equ |neq |lss |leq |gtr |geq|strace |nohup |sudo |visudo|cscli |chef|alias |:~|$@|ll /',
  '.shell|.system|env -|perf -|set -o|sh -c|-exec|/tmp/|ext::|/var/',
].flatMap((line) => line.split('|'));
