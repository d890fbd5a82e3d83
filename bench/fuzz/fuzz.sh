#!/usr/bin/env bash
# Runs the coverage-guided fuzzer (Jazzer) on each decoder: fuzz.sh SECONDS [DECODER...]. Corpora that grow stay in
# bench/fuzz/target/DECODER; what breaks a decoder is written to bench/fuzz/target/DECODER.finds/ and ends its run.
set -euo pipefail
cd "$(dirname "$0")/../.."

jazzer=0.30.0
seconds=${1:?usage: bench/fuzz/fuzz.sh SECONDS [DECODER...]}
shift
# shellcheck disable=SC2016 # names of nested classes, nothing to expand
declare -A targets=(
  [otlp-protobuf]='receiver dev.assay.receiver.otlp.EncodingFuzzTest$Protobuf'
  [otlp-json]='receiver dev.assay.receiver.otlp.EncodingFuzzTest$Json'
  [frames]='receiver dev.assay.receiver.otlp.CompressionFuzzTest$Frames'
  [requests]='receiver dev.assay.receiver.interpret.InterpreterFuzzTest$Requests'
  [edit-lines]='receiver dev.assay.receiver.interpret.InterpreterFuzzTest$EditBodies'
  [git-patch]='receiver dev.assay.receiver.forge.PatchFuzzTest$Patches'
  [transcript]='agent dev.assay.agent.capture.RecordFuzzTest$Transcripts'
  [hook]='agent dev.assay.agent.capture.RecordFuzzTest$Hooks'
)
if [ $# = 0 ]; then set -- otlp-protobuf otlp-json frames requests edit-lines git-patch transcript hook; fi

work=$PWD/bench/fuzz/target
mkdir -p "$work"
echo "building the targets"
mvn -q -B -pl receiver,agent -am test-compile dependency:build-classpath -Dmdep.includeScope=test \
  "-Dmdep.outputFile=\${project.build.directory}/fuzz.classpath"
for artifact in jazzer jazzer-api; do
  [ -f "$work/$artifact-$jazzer.jar" ] || mvn -q -B -N dependency:copy "-Dartifact=com.code-intelligence:$artifact:$jazzer" \
    "-DoutputDirectory=$work"
done

failed=
for decoder in "$@"; do
  if [ -z "${targets[$decoder]:-}" ]; then
    echo "no decoder $decoder; there are: ${!targets[*]}" >&2
    exit 2
  fi
  read -r module class <<<"${targets[$decoder]}"
  seeds=$PWD/testdata/fuzz/$decoder
  if [ "$decoder" = requests ]; then seeds=$PWD/testdata/fuzz/otlp-protobuf; fi # what the interpreter reads are those requests
  if [ ! -d "$seeds" ]; then
    echo "no seeds for $decoder: $seeds is missing" >&2
    exit 2
  fi
  mkdir -p "$work/$decoder" "$work/$decoder.finds"
  echo "== $decoder, $seconds s"
  # --keep_going=1 ends at the first find. The first input loads and instruments classes: the timeout is generous.
  java -Xmx1g -cp "$work/jazzer-$jazzer.jar:$work/jazzer-api-$jazzer.jar:$module/target/test-classes:$module/target/classes:$(cat "$module/target/fuzz.classpath")" \
    com.code_intelligence.jazzer.Jazzer \
    --target_class="$class" --instrumentation_includes='dev.assay.**:com.google.protobuf.Coded*:com.google.protobuf.util.**:com.google.gson.stream.**:tools.jackson.core.json.**' --custom_hook_excludes='com.**:io.**:net.**:org.**:tools.**' \
    --reproducer_path="$work/$decoder.finds" --keep_going=1 \
    -artifact_prefix="$work/$decoder.finds/" -max_total_time="$seconds" -max_len=65536 -timeout=60 -rss_limit_mb=4096 -print_final_stats=1 \
    "$work/$decoder" "$seeds" "$PWD/testdata/captures" >"$work/$decoder.log" 2>&1 || failed="$failed $decoder"
  grep -E '^stat::(number_of_executed_units|average_exec)|^== Java Exception|cov: ' "$work/$decoder.log" | tail -4 || true
done
if [ -n "$failed" ]; then
  echo "finds in:$failed (bench/fuzz/target/*.finds, *.log)" >&2
  exit 1
fi
