# Deletes one artefact that the audit knows as ours: its name is made of the backup's id, nothing else is touched. A command
# that made it, and that the agent runs again, must not make it anew.
ended_badly() {
  :
}

forget() {
  remember '{"error":"BackupFailed","message":"the artefact of this backup was deleted since"}'
}

# Deleting an object that S3 has locked would only hide it: it would still exist, and cost money.
respect_lock() {
  if ! foreign aws s3api head-object --bucket "$bucket" --key "$prefix$backup_id.tar" \
    --query ObjectLockRetainUntilDate --output text >"$work/until" 2>"$work/failure"; then
    cat "$work/failure"
    # Either says that it is not there: S3 says 403 to those who may not list the bucket.
    case "$(cat "$work/failure")" in
      *'(404)'* | *'(403)'*) return 0 ;;
      *) fail BackupFailed "S3 does not say whether $artefact is locked" ;;
    esac
  fi
  until="$(cat "$work/until")"
  case "$until" in
    [0-9]*) [ "$(date -d "$until" +%s)" -le "$(date +%s)" ] || fail KeptByLock "kept by its lock until $until" ;;
  esac
}

open_state
lock_server
sweep
case "$destination" in s3://*) respect_lock ;; esac
# On a full disk it can only be recorded when there is room.
noted=yes
forget || noted=''
case "$destination" in
  s3://*) foreign aws s3 rm --only-show-errors "$artefact" || fail BackupFailed "$artefact could not be removed from S3" ;;
  *)
    rm -f "$artefact" || fail BackupFailed "$artefact could not be removed"
    [ ! -e "$artefact" ] || fail BackupFailed "$artefact is still there"
    ;;
esac
if [ -z "$noted" ]; then forget || true; fi
answered=yes
say "{\"backupId\":\"$backup_id\",\"deleted\":\"$artefact\"}"
