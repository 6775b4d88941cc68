# Puppet Enterprise: puppet-backup, and beside it the secret keys, which it leaves out.
engine='puppet-enterprise'
puppet_backup="${SERVER_BACKUP_PUPPET:-/opt/puppetlabs/bin/puppet-backup}"
puppet_etc="${SERVER_BACKUP_PUPPET_ETC:-/etc/puppetlabs}"

engine_cleanup() {
  :
}

begin
[ -x "$puppet_backup" ] || fail ValidationException "there is no $puppet_backup on this server"
need "$(($(kilobytes_used "$puppet_etc" /opt/puppetlabs/server/data) * 2))"

# The database's own user writes here.
mkdir "$work/content"
if id pe-postgres >/dev/null 2>&1; then
  chmod 711 "$state" "$state/work" "$work"
  chown pe-postgres "$work/content"
fi
"$puppet_backup" create --dir="$work/content" --name=pe_backup.tgz \
  || fail BackupFailed "puppet-backup create ended with code $?"
[ -s "$work/content/pe_backup.tgz" ] || fail BackupFailed 'puppet-backup has made no backup'
tar -tzf "$work/content/pe_backup.tgz" >/dev/null || fail BackupFailed 'the backup that puppet-backup made is not whole'

secrets=''
for keys in "$puppet_etc"/*/conf.d/secrets; do
  if [ -d "$keys" ]; then
    secrets="$secrets ${keys#"$puppet_etc"/}"
  fi
done
[ -n "$secrets" ] || fail BackupFailed "there are no secret keys in $puppet_etc: what they protect could not be restored"
# shellcheck disable=SC2086 # a list of paths that hold no blanks: their names are Puppet's own
tar -C "$puppet_etc" -cf "$work/content/secrets.tar" $secrets
keep "$work/content"
