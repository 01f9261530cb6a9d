#!/bin/sh
# Makes the secrets of compose.production.yaml where there are none. What is there stays as it is.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
make() {
  [ -s "secrets/$1" ] && return
  printf '%s' "$2" > "secrets/$1"
  # Containers read them as another account; the folder keeps other people of this host out.
  chmod 0444 "secrets/$1"
  echo "made docker/secrets/$1"
}
make database_password "$(openssl rand -hex 24)"
make database_url "postgres://fettle:$(cat secrets/database_password)@database:5432/fettle"
make fettle_secret "$(openssl rand -base64 48 | tr -d '\n')"
echo 'Keep a copy of docker/secrets elsewhere: without fettle_secret stored credentials cannot be read.'
