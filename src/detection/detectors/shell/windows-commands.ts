/** Commands of Windows (Microsoft's "Windows Commands" reference) and of PowerShell, by how plainly a word is meant as the command. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

export const WINDOWS_LOUD: ReadonlySet<string> = words(`
  ipconfig systeminfo tasklist taskkill certutil bitsadmin netsh wmic regedit regsvr32 rundll32 mshta cscript wscript msiexec
  schtasks vssadmin bcdedit bcdboot diskpart cacls icacls attrib findstr nbtstat tracert pathping nltest dsquery gpresult gpupdate
  powershell pwsh powershell.exe cmd.exe installutil msbuild cmstp odbcconf forfiles pcalua psexec wevtutil auditpol qwinsta
  tscon runas fsutil cipher xcopy robocopy mklink takeown bcdedit.exe driverquery qprocess hh.exe sysinfo regini msdt wusa
  winrm winrs esentutl expand.exe extrac32 makecab ftp.exe net1 curl.exe finger.exe whoami.exe`);

/** Words of English: they need an argument that is Windows' own. */
export const WINDOWS_QUIET: ReadonlySet<string> = words(`
  dir type copy move del erase ren rename md rd mkdir rmdir cd chdir start call set path ver vol net reg sc at query assoc ftype
  more find sort tree comp fc print label format defrag shutdown title color prompt echo date time ping arp route nslookup if for
  cmd goto pushd popd where subst replace recover mode`);

/** What `net`, `reg` and `sc` are told to do. */
export const SUBCOMMANDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'net',
    words('user users localgroup group view use share start stop session accounts config statistics time computer'),
  ],
  ['reg', words('add query delete save export import load restore copy')],
  ['sc', words('query create start stop config delete qc')],
  ['query', words('user session process')],
]);

/** Verbs and nouns of cmdlets that attackers run; `Get-Item` in a catalogue of words is none without an argument. */
export const CMDLETS: ReadonlySet<string> = words(`
  invoke-expression invoke-webrequest invoke-restmethod invoke-command invoke-wmimethod invoke-item invoke-cimmethod start-process
  start-bitstransfer start-job start-service start-sleep new-object new-item new-service new-localuser new-psdrive get-content
  get-childitem get-process get-service get-wmiobject get-ciminstance get-credential get-aduser get-localuser get-item get-acl
  get-command get-host get-location set-content set-executionpolicy set-item set-itemproperty set-mppreference set-alias
  add-content add-type add-localgroupmember add-mppreference out-file remove-item copy-item move-item rename-item
  convertto-securestring convertfrom-securestring import-module export-csv enter-pssession register-scheduledtask stop-process
  stop-service stop-computer restart-computer compress-archive expand-archive select-string test-connection resolve-dnsname
  write-output write-host foreach-object where-object`);

/** Aliases of cmdlets that no other language shares. */
export const CMDLET_ALIASES: ReadonlySet<string> = words(
  'iex iwr irm iwmi gwmi gci gcm saps sajb icm nsn spps rmdir sasv ipmo',
);

/** What cmd.exe sets for everybody, for letters cut out of it. */
export const CMD_ENVIRONMENT: ReadonlyMap<string, string> = new Map([
  ['comspec', 'C:\\WINDOWS\\system32\\cmd.exe'],
  ['systemroot', 'C:\\WINDOWS'],
  ['windir', 'C:\\WINDOWS'],
  ['programfiles', 'C:\\Program Files'],
  ['systemdrive', 'C:'],
  ['homedrive', 'C:'],
  ['path', 'C:\\WINDOWS\\system32;C:\\WINDOWS'],
  ['pathext', '.COM;.EXE;.BAT;.CMD'],
  ['os', 'Windows_NT'],
  ['public', 'C:\\Users\\Public'],
  ['allusersprofile', 'C:\\ProgramData'],
  ['commonprogramfiles', 'C:\\Program Files\\Common Files'],
]);
