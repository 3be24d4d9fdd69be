#!/bin/sh
# Releases an image and waits until it runs: release.sh APP IMAGE. The exit code is the pipeline's:
#
#   0    it runs on every cluster
#   1    refused, or failed on a cluster; what is wrong stands above
#   124  not there within RELEASE_TIMEOUT (5m if not set); it goes on
#
# SHIPLOG_SERVER says where, SHIPLOG_ACTOR who, RELEASE_REASON why.
set -u
application=$1
image=$2

shiplog set image "$application" "$application=$image" \
  --reason "${RELEASE_REASON:-a pipeline}" --wait --timeout "${RELEASE_TIMEOUT:-5m}"
code=$?
if [ "$code" -ne 0 ]; then
  shiplog get app "$application" >&2
fi
exit "$code"
