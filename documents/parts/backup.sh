# What is done around an engine's own steps. The agent may run a command again, after an update or a reboot: a command that
# has refused refuses again, a command whose artefact stands says its line again, and a run removes only what it placed
# itself.
engine='{{ engine }}'
begin_before='{{ beginBefore }}'
line=''
placed=''
size=''
sum=''
case "$destination" in
  s3://*) pack="$work/$backup_id.tar" pack_at="$work" ;;
  *) pack="$artefact.part" pack_at="$destination" ;;
esac

# An answer that can't be kept is never "nothing was done, try again": this command could still do it when run again.
ended_badly() {
  if [ -n "$locked" ]; then
    clean_up_chef
    rm -f "$pack"
    if [ -n "$placed" ]; then remove_artefact || amend "$artefact could not be removed"; fi
  fi
  [ "$refusal" = "$line" ] || remember "$refusal" || amend "this could not be noted in $commands"
}

# amend WORDS: adds to the refusal, and makes it one after which no other attempt is made.
amend() {
  refusal="$(printf '%s' "$refusal" | sed -e 's/^{"error":"InvalidStateException"/{"error":"BackupFailed"/' -e 's/"}$//')"
  refusal="$refusal; $(plain "$1")\"}"
}

remove_artefact() {
  case "$destination" in
    s3://*) foreign aws s3 rm --only-show-errors "$artefact" ;;
    *) rm -f "$artefact" ;;
  esac
}

# begin: alone on this server, in time, and nothing of this command there yet. Else it ends here.
begin() {
  open_state
  exec 8>>"$commands/$backup_id.lock"
  # Another process of the same command may still run, if its agent was restarted: its answer is ours.
  flock 8
  line="$(cat "$commands/$backup_id.line" 2>/dev/null || true)"
  case "$line" in
    '{"error":'*)
      refusal="$line"
      exit 1
      ;;
  esac
  lock_server
  sweep
  find_artefact
  if [ "$(date +%s)" -ge "$begin_before" ]; then
    if [ -n "$line" ]; then fail BackupFailed "an earlier run of this command was to place $artefact, which is not there"; fi
    fail InvalidStateException "it is $(date +%s) on this server and the command had to begin before $begin_before (UTC, seconds)"
  fi
  case "$destination" in
    s3://*) ;;
    *)
      mkdir -p "$destination" || fail BackupFailed "cannot make $destination"
      require_guarded "$destination"
      ;;
  esac
}

# A file that already stands where the artefact is to lie. If an earlier run of this command placed it, its line is printed
# again; if not, it is left alone.
find_artefact() {
  artefact_stands || return 0
  [ -n "$line" ] || fail BackupFailed "something stands at $artefact that this command did not place: it is left alone"
  sum="${line##*\"sha256\":\"}"
  [ "$(stored_sum)" = "${sum%\"\}}" ] || fail BackupFailed "what stands at $artefact is not what this command placed: it is left alone"
  answer "$line"
  exit 0
}

artefact_stands() {
  case "$destination" in
    s3://*) object_stands ;;
    *) [ -e "$artefact" ] || [ -L "$artefact" ] ;;
  esac
}

# S3 says 403 instead of 404 to those who may not list the bucket.
object_stands() {
  if foreign aws s3api head-object --bucket "$bucket" --key "$prefix$backup_id.tar" >"$work/head" 2>&1; then return 0; fi
  cat "$work/head"
  case "$line$(cat "$work/head")" in
    *'(404)'*) return 1 ;;
    '{'*) fail BackupFailed "S3 does not say whether $artefact, which an earlier run may have placed, is there" ;;
    *'(403)'*) return 1 ;;
    *) fail BackupFailed "S3 does not say whether $artefact is there" ;;
  esac
}

stored_sum() {
  case "$destination" in
    s3://*) foreign aws s3 cp --only-show-errors "$artefact" - | sum_of ;;
    *) if [ -f "$artefact" ] && [ ! -L "$artefact" ]; then sum_of <"$artefact"; fi ;;
  esac
}

kilobytes_used() {
  du -sk "$@" 2>/dev/null | awk '{ sum += $1 } END { printf "%.0f", sum }'
}

# keep TAR-ARGUMENTS...: packs, checks the pack, puts it where it is to lie, and says so.
keep() {
  pack_up "$@"
  check_pack
  line="{\"backupId\":\"$backup_id\",\"engine\":\"$engine\",\"artefact\":\"$artefact\",\"size\":$size,\"sha256\":\"$sum\"}"
  remember "$line" || fail BackupFailed "cannot write in $commands"
  place
  answer "$line"
}

answer() {
  trap '' TERM INT HUP
  answered=yes
  say "$1"
}

pack_up() {
  { tar -cf - "$@" && echo yes >"$work/packed"; } | tee "$pack" | sum_of >"$work/sum"
  [ -s "$work/packed" ] || fail BackupFailed 'the backup could not be packed: standard error says why'
  sync "$pack"
  size="$(wc -c <"$pack" | tr -d ' ')"
  sum="$(cat "$work/sum")"
  [ "$(sum_of <"$pack")" = "$sum" ] || fail BackupFailed "$pack is not what was written: there may be no room"
}

# The pack was verified, so what stands under the artefact's name is whole. Nothing that stands there is overwritten.
place() {
  case "$destination" in
    s3://*)
      placed=yes
      # An AWS CLI before 2.23 knows no checksums.
      foreign aws s3 cp --only-show-errors --checksum-algorithm SHA256 "$pack" "$artefact" \
        || foreign aws s3 cp --only-show-errors "$pack" "$artefact" || fail BackupFailed "S3 did not take $artefact"
      [ "$(stored_sum)" = "$sum" ] || fail BackupFailed "the artefact at $artefact is not what was put there"
      ;;
    *)
      mv -nT "$pack" "$artefact"
      [ ! -e "$pack" ] || fail BackupFailed "something stands at $artefact that this command did not place: it is left alone"
      placed=yes
      sync "$destination"
      ;;
  esac
}
