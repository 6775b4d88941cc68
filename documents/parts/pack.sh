# The size and content of a pack: for the documents that make one and that read one back.
spare='{{ spareKilobytes }}'
# The error type of a pack that can't be read, or is empty.
unsound=BackupFailed

sum_of() {
  sha256sum | cut -d ' ' -f 1
}

# need KILOBYTES PLACE ...: fails if copies of these sizes do not fit; those on the same file system are added up.
need() {
  while [ $# -gt 0 ]; do
    where="$2"
    while [ ! -e "$where" ]; do where="$(dirname "$where")"; done
    printf '%s %s %s %s\n' "$(stat -c %d "$where")" "$(df -Pk "$where" | awk 'NR == 2 { print $4 }')" "$1" "$where"
    shift 2
  done >"$work/need"
  short="$(awk -v spare="$spare" '
    { free[$1] = $2; sum[$1] += $3; at[$1] = $4 }
    END { for (one in sum) if (free[one] < sum[one] + spare)
      printf "%.0f KiB are free at %s, %.0f are needed; ", free[one], at[one], sum[one] + spare }' "$work/need")"
  [ -z "$short" ] || fail LimitExceededException "no room: $short"
}

# Reads a list of tar -tv with --numeric-owner: whether some regular file has bytes.
has_bytes() {
  awk '/^-/ && $3 > 0 { some = 1 } END { exit !some }'
}

# An empty backup must not count as one. The pack itself is checked, since its sources may have changed meanwhile.
check_pack() {
  tar --numeric-owner -tvf "$pack" >"$work/list" || fail "$unsound" 'the pack can not be read to its end'
  grep '^-' "$work/list" >"$work/files" || fail "$unsound" 'the backup is empty: it holds no file'
  set --
  for suffix in .gz .tgz .tar; do
    if grep -q "[.]${suffix#.}\$" "$work/files"; then set -- "$@" "*$suffix"; fi
  done
  if [ $# -gt 0 ]; then
    write_reader
    mkdir "$work/empty"
    tar -C "$work/empty" -xf "$pack" --wildcards --wildcards-match-slash \
      --to-command="sh '$work/reader' '$work'" "$@" \
      || [ -s "$work/unreadable" ]
    [ ! -s "$work/unreadable" ] || fail "$unsound" "not to be read to its end: $(head -n 1 "$work/unreadable")"
  fi
  if ! grep -v -e '[.]gz$' -e '[.]tgz$' -e '[.]tar$' "$work/files" | has_bytes && [ ! -s "$work/something" ]; then
    fail "$unsound" 'the backup is empty: no file in it holds anything'
  fi
}

# tar runs this for each archive in the pack, with the archive on standard input.
write_reader() {
  cat >"$work/reader" <<'END'
work="$1"
unreadable() { printf '%s\n' "$TAR_FILENAME" >>"$work/unreadable"; }
unpacked() { gzip -dc || unreadable; }
listed() {
  { tar --numeric-owner -tvf - || unreadable; cat >/dev/null; } | awk '/^-/ && $3 > 0 { n++ } END { print n + 0 }'
}
some=0
case "$TAR_FILENAME" in
  *.tgz | *.tar.gz) some="$(unpacked | listed)" ;;
  *.gz) some="$(unpacked | wc -c)" ;;
  *.tar) some="$(listed)" ;;
esac
if [ "$some" -gt 0 ]; then echo yes >>"$work/something"; fi
cat >/dev/null
END
}
