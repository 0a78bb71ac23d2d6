#!/bin/sh
# Valkey with its password from a secret: it can't read one from a file by itself.
set -eu
umask 077
{
  printf 'requirepass %s\n' "$(cat "${WACHTWOORD_FILE:?}")"
  printf 'dir %s\n' "${GEGEVENSMAP:-/data}"
  printf 'port %s\n' "${POORT:-6379}"
  printf 'appendonly yes\nappendfsync everysec\nsave ""\nmaxmemory-policy noeviction\n'
} > "${INSTELLINGEN:-/tmp/valkey.conf}"
exec "${VALKEY_SERVER:-valkey-server}" "${INSTELLINGEN:-/tmp/valkey.conf}"
