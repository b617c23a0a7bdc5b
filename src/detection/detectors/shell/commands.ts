/**
 * Commands of POSIX systems (POSIX.1-2024 Utilities, GNU coreutils, util-linux, common packages), by what it takes to believe that a
 * word is meant as the command: for names that are also words of English, arguments have to tell.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** They say where one has come to; no list of skills or tools names them. */
export const RECONNAISSANCE: ReadonlySet<string> = words(`
  whoami uname ifconfig ipconfig netstat systeminfo lsb_release lsof lscpu lsblk lsmod lsusb lspci dmesg hostnamectl printenv getent
  lastlog lastb tasklist nbtstat qwinsta driverquery arp route vmstat iostat phpinfo visudo htop sysinfo ansible-console chef-shell
  rmt-tar rmt-dump lastlogin`);

/** Nobody writes these in a sentence but for the command. */
export const LOUD: ReadonlySet<string> = words(`
  whoami uname ifconfig netstat wget curl lsb_release lsof lscpu lsblk lsmod lsusb lspci dmesg nslookup traceroute tracepath
  netcat ncat nc socat tcpdump nmap arp iptables nft iwconfig hostnamectl systemctl journalctl useradd userdel usermod groupadd
  adduser addgroup passwd chpasswd visudo chmod chown chgrp chattr chroot mkfifo mknod mkfs mktemp rmdir gunzip gzip bunzip2 bzip2
  unxz xz zcat zstdcat zstd xzcat bzcat zgrep egrep fgrep grep awk gawk mawk sed xxd hexdump base64 base32 printenv getent getcap
  setcap crontab nohup strace ltrace gdb gcc cpp c89 c99 clang rustc scp sftp rsync tftp lftp sshpass ssh-keygen ssh-copy-id
  ssh-add telnet busybox tclsh irb ansible ansible-playbook ansible-config ansible-galaxy ansible-console ansible-doc ansible-pull
  ansible-inventory ansible-vault chef-vault chef-shell chef-run chef-client cscli kubectl docker dockerd podman crictl apt-get
  aptitude dpkg pacman zypper pip pip3 pipx pkill killall pgrep pidof mkdir lwp-download lwp-request lynx elinks aria2c axel
  fetchmail sendmail mailx uuencode uudecode unshadow getfacl setfacl insmod rmmod modprobe sysctl umount losetup fdisk parted
  wpscan sqlmap mysqldump pg_dump psql mongoexport redis-cli sqlite3 xterm gpasswd groupdel lastlog lastb htop iotop vmstat
  iostat uconv bsdtar cpio cpulimit setarch taskset unshare nsenter capsh debugfs rlwrap rpm rpmquery yum dnf tcsh setuid ifdown
  ifup iwlist nmcli resolvectl openssl gpg xargs bridge c++filt objdump readelf rmt rmt-tar rmt-dump update-rc.d aa-disable
  aa-exec basenc envsubst sha1sum sha256sum md5sum cksum tee`);

/** Interpreters and shells: they run what follows `-c` or `-e`, or what is piped into them. */
export const SHELLS: ReadonlySet<string> = words(
  'sh bash dash zsh ksh csh tcsh fish ash rbash mksh pwsh powershell cmd',
);
export const INTERPRETERS: ReadonlySet<string> = words(
  'python perl ruby php node nodejs deno bun lua luajit tclsh wish java jshell groovy scala kotlin rscript gawk awk osascript php-cgi',
);

/** They run the command that follows. */
export const WRAPPERS: ReadonlySet<string> = words(
  'sudo doas time nohup strace ltrace env exec command builtin eval nice ionice timeout setsid stdbuf busybox watch xargs then do else ! flock cpulimit',
);

/** Words of English, or very short: alone they mean something only where nothing but a command can stand. */
export const BARE: ReadonlySet<string> = words(`
  id ls ll dir pwd ps env set who w top htop hostname groups printenv history df du mount uptime last lastlog free ver ip ss jobs
  cmd sh bash python perl users date arch tty vdir whoami logname export env nproc locale`);

/** They read, write, or list files. */
export const FILES: ReadonlySet<string> = words(`
  cat tac nl more less head tail strings sort uniq cut od fold rev paste comm diff cmp file stat find locate cp mv rm ln dd touch tar
  zip unzip ar split join column expand pr look wc vi vim vim.basic view nano pico ed ex emacs source . cd pushd ls ll dir vdir tree
  du df shred truncate install readlink realpath dirname basename test type which whereis php java rc chef fmt ptx tsort csplit
  patch tr iconv m4 make cc ld as git svn hg cvs ant mvn npm yarn npx ip mail at batch bc`);

/** They speak to a host. */
export const HOSTS: ReadonlySet<string> = words(
  'ping ping6 host dig ssh ftp finger whois rlogin rsh mtr nping fetch get',
);

/** They take a number. */
export const NUMBERS: ReadonlySet<string> = words('sleep usleep seq factor');

/** They print what they are given. */
export const PRINTERS: ReadonlySet<string> = words('echo printf print expr');

/** They take options; without one they are words. */
export const OPTIONS: ReadonlySet<string> = words(`
  kill su sh id ps at time date perf env set unset alias export trap read history last who w top groups users mount uptime free
  man info script screen tmux service init halt reboot shutdown poweroff apt snap brew gem cargo go rust snap lp lpr lpq atq
  ip ss route hostname alias unalias ulimit umask declare typeset local hash help enable disown crypt host pg nice renice look
  wall write talk fuser ipcs logger logname locale split nm perl python ruby lua node php gem bundle rake bash exec eval command`);

/** Files that are worth a look to an attacker and to nobody else. */
export const SENSITIVE_FILE =
  /(?:^|[/\\=@<:])(?:etc[/\\]{1,3}(?:passwd|shadow|group|gshadow|hosts|sudoers|issue|crontab|ssh[/\\]|mysql|apache2|nginx|os-release)|proc[/\\]{1,3}(?:self|version|\d|cpuinfo|net|mounts)|var[/\\]{1,3}log[/\\]|root[/\\]\.|\.ssh[/\\]|\.bash_history|\.aws[/\\]|\.env\b|boot\.ini|win\.ini|windows[/\\]{1,4}(?:system32|repair|win\.ini|php\.ini)|winnt[/\\]|flag(?:\.txt)?$)|id_rsa|%systemroot%|authorized_keys/i;
