# Deletes one artefact that the audit knows as ours: its name is made of the backup's id, nothing else is touched.
set -eu
exec 3>&1 1>&2

backup_id='{{ backupId }}'
destination='{{ destination }}'
state="${SERVER_BACKUP_STATE:-/var/lib/server-backup}"
artefact="$destination/$backup_id.tar"

fail() {
  printf '{"error":"%s","message":"%s"}\n' "$1" "$2" >&3
  exit 1
}

mkdir -p "$state"
exec 9>"$state/lock"
flock -n 9 || fail InvalidStateException 'another backup or deletion runs on this server'
case "$destination" in
  s3://*) aws s3 rm --only-show-errors "$artefact" || fail BackupFailed 'the artefact could not be removed from S3' ;;
  *)
    rm -f "$artefact" || fail BackupFailed 'the artefact could not be removed'
    [ ! -e "$artefact" ] || fail BackupFailed 'the artefact is still there'
    ;;
esac
printf '{"backupId":"%s","deleted":"%s"}\n' "$backup_id" "$artefact" >&3
