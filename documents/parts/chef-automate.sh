# Chef Automate: its own backup, which includes the embedded Infra Server and Builder, and the bundle without which it can't
# be restored elsewhere. The exit codes and the form of --result-json are those of chef-automate 4.13.
engine='chef-automate'
chef_backups="${SERVER_BACKUP_CHEF_BACKUPS:-/var/opt/chef-automate/backups}"
chef_id=''

engine_cleanup() {
  if [ -n "$chef_id" ]; then
    chef-automate backup delete "$chef_id" --yes
  fi
}

# member NAME FILE: a string member of the result.
member() {
  tr -d '\n' <"$2" | sed -n "s/.*\"$1\"[[:space:]]*:[[:space:]]*\"\\([A-Za-z0-9_.-]*\\)\".*/\\1/p"
}

begin
command -v chef-automate >/dev/null || fail ValidationException 'there is no chef-automate on this server'
# A second caller would wait for the first, not be refused: so ask.
status="$(chef-automate backup status)" || fail BackupFailed 'chef-automate does not tell what it is doing'
case "$status" in
  *Idle*) ;;
  *) fail InvalidStateException "Chef Automate is busy: $status" ;;
esac
need "$(($(kilobytes_used /hab/svc/*/data /var/opt/chef-automate/data) * 2))"

result="$work/result.json"
code=0
# Without --no-progress: with it the command returns when the backup has only begun.
chef-automate backup create --wait-timeout '{{ executionTimeout }}' --result-json "$result" || code=$?
case "$code" in
  0) ;;
  78) fail BackupFailed 'chef-automate: the backup took longer than it may (78)' ;;
  86) fail BackupFailed 'chef-automate: the backup failed (86)' ;;
  89) fail BackupFailed 'chef-automate: there is no valid license (89)' ;;
  92) fail AccessDeniedException 'chef-automate: it must be run by root (92)' ;;
  99) fail InvalidStateException 'chef-automate: its deployment service can not be reached (99)' ;;
  *) fail BackupFailed "chef-automate backup create ended with code $code" ;;
esac
[ "$(member status "$result")" = OK ] || fail BackupFailed 'chef-automate does not report the backup as OK'
chef_id="$(member backup_id "$result")"
[ -n "$chef_id" ] && [ -d "$chef_backups/$chef_id" ] || fail BackupFailed 'chef-automate names no backup that is there'
chef-automate backup integrity validate "$chef_id" || fail BackupFailed "the backup $chef_id is not whole"

mkdir "$work/content"
mv "$chef_backups/$chef_id" "$work/content/$chef_id"
# Its automatic backup of what changes seldom, to which the numbered ones refer.
if [ -d "$chef_backups/.tmp" ]; then
  cp -a "$chef_backups/.tmp" "$work/content/.tmp"
fi
chef-automate bootstrap bundle create "$work/content/bootstrap.abb"
keep "$work/content"
# What is kept is ours; Chef Automate's list shall not show what it has no more.
chef-automate backup delete "$chef_id" --yes || true
