# Anything else: a script under one fixed directory, which the server's owner put there. It is given an empty directory, and
# what it leaves in it is the backup.
scripts="${SERVER_BACKUP_SCRIPTS:-/opt/server-backup/scripts}"
name='{{ script }}'
sizes="$state/sizes"

back_up_by_script() {
  # Checked by its real name and run by it. The directory must be root's too: a link in it could name any program.
  script="$(readlink -f "$scripts/$name")" && [ -f "$script" ] && [ -x "$script" ] \
    || fail ValidationException "there is no executable $scripts/$name on this server"
  require_guarded "$scripts"
  require_guarded "$script"

  # As large as the last one is the least to be expected.
  expected='{{ expectedKilobytes }}'
  last="$(cat "$sizes/$name" 2>/dev/null || true)"
  case "$last" in
    '' | *[!0-9]*) ;;
    *) if [ "$last" -gt "$expected" ]; then expected="$last"; fi ;;
  esac
  need "$expected" "$work" "$expected" "$pack_at"

  mkdir "$work/content"
  code=0
  foreign "$script" "$work/content" || code=$?
  case "$code" in
    0) ;;
    75) fail InvalidStateException "$script cannot be run now (75)" ;;
    *) fail BackupFailed "$script ended with code $code" ;;
  esac
  keep -C "$work/content" .
  mkdir -p "$sizes" && echo "$(((size + 1023) / 1024))" >"$sizes/$name.new" && mv -fT "$sizes/$name.new" "$sizes/$name" || true
}
