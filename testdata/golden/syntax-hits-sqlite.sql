-- hesopmatch: hits of study.hesop.2024, in sqlite.
-- A row for each value that a list covers.
-- List 1 "O'Brien; drop": 5 entries, fingerprint a00e940448aa6027.
-- List 2 "a]b\"c": 5 entries, fingerprint c871ef1153b72d27.
-- All lists: fingerprint b256b85cdbdb8bc4.
-- Columns: DIAG_4_01, DIAG_4_02, DIAG_4_03, DIAG_4_CONCAT, OPERTN_4_01, OPERTN_4_02, OPERTN_4_CONCAT.

-- The appointments, numbered because a key may repeat or be absent.
WITH appointments AS (
  SELECT ROW_NUMBER() OVER () AS appointment, "ATTENDKEY" AS keep_1, "PSEUDO_HESID" AS keep_2,
    CAST("DIAG_4_01" AS text) AS code_1, CAST("DIAG_4_02" AS text) AS code_2, CAST("DIAG_4_03" AS text) AS code_3,
    CAST("DIAG_4_CONCAT" AS text) AS code_4, CAST("OPERTN_4_01" AS text) AS code_5,
    CAST("OPERTN_4_02" AS text) AS code_6, CAST("OPERTN_4_CONCAT" AS text) AS code_7
  FROM "study"."hesop.2024"
),
-- A row for each code column that is not empty. An appointment without any keeps one row without a value.
fields AS (
  SELECT v.appointment, v.keep_1, v.keep_2, f.system, f.form, f.position, f.cuts, f.field, j.value AS value
  FROM appointments AS v
  LEFT JOIN json_each(json_array(
    v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, v.code_6, v.code_7
  )) AS j ON j.value <> ''
  LEFT JOIN (
    SELECT column1 AS number, column2 AS system, column3 AS form, column4 AS position, column5 AS cuts,
      column6 AS field
    FROM (VALUES
      (0, 'ICD-10', 'positional', 1, 4, 'DIAG_4_01'), (1, 'ICD-10', 'positional', 2, 4, 'DIAG_4_02'),
      (2, 'ICD-10', 'positional', 3, 4, 'DIAG_4_03'), (3, 'ICD-10', 'concatenated', 0, 4, 'DIAG_4_CONCAT'),
      (4, 'OPCS-4', 'positional', 1, 0, 'OPERTN_4_01'), (5, 'OPCS-4', 'positional', 2, 0, 'OPERTN_4_02'),
      (6, 'OPCS-4', 'concatenated', 0, 0, 'OPERTN_4_CONCAT')
    )
  ) AS f ON f.number = j.key
),
-- Split a concatenated column into one value for each position.
slots AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form,
    CASE WHEN v.form = 'concatenated' THEN s.key + 1 ELSE v.position END AS position, v.cuts, v.field,
    s.value AS value
  FROM fields AS v
  CROSS JOIN json_each(CASE WHEN v.form = 'concatenated'
    THEN '[' || REPLACE(json_quote(v.value), ',', '","') || ']' ELSE json_array(v.value) END) AS s
),
-- Remove white space around a value and the dots in it.
texts AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form, v.position, v.cuts, v.field, v.value,
    REPLACE(TRIM(v.value, ' ' || char(9, 160)), '.', '') AS letters
  FROM slots AS v
  LIMIT -1
),
-- Remove a dagger or asterisk mark after a diagnosis.
unmarked_texts AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form, v.position, v.cuts, v.field, v.value,
    CASE
        WHEN v.system = 'ICD-10' AND LENGTH(v.letters) > 4 AND SUBSTR(v.letters, -1) IN ('A', 'D', 'a', 'd')
        THEN SUBSTR(v.letters, 1, LENGTH(v.letters) - 1) ELSE v.letters END AS unmarked
  FROM texts AS v
),
-- Remove dashes at the end.
code_texts AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form, v.position, v.cuts, v.field, v.value,
    RTRIM(v.unmarked, '-') AS code_text
  FROM unmarked_texts AS v
  LIMIT -1
),
-- Whether the value is a code by the grammar of its system, and whether it stands for a missing code.
grammar AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form, v.position, v.cuts, v.field, v.value, v.code_text,
    CASE WHEN v.system = 'ICD-10' AND (v.code_text GLOB '[A-Za-z][0-9][0-9]'
        OR v.code_text GLOB '[A-Za-z][0-9][0-9][0-9Xx]'
        OR v.code_text GLOB '[A-Za-z][0-9][0-9][0-9Xx][0-9]')
      OR v.system = 'OPCS-4' AND (v.code_text GLOB '[A-HJ-Za-hj-z][0-9][0-9]'
        OR v.code_text GLOB '[A-HJ-Za-hj-z][0-9][0-9][0-9Xx]')
      THEN 1 ELSE 0 END AS is_code,
    CASE WHEN UPPER(SUBSTR(v.code_text, 1, 3)) = CASE v.system WHEN 'ICD-10' THEN 'R69' ELSE 'X99' END
      THEN 1 ELSE 0 END AS is_missing
  FROM code_texts AS v
),
-- The key of a value: its code, of four or five characters, and the length to which its field may have truncated it.
keys AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form, v.position, v.field, v.value,
    CASE
      WHEN v.is_code = 1 AND LENGTH(v.code_text) = 3 AND v.cuts <> 3 THEN UPPER(v.code_text || 'X')
      WHEN v.is_code = 1 THEN UPPER(SUBSTR(v.code_text, 1, 5))
    END AS code,
    CASE WHEN v.is_code = 1 AND LENGTH(v.code_text) = v.cuts THEN v.cuts ELSE 0 END AS cut,
    CASE WHEN v.is_code = 1 AND v.is_missing = 0 THEN 1 ELSE 0 END AS is_coded,
    CASE
      WHEN v.is_code = 1 AND LENGTH(v.code_text) = 3 THEN UPPER(v.code_text || 'X')
      WHEN v.is_code = 1 OR v.is_missing = 1 THEN UPPER(v.code_text)
    END AS same
  FROM grammar AS v
  LIMIT -1
),
-- The categories in which some list has codes.
categories AS (
  SELECT column1 AS system, column2 AS category
  FROM (VALUES
    ('ICD-10', 'F32'), ('ICD-10', 'F33'), ('ICD-10', 'F34'), ('ICD-10', 'I10'), ('ICD-10', 'M05'),
    ('OPCS-4', 'K40'), ('OPCS-4', 'K45')
  )
),
-- Values of other categories match nothing.
listed AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form, v.position, v.field, v.value, v.code, v.cut, v.is_coded,
    v.same
  FROM keys AS v
  INNER JOIN categories AS g ON g.system = v.system AND g.category = SUBSTR(v.same, 1, 3)
),
-- Which positional and concatenated values are the same code at the same position.
beside AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form, v.position, v.field, v.value, v.code, v.cut, v.is_coded,
    v.same,
    SUM(CASE WHEN v.form = 'positional' THEN 1 ELSE 0 END)
      OVER (PARTITION BY v.appointment, v.system, v.same, v.position) AS beside_positional,
    SUM(CASE WHEN v.form = 'concatenated' THEN 1 ELSE 0 END)
      OVER (PARTITION BY v.appointment, v.system, v.same, v.position) AS beside_concatenated
  FROM listed AS v
),
-- Which of the remaining values are the same code at other positions.
alone AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form, v.position, v.field, v.value, v.code, v.cut, v.is_coded,
    v.same, v.beside_positional,
    SUM(CASE WHEN v.form = 'positional' AND v.beside_concatenated = 0 THEN 1 ELSE 0 END)
      OVER (PARTITION BY v.appointment, v.system, v.same) AS alone_positional,
    SUM(CASE WHEN v.form = 'concatenated' AND v.beside_positional = 0 THEN 1 ELSE 0 END)
      OVER (PARTITION BY v.appointment, v.system, v.same
        ORDER BY v.position ROWS UNBOUNDED PRECEDING) AS nth_concatenated
  FROM beside AS v
),
-- The positional value of a pair answers for both.
paired AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form, v.position, v.field, v.value, v.code, v.cut, v.is_coded,
    v.same
  FROM alone AS v
  WHERE v.form IS NULL OR v.form <> 'concatenated' OR v.same IS NULL
    OR v.beside_positional = 0 AND v.nth_concatenated > v.alone_positional
),
-- The subcategories in which some list has codes of five characters.
divided AS (
  SELECT column1 AS code
  FROM (VALUES
    ('M051')
  )
),
-- Look up other codes of five characters by four, and other codes of four as whole.
fives AS (
  SELECT v.appointment, v.keep_1, v.keep_2, v.system, v.form, v.position, v.field, v.value,
    CASE WHEN LENGTH(v.code) = 5 AND d.code IS NULL THEN SUBSTR(v.code, 1, 4) ELSE v.code END AS code,
    CASE WHEN v.cut = 4 AND d.code IS NULL THEN 0 ELSE v.cut END AS cut, v.is_coded
  FROM paired AS v
  LEFT JOIN divided AS d ON v.system = 'ICD-10' AND d.code = SUBSTR(v.code, 1, 4)
),
-- The lists.
lists AS (
  SELECT column1 AS list, column2 AS name
  FROM (VALUES
    (1, 'O''Brien; drop'), (2, 'a]b"c')
  )
),
-- The table of codes: what each list decides about a value. Cut is the length of a truncated value, or 0.
codes AS MATERIALIZED (
  SELECT t.list, t.system, t.cut, w.value AS code, t.state, t.entry
  FROM (
    SELECT column1 AS list, column2 AS system, column3 AS cut, column4 AS state, column5 AS entry, column6 AS codes
    FROM (VALUES
      (1, 'ICD-10', 0, 'match', 'F32', 'F32X'), (1, 'ICD-10', 0, 'match', 'F32.1', 'F321'),
      (1, 'ICD-10', 0, 'match', 'F32.2', 'F322'),
      (1, 'ICD-10', 0, 'match', 'F33', 'F33X F330 F331 F332 F333 F334 F335 F336 F337 F338 F339'),
      (1, 'ICD-10', 0, 'match', 'F34.1', 'F341'), (2, 'ICD-10', 0, 'match', 'i10x', 'I10X'),
      (2, 'ICD-10', 4, 'open', '', 'M051'), (2, 'ICD-10', 0, 'match', 'M05.10', 'M0510'),
      (2, 'OPCS-4', 0, 'match', 'K40..', 'K40X K400 K401 K402 K403 K404 K405 K406 K407 K408 K409'),
      (2, 'OPCS-4', 0, 'match', 'K45.1, K45.2', 'K451 K452')
    )
  ) AS t
  CROSS JOIN json_each('["' || REPLACE(t.codes, ' ', '","') || '"]') AS w
),
-- One row. SQLite expects many, and so builds an index of the table of codes.
one_of_many AS (
  SELECT 1 AS n
  UNION ALL
  SELECT n + 1 FROM one_of_many WHERE n < 1
)
SELECT v.keep_1 AS "ATTENDKEY", v.keep_2 AS "PSEUDO_HESID", l.name AS "list", v.system AS "system",
  v.position AS "position", v.field AS "column", v.value AS "value", c.entry AS "entry"
FROM fives AS v
CROSS JOIN one_of_many AS one_a
CROSS JOIN one_of_many AS one_b
CROSS JOIN codes AS c ON c.system = v.system AND c.cut = v.cut AND c.code = v.code
  AND c.state = 'match'
INNER JOIN lists AS l ON l.list = c.list;
