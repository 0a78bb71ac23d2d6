#!/bin/sh
# Make the secrets of a new server in ./secrets (or in the folder given). Never overwrites one.
# The folder is for its owner only; the files are readable, because each container has a user of its own.
set -eu
map="${1:-secrets}"
umask 077
mkdir -p "$map"
if [ -e "$map/secret_key" ]; then
  echo "In $map staan al geheimen; er is niets veranderd." >&2
  exit 1
fi
willekeurig() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
schrijf() { printf '%s' "$2" > "$map/$1"; chmod 0444 "$map/$1"; }

postgres=$(willekeurig 24)
valkey=$(willekeurig 24)
schrijf postgres_wachtwoord "$postgres"
schrijf valkey_wachtwoord "$valkey"
schrijf beheerder_url "postgres://postgres:$postgres@postgres:5432/postgres"
schrijf database_url "postgres://skt_web:$(willekeurig 24)@postgres:5432/skt"
schrijf database_url_eigenaar "postgres://skt_eigenaar:$(willekeurig 24)@postgres:5432/skt"
schrijf database_url_rapport "postgres://skt_rapport:$(willekeurig 24)@postgres:5432/skt"
schrijf database_url_beleid "postgres://skt_beleid:$(willekeurig 24)@postgres:5432/skt"
schrijf redis_url "redis://:$valkey@valkey:6379/0"
schrijf context_key "$(willekeurig 32)"
schrijf veldsleutels "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n')"
# Last: its being there means that all are.
schrijf secret_key "$(willekeurig 48)"
echo "De geheimen staan in $map. Bewaar een kopie op een veilige plek, los van de back-up van de database."
