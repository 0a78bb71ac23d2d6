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
