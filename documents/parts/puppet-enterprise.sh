# Puppet Enterprise: puppet-backup, and beside it the secret keys, which it leaves out.
puppet_backup="${SERVER_BACKUP_PUPPET:-/opt/puppetlabs/bin/puppet-backup}"
puppet_etc="${SERVER_BACKUP_PUPPET_ETC:-/etc/puppetlabs}"
database_user="${SERVER_BACKUP_PUPPET_USER:-pe-postgres}"

back_up_puppet() {
  [ -x "$puppet_backup" ] || fail ValidationException "there is no $puppet_backup on this server"
  data="$(kilobytes_used "$puppet_etc" /opt/puppetlabs/server/data)"
  need "$data" "$work" "$data" "$pack_at"

  # The database's own user writes here, and here alone.
  mkdir "$work/puppet"
  if id "$database_user" >/dev/null 2>&1; then
    chmod 711 "$state" "$work"
    chown "$database_user" "$work/puppet"
  fi
  code=0
  foreign "$puppet_backup" create --dir="$work/puppet" --name=pe_backup.tgz || code=$?
  # From here on that user can't change what is in the directory, not even from within it.
  chown "$(id -u)" "$work/puppet"
  chmod 700 "$work/puppet" "$work" "$state"
  [ "$code" -eq 0 ] || fail BackupFailed "puppet-backup create ended with code $code"
  [ -n "$(find -P "$work/puppet" -maxdepth 1 -name pe_backup.tgz -type f -links 1 -size +0c)" ] \
    || fail BackupFailed 'puppet-backup has made no backup: pe_backup.tgz is no file of its own with bytes'
  mkdir "$work/content"
  mv "$work/puppet/pe_backup.tgz" "$work/content/pe_backup.tgz"

  set --
  for keys in "$puppet_etc"/*/conf.d/secrets; do
    if [ -d "$keys" ] && [ ! -L "$keys" ]; then set -- "$@" "${keys#"$puppet_etc"/}"; fi
  done
  [ $# -gt 0 ] || fail BackupFailed "there are no secret keys in $puppet_etc: what they protect could not be restored"
  tar -C "$puppet_etc" -cf "$work/content/secrets.tar" "$@"
  for keys; do
    tar --numeric-owner -tvf "$work/content/secrets.tar" "$keys" | has_bytes \
      || fail BackupFailed "there is no secret key in $puppet_etc/$keys: what it protects could not be restored"
  done
  keep -C "$work/content" .
}
