# Reads an artefact back, and compares it with the audit.
engine='{{ engine }}'
size='{{ size }}'
sum='{{ sha256 }}'
begun_at="$(date +%s)"

# Size and SHA-256 are compared with the audit before the content is read.
fetch_artefact() {
  case "$destination" in
    s3://*)
      pack="$work/artefact.tar"
      need $(((size + 1023) / 1024)) "$work"
      download
      ;;
    *)
      pack="$artefact"
      if [ ! -f "$pack" ] || [ -L "$pack" ]; then missing; fi
      # It is read in place, so only root may be able to change it: otherwise the bytes read could differ from those compared.
      require_guarded "$artefact"
      ;;
  esac
  found="$(wc -c <"$pack" | tr -d ' ')"
  [ "$found" = "$size" ] || fail VerificationFailed "the artefact at $artefact has $found bytes, not $size"
  sha256sum <"$pack" >"$work/found" || fail "$broken" "$artefact can not be read to its end"
  [ "$(cut -d ' ' -f 1 "$work/found")" = "$sum" ] \
    || fail VerificationFailed "the artefact at $artefact has another SHA-256 than the audit says"
  # These bytes were read to their end when they were packed: an error from here on is this server's.
  unsound="$broken"
}

# A directory with no artefact of that server at all is most likely not mounted, which says nothing of this one.
missing() {
  for other in "$destination/${backup_id%-*}"-[0-9]*.tar; do
    if [ -f "$other" ]; then fail VerificationFailed "there is no artefact at $artefact"; fi
  done
  fail "$broken" "there is no artefact of this server in $destination: is it mounted"
}

# Only S3's own error proves that an object does not exist.
download() {
  if foreign aws s3 cp --only-show-errors "$artefact" "$pack" 2>"$work/failure"; then return 0; fi
  cat "$work/failure"
  case "$(cat "$work/failure")" in
    *'(404)'* | *NoSuchKey*) fail VerificationFailed "there is no artefact at $artefact" ;;
    *) fail "$broken" "S3 did not give $artefact" ;;
  esac
}

# holds PATTERN: whether the pack has a file with bytes whose path goes on so.
holds() {
  grep -E " [.]/$1" "$work/files" | has_bytes
}

# Checks that it has what its engine packs.
check_content() {
  case "$engine" in
    chef-automate)
      if ! holds '[0-9]{14}/' || ! holds 'bootstrap[.]abb$'; then
        fail VerificationFailed 'the pack holds no backup of Chef Automate with its bootstrap bundle'
      fi
      ;;
    puppet-enterprise)
      if ! holds 'pe_backup[.]tgz$' || ! holds 'secrets[.]tar$'; then
        fail VerificationFailed 'the pack holds no backup of Puppet Enterprise with its secret keys'
      fi
      ;;
    generic) ;;
    *) fail ValidationException "there is no engine $engine" ;;
  esac
}

kilobytes_unpacked() {
  awk '{ sum += $3 } END { printf "%.0f", sum / 1024 + NR }' "$work/list"
}

# unpack DIRECTORY: makes it, and unpacks what was packed, with its owners and modes.
unpack() {
  need "$(kilobytes_unpacked)" "$work"
  mkdir "$1"
  tar -C "$1" -xpf "$pack"
}

# find_script NAME: sets script to its real path, or to nothing. Only root may be able to change it and its directory.
scripts="${SERVER_BACKUP_SCRIPTS:-/opt/server-backup/scripts}"
find_script() {
  script="$(readlink -f "$scripts/$1" 2>/dev/null || true)"
  if [ -z "$script" ] || [ ! -f "$script" ] || [ ! -x "$script" ]; then
    script=''
    return 0
  fi
  require_guarded "$scripts"
  require_guarded "$script"
}

seconds_since_begun() {
  echo $(($(date +%s) - begun_at))
}
