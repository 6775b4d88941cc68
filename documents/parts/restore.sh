# Restores this server from one artefact, which may be another server's. A person asked for it. The agent may run a command
# again: one that has ended says its line again, and one that was killed while it changed the server does not begin anew.
broken=RestoreFailed
restore_id='{{ restoreId }}'
name_of_command="restore-$restore_id"
harm='nothing was changed'
chef_backups="${SERVER_BACKUP_CHEF_BACKUPS:-/var/opt/chef-automate/backups}"
puppet_backup="${SERVER_BACKUP_PUPPET:-/opt/puppetlabs/bin/puppet-backup}"
puppet_etc="${SERVER_BACKUP_PUPPET_ETC:-/etc/puppetlabs}"

ended_badly() {
  case "$refusal" in
    *"; $harm\"}") ;;
    *) refusal="${refusal%\"\}}; $harm\"}" ;;
  esac
  remember "$refusal" || true
}

# Says again what was said, or that it is not known how far an earlier run of this command came.
say_again() {
  exec 8>>"$commands/$name_of_command.lock"
  flock 8
  line="$(cat "$commands/$name_of_command.line" 2>/dev/null || true)"
  case "$line" in
    '') ;;
    '{"backupId":'*)
      answered=yes
      say "$line"
      exit 0
      ;;
    '{"error":'*)
      refusal="$line"
      harm="${line##*; }"
      harm="${harm%\"\}}"
      exit 1
      ;;
    *)
      harm='the server may be half restored: look at it, and ask for the restore again'
      fail RestoreInterrupted 'an earlier run of this command was ended while it restored'
      ;;
  esac
}

# From here on the server is changed.
begin_change() {
  remember begun || fail RestoreFailed "cannot write in $commands"
  harm='the server may be half restored'
}

# As docs.chef.io says: the backup's directory, and beside it what the numbered ones refer to, in the configured place; then
# the restore over the existing installation.
restore_chef() {
  command -v chef-automate >/dev/null || fail ValidationException 'there is no chef-automate on this server'
  foreign chef-automate backup status >"$work/status" || fail InvalidStateException 'chef-automate does not tell what it is doing'
  case "$(cat "$work/status")" in
    *Idle*) ;;
    *) fail InvalidStateException "Chef Automate is busy: $(cat "$work/status")" ;;
  esac
  chef_id="$(grep -Eo '[0-9]{14}/' "$work/names" | head -n 1 | tr -d /)"
  [ ! -e "$chef_backups/$chef_id" ] || fail InvalidStateException "there is a backup $chef_id in $chef_backups already: it is left alone"
  unpack "$work/content"
  need "$(kilobytes_unpacked)" "$chef_backups"
  begin_change
  mkdir -p "$chef_backups"
  cp -a "$work/content/$chef_id" "$chef_backups/"
  if [ -d "$work/content/.tmp" ]; then cp -a "$work/content/.tmp" "$chef_backups/"; fi
  foreign chef-automate bootstrap bundle unpack "$work/content/bootstrap.abb" \
    || fail RestoreFailed 'chef-automate did not unpack the bootstrap bundle'
  code=0
  foreign chef-automate backup restore "$chef_backups/$chef_id" --skip-preflight || code=$?
  case "$code" in
    0) rm -rf "${chef_backups:?}/$chef_id" ;;
    79) fail RestoreFailed 'chef-automate: the restore failed (79)' ;;
    *) fail RestoreFailed "chef-automate backup restore ended with code $code" ;;
  esac
}

# As Puppet's pages say: onto an installation of the same version; the secret keys first, since they are no part of the backup.
restore_puppet() {
  [ -x "$puppet_backup" ] || fail ValidationException "there is no $puppet_backup on this server"
  unpack "$work/content"
  need "$(kilobytes_unpacked)" "$puppet_etc"
  begin_change
  tar -C "$puppet_etc" -xpf "$work/content/secrets.tar" || fail RestoreFailed 'the secret keys could not be put back'
  code=0
  foreign "$puppet_backup" restore "$work/content/pe_backup.tgz" --force || code=$?
  [ "$code" -eq 0 ] || fail RestoreFailed "puppet-backup restore ended with code $code"
}

restore_by_script() {
  find_script restore
  [ -n "$script" ] || fail ValidationException "there is no executable $scripts/restore on this server"
  unpack "$work/content"
  begin_change
  code=0
  foreign "$script" "$work/content" || code=$?
  [ "$code" -eq 0 ] || fail RestoreFailed "$script ended with code $code"
}

open_state
say_again
take_lock "$state/lock" 'another backup, deletion or restore runs on this server'
fetch_artefact
check_pack
check_content
case "$engine" in
  chef-automate) restore_chef ;;
  puppet-enterprise) restore_puppet ;;
  generic) restore_by_script ;;
esac
line="{\"backupId\":\"$backup_id\",\"restored\":\"$artefact\",\"restoreId\":\"$restore_id\",\"seconds\":$(seconds_since_begun)}"
trap '' TERM INT HUP
remember "$line" || fail RestoreFailed "the server is restored, but that cannot be written in $commands"
answered=yes
say "$line"
