# Restores this server from one artefact, which may be another server's. A person asked for it, for now: a command that the agent
# runs again says its line again, and one that was killed begins nothing by itself.
restore_id='{{ restoreId }}'
name_of_command="restore-$restore_id"
# Until something is changed, a step that fails is no harm.
broken=InvalidStateException
harm='nothing was changed'
chef_backups="${SERVER_BACKUP_CHEF_BACKUPS:-/var/opt/chef-automate/backups}"
# What Chef Automate needs beside a backup, where it needs it: airgap.aib on a host without internet, patch.toml on one of
# another name.
chef_files="${SERVER_BACKUP_CHEF_FILES:-/opt/server-backup/chef-automate}"
puppet_backup="${SERVER_BACKUP_PUPPET:-/opt/puppetlabs/bin/puppet-backup}"
puppet_etc="${SERVER_BACKUP_PUPPET_ETC:-/etc/puppetlabs}"

ended_badly() {
  case "$refusal" in
    *"; $harm\"}") ;;
    *) refusal="${refusal%\"\}}; $harm\"}" ;;
  esac
  remember "$refusal" || true
}

# Says again what was said, or how far an earlier run of this command had come. Else notes that this one has begun.
say_again() {
  exec 8>>"$commands/$name_of_command.lock"
  flock 8
  line="$(cat "$commands/$name_of_command.line" 2>/dev/null || true)"
  case "$line" in
    '') remember begun || fail LimitExceededException "cannot write in $commands" ;;
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
    begun) fail RestoreInterrupted 'an earlier run of this command was ended before it restored: ask again' ;;
    *)
      harm='the server may be half restored'
      fail RestoreInterrupted 'an earlier run of this command was ended while it restored: look at the server, and ask again'
      ;;
  esac
}

# From here on the server is changed.
begin_change() {
  remember changing || fail LimitExceededException "cannot write in $commands"
  broken=RestoreFailed
  harm='the server may be half restored'
}

# As docs.chef.io says: the archive is unpacked into the configured directory of backups, then the bundle, then the backup.
restore_chef() {
  command -v chef-automate >/dev/null || fail ValidationException 'there is no chef-automate on this server'
  set -- --yes
  # On a new host no service answers, and chef-automate makes its own checks first. It says so where it is installed.
  if [ -d /hab/svc/deployment-service ]; then set -- "$@" --skip-preflight; fi
  if foreign chef-automate backup status >"$work/status"; then
    case "$(cat "$work/status")" in
      *Idle*) set -- --yes --skip-preflight ;;
      *) fail InvalidStateException "Chef Automate is busy: $(cat "$work/status")" ;;
    esac
  fi
  for option in airgap-bundle:airgap.aib patch-config:patch.toml; do
    file="$chef_files/${option#*:}"
    if [ -e "$file" ]; then
      require_guarded "$file"
      set -- "$@" "--${option%:*}" "$file"
    fi
  done

  unpack "$work/content"
  need "$(kilobytes_unpacked)" "$chef_backups" "$(kilobytes_unpacked)" /hab
  begin_change
  mkdir -p "$chef_backups"
  chef_id="$(cd "$work/content" && echo [0-9]*)"
  for part in "$chef_id" .tmp automate-elasticsearch-data shared; do lay_down "$part"; done
  foreign chef-automate backup fix-repo-permissions "$chef_backups" \
    || fail RestoreFailed "chef-automate did not get access to $chef_backups"
  foreign chef-automate bootstrap bundle unpack "$work/content/bootstrap.abb" \
    || fail RestoreFailed 'chef-automate did not unpack the bootstrap bundle'
  code=0
  foreign chef-automate backup restore "$chef_backups/$chef_id" "$@" >"$work/restored" || code=$?
  cat "$work/restored"
  [ "$code" -eq 0 ] || fail RestoreFailed "chef-automate backup restore ended with code $code"
  grep -q "Restored backup $chef_id" "$work/restored" || fail RestoreFailed "chef-automate does not say that it restored $chef_id"
}

# lay_down NAME: lays a part of the backup where Chef Automate looks for it. What lies there belongs to other backups of this
# server, so it is not overwritten: it is kept beside it.
lay_down() {
  [ -e "$work/content/$1" ] || return 0
  if [ -e "$chef_backups/$1" ]; then
    mkdir -p "$chef_backups/.before-$restore_id"
    mv -T "$chef_backups/$1" "$chef_backups/.before-$restore_id/$1"
  fi
  mv -T "$work/content/$1" "$chef_backups/$1"
}

# As Puppet's pages say: onto an installation of the same version; then the secret keys, which are no part of the backup, their
# owners, and a new start of the services that read them. With --force, as in Puppet's own plans: no person can answer here.
restore_puppet() {
  [ -x "$puppet_backup" ] || fail ValidationException "there is no $puppet_backup on this server"
  command -v systemctl >/dev/null || fail ValidationException 'there is no systemctl on this server'
  unpack "$work/content"
  need "$(kilobytes_unpacked)" "$puppet_etc"
  begin_change
  code=0
  foreign "$puppet_backup" restore "$work/content/pe_backup.tgz" --force || code=$?
  [ "$code" -eq 0 ] || fail RestoreFailed "puppet-backup restore ended with code $code"
  tar -C "$puppet_etc" -xpf "$work/content/secrets.tar" || fail RestoreFailed 'the secret keys could not be put back'
  tar -tf "$work/content/secrets.tar" | cut -d / -f 1 | sort -u >"$work/services"
  while read -r service; do
    if id "pe-$service" >/dev/null 2>&1; then
      chown -hR "pe-$service:pe-$service" "$puppet_etc/$service/conf.d/secrets"
    fi
    foreign systemctl restart "pe-$service" </dev/null || fail RestoreFailed "pe-$service did not start with its secret keys"
  done <"$work/services"
}

restore_by_script() {
  find_script restore
  [ -n "$script" ] || fail ValidationException "there is no executable $scripts/restore on this server"
  unpack "$work/content"
  begin_change
  code=0
  foreign "$script" "$work/content" || code=$?
  case "$code" in
    0) ;;
    75)
      harm='nothing was changed'
      fail InvalidStateException "$script cannot be run now (75)"
      ;;
    *) fail RestoreFailed "$script ended with code $code" ;;
  esac
}

open_state
say_again
lock_server
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
