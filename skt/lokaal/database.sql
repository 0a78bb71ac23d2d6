-- What every database of SKT-loket needs before the first migration. Run inside the database, by its owner's superior
-- (skt.lokaal.inrichten does); safe to run again. Roles are fixed: skt_eigenaar, skt_web, skt_rapport, skt_beleid.

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO skt_eigenaar;
GRANT USAGE ON SCHEMA public TO skt_web, skt_rapport, skt_beleid;

CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA public;

-- Each new table of the owner: the site may read, add and change; only a migration may grant more (DELETE) or less.
ALTER DEFAULT PRIVILEGES FOR ROLE skt_eigenaar IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO skt_web;
ALTER DEFAULT PRIVILEGES FOR ROLE skt_eigenaar IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO skt_web;


-- The text of a running statement holds the signed context of whoever runs it (skt.autorisatie.context). Sessions of one role can
-- read each other's statements here, so nobody but the server's own administrators may look.
REVOKE SELECT ON pg_catalog.pg_stat_activity FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_stat_get_activity(integer) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_stat_get_backend_activity(integer) FROM PUBLIC;
