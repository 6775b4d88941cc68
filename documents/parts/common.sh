# What every document that makes a backup does around its engine's own steps. POSIX sh: the agent runs it with /bin/sh.
#
# Parameters come in by text substitution, so each has a pattern without quotes, blanks and dollars, and stands in
# single quotes. Standard output is for the one line of JSON alone; all else goes to standard error.
set -eu
umask 077
exec 3>&1 1>&2

backup_id='{{ backupId }}'
destination='{{ destination }}'
state="${SERVER_BACKUP_STATE:-/var/lib/server-backup}"
work="$state/work/$backup_id"
artefact=''
reported=''

# Text as it may stand in a JSON string: printable ASCII without quotation marks and backslashes, 900 characters at most.
plain() {
  printf '%s' "$1" | LC_ALL=C tr -c 'A-Za-z0-9 .,:;/_=+()@%-' ' ' | cut -c 1-900
}

# fail TYPE WORDS: says why there is no backup, and ends.
fail() {
  reported=yes
  printf '{"error":"%s","message":"%s"}\n' "$1" "$(plain "$2")" >&3
  exit 1
}

remove_artefact() {
  case "$artefact" in
    s3://*) aws s3 rm --only-show-errors "$artefact" || true ;;
    ?*) rm -f "$artefact" ;;
  esac
}

# Whatever ends the script: nothing half made stays behind.
finish() {
  code=$?
  trap - EXIT
  if [ "$code" -ne 0 ]; then
    remove_artefact
    engine_cleanup || true
    if [ -z "$reported" ]; then
      printf '{"error":"BackupFailed","message":"a step ended with code %s; standard error says more"}\n' "$code" >&3
    fi
  fi
  rm -rf "$work"
  # No code of a tool's own: 194 would make the agent reboot the server and run all this again.
  if [ "$code" -ne 0 ]; then exit 1; fi
}

# One at a time on this server, whoever asks.
begin() {
  mkdir -p "$state/work" || fail BackupFailed "cannot make $state"
  exec 9>"$state/lock"
  flock -n 9 || fail InvalidStateException 'another backup or deletion runs on this server'
  # The lock is ours, so nobody works there any more: what is left was left by a crash.
  rm -rf "$state/work"
  mkdir -p "$work"
  trap finish EXIT
  trap 'exit 143' TERM
  trap 'exit 130' INT
}

kilobytes_free() {
  df -Pk "$1" | awk 'NR == 2 { print $4 }'
}

# need KILOBYTES: refuses where a backup of that size, packed beside itself, does not fit.
need() {
  case "$destination" in
    s3://*) place="$work" ;;
    *)
      mkdir -p "$destination" || fail BackupFailed "cannot make $destination"
      place="$destination"
      ;;
  esac
  for here in "$work" "$place"; do
    free="$(kilobytes_free "$here")"
    if [ "$free" -lt "$(($1 + {{ spareKilobytes }}))" ]; then
      fail LimitExceededException "no room for a backup: $free KiB are free at $here, $(($1 + {{ spareKilobytes }})) are needed"
    fi
  done
}

kilobytes_used() {
  du -sk "$@" 2>/dev/null | awk '{ sum += $1 } END { print sum + 0 }'
}

sum_of() {
  sha256sum | cut -d ' ' -f 1
}

# keep DIRECTORY: packs it, verifies the pack, puts it where it is to lie, verifies it there, and prints the line.
keep() {
  pack="$work/$backup_id.tar"
  tar -C "$1" -cf "$pack" .
  [ "$(tar -tf "$pack" | grep -vc '/$')" -gt 0 ] || fail BackupFailed 'the backup is empty'
  size="$(wc -c <"$pack" | tr -d ' ')"
  sum="$(sum_of <"$pack")"
  case "$destination" in
    s3://*)
      artefact="$destination/$backup_id.tar"
      aws s3 cp --only-show-errors "$pack" "$artefact"
      there="$(aws s3 cp --only-show-errors "$artefact" - | sum_of)"
      ;;
    *)
      artefact="$destination/$backup_id.tar"
      cp "$pack" "$artefact.part"
      sync
      mv "$artefact.part" "$artefact"
      there="$(sum_of <"$artefact")"
      ;;
  esac
  [ "$there" = "$sum" ] || fail BackupFailed "the artefact at $artefact is not what was put there"
  reported=yes
  printf '{"backupId":"%s","engine":"%s","artefact":"%s","size":%s,"sha256":"%s"}\n' \
    "$backup_id" "$engine" "$artefact" "$size" "$sum" >&3
}
