#!/bin/sh
# Builds an OpenTelemetry Collector with an otlp receiver, otlp, otlphttp and file exporters, and a sending queue in
# files; prints its path. The ingest bench compares with it, and web's CollectorIT sends through it.
# Needs go and the Go module proxy. Usage: bench/ingest/collector.sh FOLDER
set -eu
# The newest whose file exporter the module proxy serves whole.
version=${COLLECTOR_VERSION:-v0.159.0}
folder=${1:?a folder to build in}
if ! command -v go >/dev/null; then
  echo "There is no go here: the Collector is not built, and the comparison leaves it out." >&2
  exit 1
fi
mkdir -p "$folder"
cd "$folder"
if [ ! -x dist/otelcol-queue ]; then
  cat > builder.yaml <<YAML
dist:
  name: otelcol-queue
  output_path: ./dist
exporters:
  - gomod: go.opentelemetry.io/collector/exporter/otlpexporter $version
  - gomod: go.opentelemetry.io/collector/exporter/otlphttpexporter $version
  - gomod: github.com/open-telemetry/opentelemetry-collector-contrib/exporter/fileexporter $version
receivers:
  - gomod: go.opentelemetry.io/collector/receiver/otlpreceiver $version
extensions:
  - gomod: github.com/open-telemetry/opentelemetry-collector-contrib/extension/storage/filestorage $version
YAML
  GOFLAGS=-buildvcs=false go run "go.opentelemetry.io/collector/cmd/builder@$version" --config builder.yaml >build.log 2>&1 ||
    { tail -5 build.log >&2; exit 1; }
fi
echo "$PWD/dist/otelcol-queue"
