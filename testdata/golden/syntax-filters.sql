-- hesopmatch: people of hesop, in postgres.
-- A row for each person and list, from the appointments that match and have a person and a day.
-- Only codes in the first position match.
-- Only appointments at which the patient was seen.
-- Only appointments on or after 2019-04-01.
-- Only appointments on or before 2020-03-31.
-- Only the first appointment of each ATTENDKEY, in order of APPTDATE.
-- List 1 "O'Brien; drop": 5 entries, fingerprint a00e940448aa6027.
-- List 2 "a]b\"c": 5 entries, fingerprint c871ef1153b72d27.
-- All lists: fingerprint ded99c5761e8ef8b.
-- Columns: DIAG_4_01, DIAG_4_02, DIAG_4_03, OPERTN_4_01, OPERTN_4_02.

-- The appointments, numbered because a key may repeat or be absent.
WITH appointments AS (
  SELECT ROW_NUMBER() OVER () AS appointment, CAST("PSEUDO_HESID" AS text) AS person,
    CAST("APPTDATE" AS text) AS date_text, CAST("ATTENDED" AS text) AS attended,
    CAST("ATTENDKEY" AS text) AS once_key, CAST("APPTDATE" AS text) AS once_order,
    CAST("DIAG_4_01" AS text) AS code_1, CAST("DIAG_4_02" AS text) AS code_2, CAST("DIAG_4_03" AS text) AS code_3,
    CAST("OPERTN_4_01" AS text) AS code_4, CAST("OPERTN_4_02" AS text) AS code_5
  FROM "hesop"
),
-- Remove white space around these columns.
trimmed AS (
  SELECT v.appointment, v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, BTRIM(v.person, E' \t\u00a0') AS person,
    BTRIM(v.date_text, E' \t\u00a0') AS date_text, BTRIM(v.attended, E' \t\u00a0') AS attended,
    BTRIM(v.once_key, E' \t\u00a0') AS once_key, BTRIM(v.once_order, E' \t\u00a0') AS once_order
  FROM appointments AS v
  OFFSET 0
),
-- The day as 2019-05-08, from ####-##-##, ####/##/##, ########, ##/##/####, ##-##-####, with or without a time.
dates AS (
  SELECT v.appointment, v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, v.person, v.attended, v.once_key,
    v.once_order,
    CASE
      WHEN LEFT(v.date_text, 10) ~ '^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$'
        AND SUBSTR(v.date_text, 11, 1) IN ('', ' ', 'T', ':')
        THEN SUBSTR(v.date_text, 1, 4) || '-' || SUBSTR(v.date_text, 6, 2) || '-' || SUBSTR(v.date_text, 9, 2)
      WHEN LEFT(v.date_text, 10) ~ '^[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]$'
        AND SUBSTR(v.date_text, 11, 1) IN ('', ' ', 'T', ':')
        THEN SUBSTR(v.date_text, 1, 4) || '-' || SUBSTR(v.date_text, 6, 2) || '-' || SUBSTR(v.date_text, 9, 2)
      WHEN LEFT(v.date_text, 8) ~ '^[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]$'
        AND SUBSTR(v.date_text, 9, 1) IN ('', ' ', 'T', ':')
        THEN SUBSTR(v.date_text, 1, 4) || '-' || SUBSTR(v.date_text, 5, 2) || '-' || SUBSTR(v.date_text, 7, 2)
      WHEN LEFT(v.date_text, 10) ~ '^[0-9][0-9]/[0-9][0-9]/[0-9][0-9][0-9][0-9]$'
        AND SUBSTR(v.date_text, 11, 1) IN ('', ' ', 'T', ':')
        THEN SUBSTR(v.date_text, 7, 4) || '-' || SUBSTR(v.date_text, 4, 2) || '-' || SUBSTR(v.date_text, 1, 2)
      WHEN LEFT(v.date_text, 10) ~ '^[0-9][0-9]-[0-9][0-9]-[0-9][0-9][0-9][0-9]$'
        AND SUBSTR(v.date_text, 11, 1) IN ('', ' ', 'T', ':')
        THEN SUBSTR(v.date_text, 7, 4) || '-' || SUBSTR(v.date_text, 4, 2) || '-' || SUBSTR(v.date_text, 1, 2)
    END AS iso
  FROM trimmed AS v
  OFFSET 0
),
-- Only valid days, without those that stand for a missing date.
days AS (
  SELECT v.appointment, v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, v.person, v.attended, v.once_key,
    v.once_order,
    CASE WHEN SUBSTR(v.iso, 6, 2) BETWEEN '01' AND '12' AND SUBSTR(v.iso, 9, 2) BETWEEN '01' AND CASE
        WHEN SUBSTR(v.iso, 6, 2) IN ('04', '06', '09', '11') THEN '30'
        WHEN SUBSTR(v.iso, 6, 2) <> '02' THEN '31'
        WHEN CAST(SUBSTR(v.iso, 1, 4) AS integer) % 4 = 0
          AND (CAST(SUBSTR(v.iso, 1, 4) AS integer) % 100 <> 0
            OR CAST(SUBSTR(v.iso, 1, 4) AS integer) % 400 = 0) THEN '29'
        ELSE '28' END
      AND v.iso NOT IN ('1800-01-01', '1801-01-01', '1600-01-01', '1582-10-15')
      THEN v.iso END AS day
  FROM dates AS v
  OFFSET 0
),
-- Only the appointments that the filters keep.
taken AS (
  SELECT v.appointment, v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, v.person, v.attended, v.once_key,
    v.once_order, v.day
  FROM days AS v
  WHERE v.attended IN ('5', '05', '5.0', '6', '06', '6.0')
    AND v.day >= '2019-04-01'
    AND v.day <= '2020-03-31'
),
-- The appointments of each key in order. Shorter values come first, to sort numbers and days; empty ones come last.
ordered AS (
  SELECT v.appointment, v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, v.person, v.attended, v.once_key,
    v.once_order, v.day,
    CASE WHEN v.once_key <> '' THEN ROW_NUMBER() OVER (
        PARTITION BY v.once_key
        ORDER BY CASE WHEN v.once_order <> '' THEN 0 ELSE 1 END, LENGTH(v.once_order), v.once_order COLLATE "C")
      ELSE 1 END AS nth
  FROM taken AS v
),
-- Only the first appointment of each key, and every appointment without a key.
first_ones AS (
  SELECT v.appointment, v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, v.person, v.attended, v.once_key,
    v.once_order, v.day
  FROM ordered AS v
  WHERE v.nth = 1
),
-- A row for each code column that is not empty. An appointment without any keeps one row without a value.
fields AS (
  SELECT v.appointment, v.person, v.day, f.system, f.form, f.position, f.cuts, f.field, f.value
  FROM first_ones AS v
  LEFT JOIN LATERAL (VALUES
    ('ICD-10', 'positional', 1, 4, 'DIAG_4_01', v.code_1),
    ('ICD-10', 'positional', 2, 4, 'DIAG_4_02', v.code_2),
    ('ICD-10', 'positional', 3, 4, 'DIAG_4_03', v.code_3),
    ('OPCS-4', 'positional', 1, 0, 'OPERTN_4_01', v.code_4),
    ('OPCS-4', 'positional', 2, 0, 'OPERTN_4_02', v.code_5)
  ) AS f(system, form, position, cuts, field, value) ON f.value <> ''
),
-- Remove white space around a value and the dots in it.
texts AS (
  SELECT v.appointment, v.person, v.day, v.system, v.form, v.position, v.cuts, v.field, v.value,
    REPLACE(BTRIM(v.value, E' \t\u00a0'), '.', '') AS letters
  FROM fields AS v
  OFFSET 0
),
-- Remove a dagger or asterisk mark after a diagnosis.
unmarked_texts AS (
  SELECT v.appointment, v.person, v.day, v.system, v.form, v.position, v.cuts, v.field, v.value,
    CASE
        WHEN v.system = 'ICD-10' AND LENGTH(v.letters) > 4 AND RIGHT(v.letters, 1) IN ('A', 'D', 'a', 'd')
        THEN LEFT(v.letters, LENGTH(v.letters) - 1) ELSE v.letters END AS unmarked
  FROM texts AS v
  OFFSET 0
),
-- Remove dashes at the end.
code_texts AS (
  SELECT v.appointment, v.person, v.day, v.system, v.form, v.position, v.cuts, v.field, v.value,
    RTRIM(v.unmarked, '-') AS code_text
  FROM unmarked_texts AS v
  OFFSET 0
),
-- Whether the value is a code by the grammar of its system, and whether it stands for a missing code.
grammar AS (
  SELECT v.appointment, v.person, v.day, v.system, v.form, v.position, v.cuts, v.field, v.value, v.code_text,
    CASE WHEN v.system = 'ICD-10' AND v.code_text ~ '^[A-Za-z][0-9]{2}([0-9Xx][0-9]?)?$'
      OR v.system = 'OPCS-4' AND v.code_text ~ '^[A-HJ-Za-hj-z][0-9]{2}[0-9Xx]?$'
      THEN 1 ELSE 0 END AS is_code,
    CASE WHEN UPPER(LEFT(v.code_text, 3)) = CASE v.system WHEN 'ICD-10' THEN 'R69' ELSE 'X99' END
      THEN 1 ELSE 0 END AS is_missing
  FROM code_texts AS v
  OFFSET 0
),
-- The key of a value: its code, of four or five characters, and the length to which its field may have truncated it.
keys AS (
  SELECT v.appointment, v.person, v.day, v.system, v.form, v.position, v.field, v.value,
    CASE
      WHEN v.is_code = 1 AND LENGTH(v.code_text) = 3 AND v.cuts <> 3 THEN UPPER(v.code_text || 'X')
      WHEN v.is_code = 1 THEN UPPER(LEFT(v.code_text, 5))
    END AS code,
    CASE WHEN v.is_code = 1 AND LENGTH(v.code_text) = v.cuts THEN v.cuts ELSE 0 END AS cut,
    CASE WHEN v.is_code = 1 AND v.is_missing = 0 THEN 1 ELSE 0 END AS is_coded
  FROM grammar AS v
  OFFSET 0
),
-- The subcategories in which some list has codes of five characters.
divided AS (
  SELECT * FROM (VALUES
    ('M051')
  ) AS d(code)
),
-- Look up other codes of five characters by four, and other codes of four as whole.
fives AS (
  SELECT v.appointment, v.person, v.day, v.system, v.form, v.position, v.field, v.value,
    CASE WHEN LENGTH(v.code) = 5 AND d.code IS NULL THEN LEFT(v.code, 4) ELSE v.code END AS code,
    CASE WHEN v.cut = 4 AND d.code IS NULL THEN 0 ELSE v.cut END AS cut, v.is_coded
  FROM keys AS v
  LEFT JOIN divided AS d ON v.system = 'ICD-10' AND d.code = LEFT(v.code, 4)
  OFFSET 0
),
-- The lists.
lists AS (
  SELECT * FROM (VALUES
    (1, 'O''Brien; drop'), (2, 'a]b"c')
  ) AS l(list, name)
),
-- The table of codes: what each list decides about a value. Cut is the length of a truncated value, or 0.
codes AS MATERIALIZED (
  SELECT t.list, t.system, t.cut, w.code, t.state
  FROM (
    SELECT * FROM (VALUES
      (1, 'ICD-10', 0, 'match', 'F32X F321 F322 F33X F330 F331 F332 F333 F334 F335 F336 F337 F338 F339 F341'),
      (2, 'ICD-10', 0, 'match', 'I10X'), (2, 'ICD-10', 4, 'open', 'M051'), (2, 'ICD-10', 0, 'match', 'M0510'),
      (2, 'OPCS-4', 0, 'match', 'K40X K400 K401 K402 K403 K404 K405 K406 K407 K408 K409 K451 K452')
    ) AS t(list, system, cut, state, codes)
  ) AS t
  CROSS JOIN LATERAL unnest(string_to_array(t.codes, ' ')) AS w(code)
),
-- The appointments that match each list and have a person and a day.
found AS (
  SELECT v.appointment, v.person, v.day, c.list
  FROM fives AS v
  INNER JOIN codes AS c ON c.system = v.system AND c.cut = v.cut AND c.code = v.code AND v.position = 1
    AND c.state = 'match'
  WHERE v.person <> '' AND v.day IS NOT NULL
    AND LOWER(v.person) NOT IN ('-', '.', '&', 'na', 'n/a', 'nan', '<na>', 'null', 'none')
  GROUP BY v.appointment, v.person, v.day, c.list
)
SELECT v.person AS "person", l.name AS "list", MIN(v.day) AS "first", MAX(v.day) AS "last",
  COUNT(*) AS "appointments", COUNT(DISTINCT v.day) AS "dates"
FROM found AS v
INNER JOIN lists AS l ON l.list = v.list
GROUP BY v.person, v.list, l.name
HAVING COUNT(*) >= 2
ORDER BY v.person, v.list;
