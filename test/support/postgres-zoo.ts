/** Roles of the server that the zoo's database belongs to and grants to. */
export const zooRoles = `
  CREATE ROLE zoo_owner LOGIN;
  CREATE ROLE zoo_reader LOGIN;
  CREATE ROLE "odd ""role" NOLOGIN;`;

/** Kinds of those kinds: of sequences, constraints, triggers, partitions, domains, policies, grants, comments. */
const moreContent = `
  CREATE SCHEMA more; SET search_path = more, public;
  CREATE SEQUENCE ticket AS smallint START 9 MAXVALUE 12 CYCLE CACHE 3; SELECT nextval('ticket');
  CREATE TABLE counted (id serial, other int GENERATED ALWAYS AS IDENTITY (START 50 INCREMENT 5));
  INSERT INTO counted DEFAULT VALUES; INSERT INTO counted DEFAULT VALUES; DELETE FROM counted WHERE id = 2;
  CREATE TYPE grade AS ENUM ('low', 'high'); ALTER TYPE grade ADD VALUE 'middle' BEFORE 'high';
  CREATE DOMAIN short AS varchar(9) DEFAULT 'x' NOT NULL CONSTRAINT "no; blanks" CHECK (VALUE !~ ' ');
  CREATE DOMAIN shorter AS short CHECK (length(VALUE) < 4);
  CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
  CREATE TABLE held (id int, code shorter, name text COLLATE folded, seats int[] DEFAULT '{1,2}', at timestamptz DEFAULT now(),
    twice int GENERATED ALWAYS AS (id * 2) STORED, PRIMARY KEY (id) INCLUDE (code), UNIQUE (name) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT small CHECK (id < 1000) NO INHERIT);
  INSERT INTO held (id, code, name, at) VALUES (1, 'a', 'Ä', '2026-03-29 02:30:00+01'), (2, 'b', E'\\u2028', '-infinity');
  CREATE TABLE holds (held int, other int); INSERT INTO holds VALUES (99, 1);
  ALTER TABLE holds ADD CONSTRAINT unproven FOREIGN KEY (held) REFERENCES held NOT VALID;
  ALTER TABLE holds ADD CONSTRAINT later CHECK (other > 5) NOT VALID; ALTER TABLE holds REPLICA IDENTITY FULL;
  CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = more COST 7 PARALLEL UNSAFE
    AS 'BEGIN RETURN NULL; END'; REVOKE ALL ON FUNCTION watch FROM PUBLIC; GRANT EXECUTE ON FUNCTION watch TO zoo_reader;
  CREATE CONSTRAINT TRIGGER late AFTER INSERT ON held DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION watch();
  CREATE TRIGGER of_some AFTER UPDATE OF name ON held FOR EACH STATEMENT EXECUTE FUNCTION watch();
  CREATE TRIGGER with_rows AFTER UPDATE ON held REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION watch();
  CREATE TRIGGER always AFTER INSERT ON holds FOR EACH ROW WHEN (NEW.held > 3) EXECUTE FUNCTION watch();
  ALTER TABLE holds ENABLE ALWAYS TRIGGER always;
  CREATE VIEW guarded WITH (security_barrier) AS SELECT id, name FROM held WHERE id < 5 WITH LOCAL CHECK OPTION;
  CREATE TRIGGER instead INSTEAD OF DELETE ON guarded FOR EACH ROW EXECUTE FUNCTION watch();
  CREATE RECURSIVE VIEW steps (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM steps WHERE n < 5;
  CREATE MATERIALIZED VIEW unfilled AS SELECT id FROM held WITH NO DATA;
  CREATE MATERIALIZED VIEW above AS SELECT count(*) AS n FROM records.tally;
  CREATE TABLE listed (k text, n int) PARTITION BY LIST (k); CREATE INDEX ON listed (n);
  CREATE TABLE listed_a PARTITION OF listed FOR VALUES IN ('a', NULL) PARTITION BY HASH (n);
  CREATE TABLE listed_a0 PARTITION OF listed_a FOR VALUES WITH (MODULUS 2, REMAINDER 0);
  CREATE TABLE listed_a1 (n int, gone int, k text); ALTER TABLE listed_a1 DROP gone;
  ALTER TABLE listed_a ATTACH PARTITION listed_a1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
  INSERT INTO listed SELECT 'a', n FROM generate_series(1, 20) n;
  CREATE TABLE of_type OF records.size (PRIMARY KEY (height)); INSERT INTO of_type VALUES (1, 2.50);
  ALTER TABLE holds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY never ON holds AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (other > 0) WITH CHECK (other < 9);
  CREATE USER MAPPING FOR zoo_reader SERVER far OPTIONS (user 'u');
  CREATE TEXT SEARCH DICTIONARY plain_dict (TEMPLATE = simple, stopwords = 'english');
  CREATE OPERATOR FAMILY likes USING btree; CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
  CREATE TABLE packed (a text) USING heap_too WITH (autovacuum_enabled = false);
  CREATE CONVERSION odd FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
  ALTER TABLE held ALTER name SET STATISTICS 300, ALTER id SET (n_distinct = -0.5);
  GRANT USAGE ON SEQUENCE ticket TO zoo_reader; GRANT USAGE ON TYPE grade TO "odd ""role";
  GRANT USAGE ON FOREIGN SERVER far TO zoo_reader; REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
  ALTER DEFAULT PRIVILEGES FOR ROLE zoo_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
  ALTER SEQUENCE ticket OWNER TO zoo_owner; ALTER VIEW guarded OWNER TO zoo_owner; ALTER TYPE grade OWNER TO zoo_owner;
  GRANT SELECT ON records.tally TO zoo_owner; ALTER MATERIALIZED VIEW above OWNER TO zoo_owner; ALTER SCHEMA more OWNER TO zoo_owner;
  COMMENT ON SCHEMA more IS 'more'; COMMENT ON CONSTRAINT small ON held IS 'c'; COMMENT ON TRIGGER always ON holds IS 't';
  COMMENT ON POLICY never ON holds IS 'p'; COMMENT ON DOMAIN short IS 'd'; COMMENT ON SEQUENCE ticket IS 's';
  COMMENT ON TYPE grade IS E'e\\n'; COMMENT ON MATERIALIZED VIEW above IS 'm'; COMMENT ON COLLATION folded IS 'f';
  COMMENT ON INDEX listed_n_idx IS 'i'; COMMENT ON EVENT TRIGGER watch IS 'w';
  COMMENT ON RULE no_delete ON records.cats IS 'r'; RESET search_path;`;

/** One of every kind of object that a PostgreSQL database can hold, with rows that are hard to write down. */
export const zooContent = `
  CREATE EXTENSION hstore; CREATE EXTENSION pg_trgm; CREATE EXTENSION pgcrypto;
  CREATE SCHEMA records AUTHORIZATION zoo_owner;
  CREATE COLLATION records.german (provider = icu, locale = 'de-u-co-phonebk');
  CREATE TYPE records.kind AS ENUM ('dog', 'cat', 'parrot');
  CREATE TYPE records.size AS (height int, weight numeric);
  CREATE TYPE records.span AS RANGE (subtype = float8);
  CREATE DOMAIN records.phone AS text CHECK (VALUE ~ '^[+0-9 ]+$');
  CREATE SEQUENCE records.number START 1000 INCREMENT 7; SELECT nextval('records.number');
  CREATE TABLE records.owner (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    name text COLLATE records.german NOT NULL, phone records.phone, tags hstore,
    upper_name text GENERATED ALWAYS AS (upper(name)) STORED,
    UNIQUE (name, phone));
  CREATE TABLE records.pet (
    id int PRIMARY KEY, owner bigint REFERENCES records.owner ON DELETE CASCADE DEFERRABLE,
    kind records.kind, size records.size, photo bytea, notes jsonb, born date, span records.span,
    EXCLUDE USING gist (span WITH &&));
  INSERT INTO records.owner (name, phone, tags) VALUES
    (E'tab\\there', '+49 1', 'a=>1'), (E'line\\nbreak', NULL, NULL), (E'back\\\\slash', '0 0', NULL),
    ('\\.', '1', NULL), ('', '2', NULL), ('Ärger € 漢字', '3', NULL);
  INSERT INTO records.pet SELECT n, 1 + n % 6, 'cat', format('(%s,%s)', n, n / 3.0)::records.size, decode(md5(n::text), 'hex'),
    jsonb_build_object('n', n), date '2020-01-01' + n, records.span(n, n + 0.5) FROM generate_series(1, 500) n;
  CREATE INDEX pet_notes ON records.pet USING gin (notes);
  CREATE INDEX pet_born ON records.pet (born DESC) WHERE kind = 'dog';
  CREATE INDEX owner_name ON records.owner USING gin (name gin_trgm_ops);
  CREATE STATISTICS records.pet_stats (dependencies) ON kind, born FROM records.pet;
  ALTER TABLE records.pet ALTER COLUMN notes SET STORAGE EXTERNAL, SET (fillfactor = 70), CLUSTER ON pet_pkey;
  CREATE TABLE visit (id int, at date, what text) PARTITION BY RANGE (at);
  CREATE TABLE visit_2025 PARTITION OF visit FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  CREATE TABLE visit_rest PARTITION OF visit DEFAULT;
  INSERT INTO visit SELECT n, date '2024-12-01' + n, 'visit ' || n FROM generate_series(1, 90) n;
  CREATE TABLE parent (a int); CREATE TABLE child (b int) INHERITS (parent);
  INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2, 3), (4, 5);
  CREATE UNLOGGED TABLE cache (k text PRIMARY KEY, v text); INSERT INTO cache VALUES ('k', 'v');
  CREATE TABLE nothing (); CREATE TABLE empty (x int);
  CREATE TABLE "odd ""name; DROP" ("a b" int, "ü" text); INSERT INTO "odd ""name; DROP" VALUES (1, 'x');
  CREATE VIEW records.cats AS SELECT id, owner FROM records.pet WHERE kind = 'cat' WITH CHECK OPTION;
  CREATE RULE no_delete AS ON DELETE TO records.cats DO INSTEAD NOTHING;
  CREATE MATERIALIZED VIEW records.tally AS SELECT kind, count(*) FROM records.pet GROUP BY 1;
  CREATE UNIQUE INDEX ON records.tally (kind);
  CREATE FUNCTION records.greet(who text DEFAULT 'you') RETURNS text LANGUAGE plpgsql IMMUTABLE
    AS $body$ BEGIN RETURN 'hello; ''' || who || ''''; END $body$;
  CREATE PROCEDURE records.tidy() LANGUAGE sql AS 'DELETE FROM public.cache';
  CREATE AGGREGATE records.glue (text) (SFUNC = textcat, STYPE = text, INITCOND = '');
  CREATE OPERATOR records.### (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl);
  CREATE CAST (records.kind AS int) WITH INOUT;
  CREATE FUNCTION records.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER touch BEFORE UPDATE ON records.pet FOR EACH ROW EXECUTE FUNCTION records.touch();
  ALTER TABLE records.pet DISABLE TRIGGER touch;
  CREATE FUNCTION records.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
  CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION records.on_ddl();
  CREATE TEXT SEARCH CONFIGURATION records.plain (COPY = simple);
  CREATE PUBLICATION changes FOR TABLE records.pet;
  CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER far FOREIGN DATA WRAPPER nowhere OPTIONS (host 'x');
  CREATE FOREIGN TABLE distant (a int) SERVER far;
  ALTER TABLE records.owner ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON records.owner FOR SELECT TO zoo_reader USING (id > 1);
  GRANT USAGE ON SCHEMA records TO zoo_reader, "odd ""role";
  GRANT SELECT (id, name) ON records.owner TO zoo_reader; GRANT ALL ON records.pet TO zoo_reader WITH GRANT OPTION;
  ALTER DEFAULT PRIVILEGES IN SCHEMA records GRANT SELECT ON TABLES TO zoo_reader;
  ALTER TABLE records.owner OWNER TO zoo_owner; ALTER FUNCTION records.greet OWNER TO zoo_owner;
  COMMENT ON TABLE records.owner IS 'whose; ''they'' are'; COMMENT ON COLUMN records.pet.photo IS 'a picture';
  COMMENT ON FUNCTION records.greet IS 'says hello'; COMMENT ON EXTENSION hstore IS 'ours';
  SELECT lo_from_bytea(4711, decode('00ff5c6e0a', 'hex')); SELECT lo_from_bytea(4712, repeat('x', 9000)::bytea);
  GRANT SELECT ON LARGE OBJECT 4711 TO zoo_reader; COMMENT ON LARGE OBJECT 4712 IS 'a scan';
  ALTER LARGE OBJECT 4712 OWNER TO zoo_owner;${moreContent}`;

/** What belongs to the database by its number. */
export const zooProperties = (name: string): string => `
  ALTER DATABASE ${name} SET search_path = records, "$user", public;
  ALTER DATABASE ${name} SET work_mem = '7MB'; ALTER DATABASE ${name} SET "my.setting" = 'it''s, "this"';
  ALTER DATABASE ${name} SET default_transaction_read_only = off;
  ALTER ROLE zoo_reader IN DATABASE ${name} SET statement_timeout = '3s';
  ALTER ROLE "odd ""role" IN DATABASE ${name} SET search_path = "Odd, schema", public;
  REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO zoo_reader;
  GRANT CREATE ON DATABASE ${name} TO "odd ""role" WITH GRANT OPTION;
  ALTER DATABASE ${name} CONNECTION LIMIT 50; COMMENT ON DATABASE ${name} IS 'the zoo''s own';`;
