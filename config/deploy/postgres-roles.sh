#!/bin/sh
# Runs once, when the postgres container creates its cluster: two roles, so that the services can neither change the
# schema nor delete a row, and the migrations can.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v owner_password="$KHOSO_OWNER_PASSWORD" -v app_password="$KHOSO_APP_PASSWORD" <<'SQL'
CREATE ROLE khoso_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE khoso_app LOGIN PASSWORD :'app_password';
ALTER DATABASE khoso OWNER TO khoso_owner;
REVOKE ALL ON DATABASE khoso FROM PUBLIC;
GRANT CONNECT ON DATABASE khoso TO khoso_app;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SQL
