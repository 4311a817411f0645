#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# An archiver for tests and for the demo: `wal-e.sh wal-push pg_wal/SEGMENT`.
#
# It really stores the segment, in store/ beside itself, and says so on stderr in the exact form
# of WAL-E 1.1 (one record, one write). It really fails when the file `mode` beside it says so:
#   ok          store and succeed             slow SECONDS  the same, but take that long
#   exit 1      no credentials: WAL-E stops before it begins
#   exit 2      the store refuses: WAL-E begins, and dies of an exception
#   exit N      what wraps WAL-E fails: WAL-E never runs
#   signal N    killed in the middle of a push, without a word
# Each run leaves one line in `journal`: time, pid, file, mode, begun (0 or 1), outcome. The tests
# count these lines, and compare them with what walwatch says.
set -u

here=${0%/*}
path=$2
file=${path##*/}
mode=$(cat "$here/mode")
store=$here/store/wal_005
key="file://localhost$store/$file.lzo"
prefix="${here#/}/store/"

# busybox, as in Alpine's images, knows no fractions of a second and repeats what it does not know.
now() {
  moment=$(date -u +%Y-%m-%dT%H:%M:%S.%6N)
  case $moment in
    *%6N) moment=$(date -u +%Y-%m-%dT%H:%M:%S).000000 ;;
  esac
  echo "$moment"
}

millis() {
  moment=$(date +%s%3N)
  case $moment in
    *%3N) moment=$(date +%s)000 ;;
  esac
  echo "$moment"
}

journal() {
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$(now)" "$$" "$file" "$mode" "$1" "$2" >>"$here/journal"
}

begin() {
  printf '%s\n        %s\n        %s\n' \
    'wal_e.worker.upload INFO     MSG: begin archiving a file' \
    "DETAIL: Uploading \"$path\" to \"$key\"." \
    "STRUCTURED: time=$(now)-00 pid=$$ action=push-wal key=$key prefix=$prefix seg=$file state=begin" >&2
}

complete() {
  printf '%s\n        %s\n        %s\n' \
    'wal_e.worker.upload INFO     MSG: completed archiving to a file' \
    "DETAIL: Archiving to \"$key\" complete at ${1}KiB/s." \
    "STRUCTURED: time=$(now)-00 pid=$$ action=push-wal key=$key prefix=$prefix rate=$1 seg=$file state=complete" >&2
}

# Stores under another name first: a segment that is there is there in full.
push() {
  begin
  started=$(millis)
  sleep "$1"
  mkdir -p "$store" && cp "$path" "$store/.$file" && mv "$store/.$file" "$store/$file.lzo" || {
    journal 1 'exit 3'
    exit 3
  }
  bytes=$(wc -c <"$path")
  elapsed=$(($(millis) - started + 1))
  complete $((bytes * 1000 / 1024 / elapsed))
  journal 1 stored
}

case $mode in
  ok) push 0 ;;
  slow\ *) push "${mode#slow }" ;;
  exit\ 1)
    printf '%s\n        %s\n        %s\n' \
      'wal_e.main   ERROR    MSG: AWS Secret Key credential is required but not provided' \
      'HINT: Set the environment variable AWS_SECRET_ACCESS_KEY.' \
      "STRUCTURED: time=$(now)-00 pid=$$" >&2
    journal 0 "$mode"
    exit 1
    ;;
  exit\ 2)
    begin
    printf '%s\n        %s\n        %s\n        %s\n        %s\n' \
      'wal_e.main   CRITICAL MSG: An unprocessed exception has avoided all error handling' \
      'DETAIL: Traceback (most recent call last):' \
      '  ConnectionRefusedError: [Errno 111] Connection refused' \
      '' \
      "STRUCTURED: time=$(now)-00 pid=$$" >&2
    journal 1 "$mode"
    exit 2
    ;;
  exit\ *)
    echo 'envdir: fatal: unable to run wal-e' >&2
    journal 0 "$mode"
    exit "${mode#exit }"
    ;;
  signal\ *)
    begin
    journal 1 "$mode"
    kill "-${mode#signal }" $$
    ;;
esac
