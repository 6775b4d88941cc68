# Anything else: a script under one fixed directory, which the server's owner put there. It is given an empty directory, and
# what it leaves in it is the backup.
engine='generic'
scripts="${SERVER_BACKUP_SCRIPTS:-/opt/server-backup/scripts}"
script="$scripts/{{ script }}"

engine_cleanup() {
  :
}

begin
[ -f "$script" ] && [ -x "$script" ] || fail ValidationException "there is no executable $script on this server"
# shellcheck disable=SC2012 # one file, whose name has a pattern
case "$(ls -ld "$scripts" "$script" | cut -c 6,9 | tr -d '\n')" in
  *w*) fail AccessDeniedException "others than their owner may write to $scripts or $script: it is not run" ;;
esac
need '{{ expectedKilobytes }}'

mkdir "$work/content"
code=0
"$script" "$work/content" || code=$?
case "$code" in
  0) ;;
  75) fail InvalidStateException "$script cannot be run now (75)" ;;
  *) fail BackupFailed "$script ended with code $code" ;;
esac
keep "$work/content"
