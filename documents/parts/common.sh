# Common to all documents: one command at a time on this server, one line as the answer, no incomplete files left behind.
# POSIX sh: the agent runs it with /bin/sh.
#
# Parameters come in by text substitution, so each has a pattern without quotes, blanks and dollars, and stands in single
# quotes. Descriptors: 3 is the agent's standard output, for the one line of JSON alone; 4 its standard error; 8 and 9 are
# locks. The agent waits until no process has 3 or 4 open any more, so no other program gets them (see foreign).
set -eu
umask 077
cd /
exec 3>&1 4>&2 1>&2 </dev/null
# A restarted agent does not read the output any more; the command is finished nevertheless.
trap : PIPE
# These variables are of the agent's service; a service that a script restarts must not inherit them.
unset NOTIFY_SOCKET WATCHDOG_PID WATCHDOG_USEC LISTEN_PID LISTEN_FDS LISTEN_FDNAMES INVOCATION_ID JOURNAL_STREAM \
  SYSTEMD_EXEC_PID MAINPID || true

backup_id='{{ backupId }}'
destination='{{ destination }}'
artefact="$destination/$backup_id.tar"
state="${SERVER_BACKUP_STATE:-/var/lib/server-backup}"
# Deleted by the next command that has the lock.
work="$state/work"
# <name>.line: the answer of the command of that name, written before it is printed; <name>.lock: held while it runs.
commands="$state/commands"
name_of_command="$backup_id"
# The error type if a step names none.
broken=BackupFailed
refusal=''
answered=''
locked=''

# Makes text safe for a JSON string: printable ASCII without quotation marks and backslashes, at most 900 characters.
plain() {
  printf '%s' "$1" | LC_ALL=C tr -c 'A-Za-z0-9 .,:;/_=+()@%-' ' ' | cut -c 1-900
}

say() {
  printf '%s\n' "$1" >&3 || true
}

# fail TYPE MESSAGE: ends with an error. Not in a subshell.
fail() {
  refusal="{\"error\":\"$1\",\"message\":\"$(plain "$2")\"}"
  exit 1
}

# remember LINE: writes the answer of this command to the disk before it is printed.
remember() {
  printf '%s\n' "$1" >"$commands/$name_of_command.new.$$" \
    && sync "$commands/$name_of_command.new.$$" \
    && mv -fT "$commands/$name_of_command.new.$$" "$commands/$name_of_command.line" \
    && sync "$commands"
}

# Whatever ends the script, but SIGKILL. engine and document say by ended_badly what is then to be undone.
finish() {
  code=$?
  trap - EXIT
  trap '' TERM INT HUP
  set +e
  if [ -n "$answered" ]; then code=0; fi
  if [ "$code" -ne 0 ]; then
    if [ -z "$refusal" ]; then
      refusal="{\"error\":\"$broken\",\"message\":\"a step ended with code $code; standard error says more\"}"
    fi
    ended_badly
    say "$refusal"
  fi
  if [ -n "$locked" ]; then
    tail -c 60000 "$work/output" | head -c 60000 >&4
    rm -rf --one-file-system "$work"
  fi
  # Never a tool's own exit code: 194 would make the agent reboot the server and run this again.
  if [ "$code" -ne 0 ]; then exit 1; fi
  exit 0
}

# foreign COMMAND...: runs a program that is not ours, which may leave a service behind. That service gets no descriptor but
# the file of the output, so the agent does not wait for it and the locks are free. While the program itself runs the locks
# are held, even if this shell is killed alone: by the subshell that waits for it.
foreign() {
  (
    umask 022
    code=0
    "$@" 5>&- 6>&- 7>&- 8>&- 9>&- || code=$?
    exit "$code"
  ) 3>&- 4>&-
}

# guarded PATH: only root can change what lies there, so root may run, read or write it by that name. Checked up to / (or to
# a directory that the tests trust), links resolved. A directory like /tmp will do on the way: what is root's stays there.
# Else exposed names the directory or file that others can change.
guarded() {
  exposed="$(readlink -m -- "$1")"
  below=''
  while [ ! -e "$exposed" ]; do
    exposed="$(dirname "$exposed")"
    below=yes
  done
  while [ "$exposed" != "${SERVER_BACKUP_TRUSTED:-}" ]; do
    case "$(stat -c %u "$exposed")" in 0 | "$(id -u)") ;; *) return 1 ;; esac
    case "$below$(stat -c %A "$exposed")" in
      yesd????????[tT]) ;;
      *?????w???? | *?w?) return 1 ;;
    esac
    if [ "$exposed" = / ]; then return 0; fi
    exposed="$(dirname "$exposed")"
    below=yes
  done
}

require_guarded() {
  guarded "$1" || fail AccessDeniedException "others than root can change $exposed: it and its directories must be root's alone"
}

open_state() {
  for tool in awk find flock gzip readlink sha256sum stat tar tee; do
    command -v "$tool" >/dev/null || fail ValidationException "there is no $tool on this server"
  done
  case "$destination" in
    s3://*) command -v aws >/dev/null || fail ValidationException 'there is no aws (the AWS CLI) on this server' ;;
  esac
  require_guarded "$state"
  mkdir -p "$commands" || fail "$broken" "cannot make $commands"
  require_guarded "$commands"
}

# One command that changes something at a time on this server. Only with the lock: the backup of Puppet Enterprise that has it
# lets another user into this directory.
lock_server() {
  take_lock "$state/lock" 'another backup, deletion or restore runs on this server'
  chmod 700 "$state"
}

# take_lock FILE MESSAGE: takes the lock, or fails with the message. From here on all output goes to a file, which is printed at the end.
take_lock() {
  exec 9>>"$1"
  code=0
  flock -n 9 || code=$?
  case "$code" in
    0) ;;
    1) fail InvalidStateException "$2" ;;
    *) fail "$broken" "the lock $1 can not be taken (flock: $code)" ;;
  esac
  # This command has the lock, so no other uses the folder: its content is left from a killed command.
  rm -rf --one-file-system "$work"
  mkdir "$work"
  locked=yes
  exec >>"$work/output" 2>&1
}

trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
trap 'exit 129' HUP
