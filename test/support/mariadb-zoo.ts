/** One of every kind of object that a MariaDB database can hold, with rows that are hard to write down. */
export const zooContent: string = String.raw`
  SET NAMES utf8mb4;
  CREATE DATABASE zoo CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci COMMENT 'all kinds; of ''things''';
  USE zoo;
  CREATE USER zoo_keeper@localhost; CREATE ROLE zoo_role; GRANT ALL ON zoo.* TO zoo_keeper@localhost;
  CREATE SEQUENCE numbers START 1000 INCREMENT 7 CACHE 5;
  SELECT NEXTVAL(numbers);
  CREATE TABLE owner (
    id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(80) NOT NULL COMMENT 'line\nbreak; -- \'quoted\'',
    upper_name VARCHAR(80) AS (UPPER(name)) STORED, short VARCHAR(3) AS (LEFT(name, 3)) VIRTUAL,
    number BIGINT DEFAULT NEXTVAL(numbers), secret INT INVISIBLE DEFAULT 5,
    UNIQUE (name, id), FULLTEXT (name), CHECK (name <> 'x;\n--')) COLLATE utf8mb4_german2_ci AUTO_INCREMENT = 700;
  INSERT INTO owner (id, name) VALUES (1, 'tab\there'), (2, 'line\nbreak'), (3, 'back\\slash'), (4, ''),
    (5, 'Ärger € 漢字 😀'), (6, 'quo''te"d'''), (7, '\n--\n-- Table structure for table '), (8, '),(1,'),
    (9, '\n--\n-- Table structure for table ~owner~\n--\n'), (10, 'end;\n(');
  CREATE TABLE pet (
    id INT PRIMARY KEY, owner BIGINT, kind ENUM('dog', 'cat''s'), tags SET('a', 'b'), photo BLOB, bits BIT(7), uid UUID,
    notes LONGTEXT CHECK (JSON_VALID(notes)), born DATE, at TIMESTAMP(3) NULL, weight DOUBLE, price DECIMAL(20, 4),
    place POINT NOT NULL, address INET6, SPATIAL INDEX (place), INDEX (born DESC),
    FOREIGN KEY (owner) REFERENCES owner (id) ON DELETE CASCADE);
  INSERT INTO pet SELECT seq, 1 + seq % 6, 'cat''s', 'a,b', UNHEX(SHA1(seq)), b'1010101', SYS_GUID(),
    JSON_OBJECT('n', seq), '2020-01-01' + INTERVAL seq DAY, '2026-03-28 02:30:00.123', seq / 3.0, seq / 7,
    POINT(seq, -seq), '::1' FROM seq_1_to_500;
  CREATE TABLE visit (id INT, at DATE, what TEXT, PRIMARY KEY (id, at)) PARTITION BY RANGE (YEAR(at))
    (PARTITION p2024 VALUES LESS THAN (2025), PARTITION rest VALUES LESS THAN MAXVALUE);
  INSERT INTO visit SELECT seq, '2024-12-01' + INTERVAL seq DAY, CONCAT('visit ', seq) FROM seq_1_to_90;
  CREATE TABLE price (id INT PRIMARY KEY, amount INT) WITH SYSTEM VERSIONING;
  INSERT INTO price VALUES (1, 10), (2, 20); UPDATE price SET amount = 11 WHERE id = 1; DELETE FROM price WHERE id = 2;
  CREATE TABLE log (line TEXT) ENGINE = MyISAM; INSERT INTO log VALUES ('one'), ('two');
  CREATE TABLE measure (id INT PRIMARY KEY, of_float FLOAT); INSERT INTO measure VALUES (1, 1.5);
  CREATE TABLE empty (x INT); CREATE TABLE keyless (x INT); INSERT INTO keyless VALUES (2), (1), (NULL);
  CREATE TABLE ~odd ~~name'; DROP.%/\~ (~a b~ INT, ~ü~~x~ TEXT); INSERT INTO ~odd ~~name'; DROP.%/\~ VALUES (1, 'x');
  CREATE TABLE Owner LIKE owner;
  CREATE TABLE tree (id INT, kind CHAR(2), parent INT DEFAULT NULL, made UUID DEFAULT UUID(), lapse TIME(2), y YEAR, num DOUBLE ZEROFILL,
    packed TEXT COMPRESSED, long_text TEXT UNIQUE, CONSTRAINT ~no; way~ CHECK (kind <> 'no'), PRIMARY KEY (id, kind), INDEX unused (y) IGNORED,
    INDEX half (kind(1), made), CONSTRAINT up FOREIGN KEY (parent, kind) REFERENCES tree (id, kind) ON DELETE CASCADE)
    ROW_FORMAT = DYNAMIC STATS_PERSISTENT = 1 COMMENT = 'it''s; \n odd' DEFAULT CHARSET latin1;
  INSERT INTO tree (id, kind, parent, lapse, y, num, packed) VALUES (1, 'a', NULL, '-12:30:00.25', 1999, 1.5, REPEAT('x', 300)), (2, 'a', 1, '1:0', 0, 2e10, NULL);
  CREATE TABLE booked (room INT, s DATE, e DATE, PERIOD FOR stay (s, e), UNIQUE (room, stay WITHOUT OVERLAPS));
  INSERT INTO booked VALUES (1, '2026-01-01', '2026-01-05'), (1, '2026-01-05', '2026-02-01');
  CREATE TABLE hashed (id INT, at DATE) PARTITION BY RANGE (YEAR(at)) SUBPARTITION BY HASH (id) SUBPARTITIONS 2
    (PARTITION p0 VALUES LESS THAN (2000), PARTITION p1 VALUES LESS THAN MAXVALUE COMMENT = 'the ''rest''');
  INSERT INTO hashed SELECT seq, '1990-01-01' + INTERVAL seq YEAR FROM seq_1_to_20;
  CREATE TABLE listed (k VARCHAR(9)) PARTITION BY LIST COLUMNS (k) (PARTITION a VALUES IN ('x', 'it''s'), PARTITION b DEFAULT);
  INSERT INTO listed VALUES ('x'), ('it''s'), (NULL);
  CREATE VIEW z_count AS SELECT COUNT(*) AS n FROM pet;
  CREATE VIEW a_names AS SELECT name, z.n FROM owner JOIN z_count z;
  CREATE ALGORITHM = MERGE DEFINER = zoo_keeper@localhost SQL SECURITY INVOKER VIEW ~of~~cats~ AS
    SELECT id, kind FROM pet WHERE kind = 'cat''s' WITH CASCADED CHECK OPTION;
  CREATE TABLE soon_gone (x INT); CREATE VIEW broken AS SELECT x FROM soon_gone; DROP TABLE soon_gone;
  DELIMITER //
  CREATE FUNCTION greet(who TEXT) RETURNS TEXT DETERMINISTIC COMMENT 'it''s' RETURN CONCAT('hello; ''', who, '''')//
  CREATE AGGREGATE FUNCTION total(x INT) RETURNS INT BEGIN
    DECLARE sum INT DEFAULT 0; DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN sum;
    LOOP FETCH GROUP NEXT ROW; SET sum = sum + x; END LOOP; END//
  CREATE DEFINER = zoo_keeper@localhost PROCEDURE ~tidy ~~up~(INOUT x INT) SQL SECURITY INVOKER BEGIN
    -- Table structure for table ~owner~
    DELETE FROM log WHERE line = ';;'; SET x = x + 1; END//
  SET sql_mode = ORACLE//
  CREATE PACKAGE tools AS FUNCTION one RETURN INT; END//
  CREATE PACKAGE BODY tools AS FUNCTION one RETURN INT AS BEGIN RETURN 1; END; END//
  SET sql_mode = DEFAULT//
  create  trigger /* as typed */ if not exists visit_before BEFORE INSERT ON visit FOR EACH ROW SET NEW.what = CONCAT(NEW.what, ';')//
  CREATE TRIGGER visit_second BEFORE INSERT ON visit FOR EACH ROW FOLLOWS visit_before BEGIN
    INSERT INTO log VALUES ('DELIMITER ;'); END//
  CREATE DEFINER = zoo_role TRIGGER pet_gone AFTER DELETE ON pet FOR EACH ROW INSERT INTO log VALUES (OLD.id)//
  CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE
    COMMENT 'ü' DO BEGIN DELETE FROM log; END//
  DELIMITER ;
  CREATE VIEW greeting AS SELECT greet(name) AS hello FROM owner;
`.replaceAll('~', '\u0060');
