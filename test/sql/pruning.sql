-- flis_is_available is inlined, so that a condition on the period is one on the column: an index on it
-- is used, and the partitions beyond the covered month are not even opened.
CREATE EXTENSION flis;
SET datestyle = 'ISO, YMD';
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE facts (month date NOT NULL, n int) PARTITION BY RANGE (month);
CREATE TABLE facts_2025_03 PARTITION OF facts FOR VALUES FROM ('2025-03-01') TO ('2025-04-01');
CREATE TABLE facts_2025_04 PARTITION OF facts FOR VALUES FROM ('2025-04-01') TO ('2025-05-01');
CREATE TABLE facts_2025_05 PARTITION OF facts FOR VALUES FROM ('2025-05-01') TO ('2025-06-01');
CREATE TABLE facts_2025_06 PARTITION OF facts FOR VALUES FROM ('2025-06-01') TO ('2025-07-01');
CREATE INDEX ON facts (month);
INSERT INTO facts SELECT month, 1 FROM generate_series('2025-03-01', '2025-06-01', interval '1 month') month;

-- On 30 June data packages reach April: two of the four partitions are removed.
EXPLAIN (COSTS OFF) SELECT n FROM facts WHERE flis_is_available('borger', month, '2025-06-30');
SELECT max(month) FROM facts WHERE flis_is_available('borger', month, '2025-06-30');

-- Asked for first and handed over as a parameter the bound is a constant to a custom plan: the partitions
-- beyond it are left out while planning already.
PREPARE chart(date) AS SELECT n FROM facts WHERE month <= $1;
SET plan_cache_mode = force_custom_plan;
EXPLAIN (COSTS OFF) EXECUTE chart(flis_data_through('borger', '2025-06-30'));
DEALLOCATE chart;

-- The same in a prepared statement's generic plan, which is not bound to the answer of its first run.
PREPARE trend(date) AS SELECT count(*) FROM facts WHERE flis_is_available('borger', month, $1);
SET plan_cache_mode = force_generic_plan;
EXECUTE trend('2025-06-30');
EXECUTE trend('2025-07-10');
INSERT INTO flis_status (as_of, area, state) VALUES ('2025-07-01', 'borger', 'closed');
EXECUTE trend('2025-07-10');

DROP TABLE facts;
DROP EXTENSION flis;
