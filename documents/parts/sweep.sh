# What a command that writes where artefacts lie clears away there first.
server="${backup_id%-*}"
bucket=''
prefix=''
case "$destination" in
  s3://*/*) bucket="${destination#s3://}" prefix="${destination#s3://*/}/" ;;
  s3://*) bucket="${destination#s3://}" ;;
esac
bucket="${bucket%%/*}"

# What killed commands of this server left where artefacts lie, and answers that no agent can ask for again.
sweep() {
  find "$commands" -type f -mtime +60 -exec rm -f {} +
  # As large as a backup. A verification that runs has this lock.
  flock -n "$state/verification.lock" rm -rf --one-file-system "$state/verification" || true
  case "$destination" in
    s3://*) abort_uploads || true ;;
    *)
      require_guarded "$destination"
      rm -f "$destination/$server"-[0-9]*.tar.part
      ;;
  esac
}

# Parts of an upload that was killed cost money until it is aborted. An upload that can't be aborted does no other harm.
abort_uploads() {
  foreign aws s3api list-multipart-uploads --bucket "$bucket" --prefix "$prefix$server-" \
    --query 'Uploads[].[Key,UploadId]' --output text --cli-connect-timeout 10 --cli-read-timeout 30 >"$work/uploads"
  while read -r object upload; do
    case "$object" in
      "$prefix$server"-*.tar)
        foreign aws s3api abort-multipart-upload --bucket "$bucket" --key "$object" --upload-id "$upload" \
          --cli-connect-timeout 10 --cli-read-timeout 30 </dev/null || true
        ;;
    esac
  done <"$work/uploads"
}
