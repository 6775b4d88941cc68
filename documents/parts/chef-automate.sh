# Chef Automate: its own backup, which includes the embedded Infra Server and Builder, and the bundle without which it can't
# be restored elsewhere. The exit codes and the form of --result-json are those of chef-automate 4.13.
chef_backups="${SERVER_BACKUP_CHEF_BACKUPS:-/var/opt/chef-automate/backups}"
# The id of a backup that Chef Automate made for us and that still stands in its list: kept over a kill.
chef_note="$state/chef-backup"
chef_id=''
# Yes once it is known that nothing else is done there: a deletion would wait for that.
chef_idle=''

# Does nothing until chef_idle is set, so not for another engine either.
# With --yes chef-automate 4.13 asks nothing and deletes nothing; other versions delete.
clean_up_chef() {
  old="$(cat "$chef_note" 2>/dev/null || true)"
  if [ -z "$chef_idle" ] || [ -z "$old" ]; then return 0; fi
  foreign chef-automate backup delete "$old" --yes || true
  if [ -e "$chef_backups/$old" ]; then echo y | foreign chef-automate backup delete "$old" || true; fi
  if [ ! -e "$chef_backups/$old" ]; then rm -f "$chef_note"; fi
}

# member NAME FILE: a string member of the result.
member() {
  tr -d '\n' <"$2" | sed -n "s/.*\"$1\"[[:space:]]*:[[:space:]]*\"\\([A-Za-z0-9_.-]*\\)\".*/\\1/p"
}

# With --no-progress the command returns once the backup has begun, and tells its id: so a backup that is interrupted is
# known. --result-json can be empty although all went well.
start_chef_backup() {
  code=0
  foreign chef-automate backup create --no-progress --result-json "$work/result.json" >"$work/created" || code=$?
  cat "$work/created"
  case "$code" in
    0) ;;
    78) fail BackupFailed 'chef-automate: the backup took longer than it may (78)' ;;
    86) fail BackupFailed 'chef-automate: the backup failed (86)' ;;
    89) fail BackupFailed 'chef-automate: there is no valid license (89)' ;;
    92) fail AccessDeniedException 'chef-automate: it must be run by root (92)' ;;
    99) fail InvalidStateException 'chef-automate: its deployment service can not be reached (99)' ;;
    *) fail BackupFailed "chef-automate backup create ended with code $code" ;;
  esac
  chef_id="$(member backup_id "$work/result.json" 2>/dev/null || true)"
  if [ -z "$chef_id" ]; then chef_id="$(grep -Eo '[0-9]{14}' "$work/created" | tail -n 1)"; fi
  [ -n "$chef_id" ] || fail BackupFailed 'chef-automate does not tell the id of the backup it makes'
  printf '%s\n' "$chef_id" >"$chef_note"
  sync "$chef_note"
}

# Until its list says how the backup ended; five minutes without an answer are too long. The agent limits the whole.
await_chef_backup() {
  silent=0
  while [ "$silent" -lt 30 ]; do
    foreign chef-automate backup list >"$work/backups" || true
    case "$(awk -v id="$chef_id" '$1 == id { print $2 }' "$work/backups")" in
      completed) return 0 ;;
      in) silent=0 ;;
      '') silent=$((silent + 1)) ;;
      *) fail BackupFailed "chef-automate lists the backup $chef_id as failed" ;;
    esac
    sleep "${SERVER_BACKUP_POLL_SECONDS:-10}"
  done
  fail BackupFailed "chef-automate does not list the backup $chef_id"
}

back_up_chef() {
  command -v chef-automate >/dev/null || fail ValidationException 'there is no chef-automate on this server'
  # A second caller would wait for the first, not be refused: so ask.
  foreign chef-automate backup status >"$work/status" || fail BackupFailed 'chef-automate does not tell what it is doing'
  case "$(cat "$work/status")" in
    *Idle*) ;;
    *) fail InvalidStateException "Chef Automate is busy: $(cat "$work/status")" ;;
  esac
  chef_idle=yes
  # Of a run that was killed.
  clean_up_chef
  data="$(kilobytes_used /hab/svc/*/data /var/opt/chef-automate/data)"
  beside="$(cd "$chef_backups" 2>/dev/null && kilobytes_used .tmp automate-elasticsearch-data shared || echo 0)"
  need "$data" "$chef_backups" "$data" "$pack_at" "$beside" "$pack_at"

  start_chef_backup
  await_chef_backup
  [ -d "$chef_backups/$chef_id" ] || fail BackupFailed "chef-automate made the backup $chef_id, but not in $chef_backups"
  foreign chef-automate backup integrity validate "$chef_id" || fail BackupFailed "the backup $chef_id is not whole"
  mkdir "$work/content"
  foreign chef-automate bootstrap bundle create "$work/content/bootstrap.abb" \
    || fail BackupFailed 'chef-automate made no bootstrap bundle'

  # Packed where it lies: a copy would need as much room again. tar follows no links there.
  set -- -C "$chef_backups" "./$chef_id"
  # What the numbered ones refer to: reports lie in snapshots that all backups share, and so do Builder's packages.
  for beside in .tmp automate-elasticsearch-data shared; do
    if [ -d "$chef_backups/$beside" ]; then set -- "$@" "./$beside"; fi
  done
  keep "$@" -C "$work/content" ./bootstrap.abb
  # What is kept is ours; Chef Automate's list shall not show it too.
  clean_up_chef
}
