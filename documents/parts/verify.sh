# Reads one artefact back, as a restore would. It has a lock and a folder of its own: a backup of this server neither waits for
# it nor is refused because of it. Nothing that it writes lasts.
broken=VerificationInconclusive
work="$state/verification"
checked=''

ended_badly() {
  :
}

also() {
  checked="$checked${checked:+, }$1"
}

# Where a server has such a script, it says whether what was backed up is of use: it gets the unpacked directory.
test_restore() {
  find_script restore-test
  if [ -z "$script" ]; then
    if [ -e "$scripts/restore-test" ] || [ -L "$scripts/restore-test" ]; then
      fail VerificationInconclusive "$scripts/restore-test is not executable"
    fi
    return 0
  fi
  unpack "$work/content"
  code=0
  (cd "$work/content" && foreign timeout -k 10 '{{ testSeconds }}' "$script" "$work/content") || code=$?
  case "$code" in
    0) also restore-test ;;
    124 | 137) fail VerificationInconclusive "$script took longer than {{ testSeconds }} seconds" ;;
    125 | 126 | 127) fail VerificationInconclusive "$script could not be run, or a command in it ($code)" ;;
    129 | 130 | 143) fail VerificationInconclusive "$script was ended by a signal ($code)" ;;
    75) fail InvalidStateException "$script cannot be run now (75)" ;;
    *) fail VerificationFailed "$script ended with code $code" ;;
  esac
}

open_state
take_lock "$state/verification.lock" 'another verification runs on this server'
# A backup of the same size must have room meanwhile.
spare=$((spare + (size + 1023) / 1024))
fetch_artefact
also 'size, SHA-256'
check_pack
also 'pack and the archives in it'
check_content
case "$engine" in
  # Chef Automate's own "backup integrity" looks only at backups in its own place. It was asked before this one was packed.
  chef-automate) also 'backup and bootstrap bundle' ;;
  puppet-enterprise) also 'backup and secret keys' ;;
  generic) test_restore ;;
esac
trap '' TERM INT HUP
answered=yes
say "{\"backupId\":\"$backup_id\",\"verified\":\"$artefact\",\"size\":$size,\"sha256\":\"$sum\",\"checked\":\"$checked\",\"seconds\":$(seconds_since_begun)}"
