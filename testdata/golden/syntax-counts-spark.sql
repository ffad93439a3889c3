-- hesopmatch: counts of study.hesop.2024, in spark.
-- A row for each list and financial year. Not masked: these counts may not leave the environment.
-- List 1 "O'Brien; drop": 5 entries, fingerprint a00e940448aa6027.
-- List 2 "a]b\"c": 5 entries, fingerprint c871ef1153b72d27.
-- All lists: fingerprint b256b85cdbdb8bc4.
-- Columns: DIAG_4_01, DIAG_4_02, DIAG_4_03, DIAG_4_CONCAT, OPERTN_4_01, OPERTN_4_02, OPERTN_4_CONCAT.

-- The appointments, numbered: a key may repeat or be absent.
WITH appointments AS (
  SELECT monotonically_increasing_id() AS appointment,
    TRIM(BOTH concat(' ', char(9), char(160)) FROM CAST(`APPTDATE` AS string)) AS date_text,
    TRIM(BOTH concat(' ', char(9), char(160)) FROM CAST(`FYEAR` AS string)) AS fyear,
    CAST(`DIAG_4_01` AS string) AS code_1, CAST(`DIAG_4_02` AS string) AS code_2,
    CAST(`DIAG_4_03` AS string) AS code_3, CAST(`DIAG_4_CONCAT` AS string) AS code_4,
    CAST(`OPERTN_4_01` AS string) AS code_5, CAST(`OPERTN_4_02` AS string) AS code_6,
    CAST(`OPERTN_4_CONCAT` AS string) AS code_7
  FROM `study`.`hesop.2024`
),
-- The day as 2019-05-08, from ####-##-##, ####/##/##, ########, ##/##/####, ##-##-####, with a time or without.
dates AS (
  SELECT v.appointment, v.fyear, v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, v.code_6, v.code_7,
    CASE
      WHEN regexp_extract(LEFT(v.date_text, 10), '^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]', 0) = LEFT(v.date_text,
        10) AND SUBSTR(v.date_text, 11, 1) IN ('', ' ', 'T', ':')
        THEN SUBSTR(v.date_text, 1, 4) || '-' || SUBSTR(v.date_text, 6, 2) || '-' || SUBSTR(v.date_text, 9, 2)
      WHEN regexp_extract(LEFT(v.date_text, 10), '^[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]', 0) = LEFT(v.date_text,
        10) AND SUBSTR(v.date_text, 11, 1) IN ('', ' ', 'T', ':')
        THEN SUBSTR(v.date_text, 1, 4) || '-' || SUBSTR(v.date_text, 6, 2) || '-' || SUBSTR(v.date_text, 9, 2)
      WHEN regexp_extract(LEFT(v.date_text, 8), '^[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]', 0) = LEFT(v.date_text, 8)
        AND SUBSTR(v.date_text, 9, 1) IN ('', ' ', 'T', ':')
        THEN SUBSTR(v.date_text, 1, 4) || '-' || SUBSTR(v.date_text, 5, 2) || '-' || SUBSTR(v.date_text, 7, 2)
      WHEN regexp_extract(LEFT(v.date_text, 10), '^[0-9][0-9]/[0-9][0-9]/[0-9][0-9][0-9][0-9]', 0) = LEFT(v.date_text,
        10) AND SUBSTR(v.date_text, 11, 1) IN ('', ' ', 'T', ':')
        THEN SUBSTR(v.date_text, 7, 4) || '-' || SUBSTR(v.date_text, 4, 2) || '-' || SUBSTR(v.date_text, 1, 2)
      WHEN regexp_extract(LEFT(v.date_text, 10), '^[0-9][0-9]-[0-9][0-9]-[0-9][0-9][0-9][0-9]', 0) = LEFT(v.date_text,
        10) AND SUBSTR(v.date_text, 11, 1) IN ('', ' ', 'T', ':')
        THEN SUBSTR(v.date_text, 7, 4) || '-' || SUBSTR(v.date_text, 4, 2) || '-' || SUBSTR(v.date_text, 1, 2)
    END AS iso
  FROM appointments AS v
),
-- Only days of the calendar, without those that stand for a missing one.
days AS (
  SELECT v.appointment, v.fyear, v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, v.code_6, v.code_7,
    CASE WHEN SUBSTR(v.iso, 6, 2) BETWEEN '01' AND '12' AND SUBSTR(v.iso, 9, 2) BETWEEN '01' AND CASE
        WHEN SUBSTR(v.iso, 6, 2) IN ('04', '06', '09', '11') THEN '30'
        WHEN SUBSTR(v.iso, 6, 2) <> '02' THEN '31'
        WHEN CAST(SUBSTR(v.iso, 1, 4) AS integer) % 4 = 0
          AND (CAST(SUBSTR(v.iso, 1, 4) AS integer) % 100 <> 0 OR CAST(SUBSTR(v.iso, 1, 4) AS integer) % 400 = 0)
            THEN '29'
        ELSE '28' END
      AND v.iso NOT IN ('1800-01-01', '1801-01-01', '1600-01-01', '1582-10-15')
      THEN v.iso END AS day
  FROM dates AS v
),
-- The two years of fyear, as four digits.
two_years AS (
  SELECT v.appointment, v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, v.code_6, v.code_7, v.day,
    CASE
      WHEN regexp_extract(v.fyear, '^[0-9][0-9][0-9][0-9]', 0) = v.fyear
        OR regexp_extract(v.fyear, '^[0-9][0-9][0-9][0-9].0', 0) = v.fyear THEN LEFT(v.fyear, 4)
      WHEN regexp_extract(v.fyear, '^[0-9][0-9][0-9]', 0) = v.fyear
        OR regexp_extract(v.fyear, '^[0-9][0-9][0-9].0', 0) = v.fyear THEN '0' || LEFT(v.fyear, 3)
    END AS years
  FROM days AS v
),
-- The financial year, from April to March, by the year in which it begins.
years AS (
  SELECT v.appointment, v.code_1, v.code_2, v.code_3, v.code_4, v.code_5, v.code_6, v.code_7, v.day, v.years,
    CASE
      WHEN v.day IS NOT NULL
        THEN CAST(SUBSTR(v.day, 1, 4) AS integer) - CASE WHEN SUBSTR(v.day, 6, 2) < '04' THEN 1 ELSE 0 END
      WHEN CAST(SUBSTR(v.years, 3, 2) AS integer) = (CAST(LEFT(v.years, 2) AS integer) + 1) % 100
        THEN CAST(LEFT(v.years, 2) AS integer) + CASE WHEN CAST(LEFT(v.years, 2) AS integer) >= 89 THEN 1900
          ELSE 2000 END
    END AS year_begins
  FROM two_years AS v
),
-- A row for each code column that holds something; one without for an appointment of which none does.
fields AS (
  SELECT v.appointment, v.year_begins, f.f.col1 AS system, f.f.col2 AS form, f.f.col3 AS position, f.f.col4 AS cuts,
    f.f.col5 AS field, f.f.col6 AS value
  FROM years AS v
  LATERAL VIEW OUTER explode(filter(array(
      struct('ICD-10', 'positional', 1, 4, 'DIAG_4_01', v.code_1),
      struct('ICD-10', 'positional', 2, 4, 'DIAG_4_02', v.code_2),
      struct('ICD-10', 'positional', 3, 4, 'DIAG_4_03', v.code_3),
      struct('ICD-10', 'concatenated', 0, 4, 'DIAG_4_CONCAT', v.code_4),
      struct('OPCS-4', 'positional', 1, 0, 'OPERTN_4_01', v.code_5),
      struct('OPCS-4', 'positional', 2, 0, 'OPERTN_4_02', v.code_6),
      struct('OPCS-4', 'concatenated', 0, 0, 'OPERTN_4_CONCAT', v.code_7)
    ), x -> x.col6 <> '')) f AS f
),
-- A concatenated column is one value for each position.
slots AS (
  SELECT v.appointment, v.year_begins, v.system, v.form,
    CASE WHEN v.form = 'concatenated' THEN s.slot + 1 ELSE v.position END AS position, v.cuts, v.field,
    s.slot_value AS value
  FROM fields AS v
  LATERAL VIEW OUTER posexplode(CASE WHEN v.form = 'concatenated'
    THEN split(v.value, ',') ELSE array(v.value) END) s AS slot, slot_value
),
-- White space around a value and the dots in it say nothing.
texts AS (
  SELECT v.appointment, v.year_begins, v.system, v.form, v.position, v.cuts, v.field, v.value,
    REPLACE(TRIM(BOTH concat(' ', char(9), char(160)) FROM v.value), '.', '') AS letters
  FROM slots AS v
),
-- A dagger or asterisk mark behind a diagnosis, and dashes at the end, say nothing.
marks AS (
  SELECT v.appointment, v.year_begins, v.system, v.form, v.position, v.cuts, v.field, v.value, v.letters,
    TRIM(TRAILING '-' FROM CASE
        WHEN v.system = 'ICD-10' AND LENGTH(v.letters) > 4 AND RIGHT(v.letters, 1) IN ('A', 'D', 'a', 'd')
        THEN LEFT(v.letters, LENGTH(v.letters) - 1) ELSE v.letters END) AS code_text
  FROM texts AS v
),
-- Whether it is a code by the grammar of its system, and whether it is one that stands for a missing code.
grammar AS (
  SELECT v.appointment, v.year_begins, v.system, v.form, v.position, v.cuts, v.field, v.value, v.letters, v.code_text,
    CASE WHEN v.system = 'ICD-10' AND (v.code_text <> ''
      AND regexp_extract(v.code_text, '^[A-Za-z][0-9]{2}([0-9Xx][0-9]?)?', 0) = v.code_text)
      OR v.system = 'OPCS-4' AND (v.code_text <> ''
        AND regexp_extract(v.code_text, '^[A-HJ-Za-hj-z][0-9]{2}[0-9Xx]?', 0) = v.code_text)
      THEN 1 ELSE 0 END AS is_code,
    CASE WHEN UPPER(LEFT(v.code_text, 3)) = CASE v.system WHEN 'ICD-10' THEN 'R69' ELSE 'X99' END
      THEN 1 ELSE 0 END AS is_missing
  FROM marks AS v
),
-- The key of a value is its code, four characters or five, and to how many its field may have cut it.
keys AS (
  SELECT v.appointment, v.year_begins, v.system, v.form, v.position, v.field, v.value,
    CASE
      WHEN v.is_code = 1 AND LENGTH(v.code_text) = 3 AND v.cuts <> 3 THEN UPPER(v.code_text || 'X')
      WHEN v.is_code = 1 THEN UPPER(LEFT(v.code_text, 5))
    END AS code,
    CASE WHEN v.is_code = 1 AND LENGTH(v.code_text) = v.cuts THEN v.cuts ELSE 0 END AS cut,
    CASE WHEN v.is_code = 1 AND v.is_missing = 0 THEN 1 ELSE 0 END AS is_coded,
    CASE
      WHEN v.is_code = 1 AND LENGTH(v.code_text) = 3 THEN UPPER(v.code_text || 'X')
      WHEN v.is_code = 1 OR v.is_missing = 1 THEN UPPER(v.code_text)
    END AS same
  FROM grammar AS v
),
-- Which positional and concatenated values are the same code at the same position.
beside AS (
  SELECT v.appointment, v.year_begins, v.system, v.form, v.position, v.field, v.value, v.code, v.cut, v.is_coded,
    v.same,
    SUM(CASE WHEN v.form = 'positional' THEN 1 ELSE 0 END)
      OVER (PARTITION BY v.appointment, v.system, v.same, v.position) AS beside_positional,
    SUM(CASE WHEN v.form = 'concatenated' THEN 1 ELSE 0 END)
      OVER (PARTITION BY v.appointment, v.system, v.same, v.position) AS beside_concatenated
  FROM keys AS v
),
-- Which of those that are left over are the same code at other positions.
alone AS (
  SELECT v.appointment, v.year_begins, v.system, v.form, v.position, v.field, v.value, v.code, v.cut, v.is_coded,
    v.same, v.beside_positional,
    SUM(CASE WHEN v.form = 'positional' AND v.beside_concatenated = 0 THEN 1 ELSE 0 END)
      OVER (PARTITION BY v.appointment, v.system, v.same) AS alone_positional,
    SUM(CASE WHEN v.form = 'concatenated' AND v.beside_positional = 0 THEN 1 ELSE 0 END)
      OVER (PARTITION BY v.appointment, v.system, v.same
        ORDER BY v.position ROWS UNBOUNDED PRECEDING) AS nth_concatenated
  FROM beside AS v
),
-- Of a pair the positional value answers.
paired AS (
  SELECT v.appointment, v.year_begins, v.system, v.form, v.position, v.field, v.value, v.code, v.cut, v.is_coded,
    v.same
  FROM alone AS v
  WHERE v.form IS NULL OR v.form <> 'concatenated' OR v.same IS NULL
    OR v.beside_positional = 0 AND v.nth_concatenated > v.alone_positional
),
-- The subcategories of which some list has codes of five characters.
divided AS (
  SELECT * FROM (VALUES
    ('M051')
  ) AS d(code)
),
-- Other codes of five characters are looked up by four, and codes of four as whole.
fives AS (
  SELECT v.appointment, v.year_begins, v.system, v.form, v.position, v.field, v.value,
    CASE WHEN LENGTH(v.code) = 5 AND d.code IS NULL THEN LEFT(v.code, 4) ELSE v.code END AS code,
    CASE WHEN v.cut = 4 AND d.code IS NULL THEN 0 ELSE v.cut END AS cut, v.is_coded
  FROM paired AS v
  LEFT JOIN divided AS d ON v.system = 'ICD-10' AND d.code = LEFT(v.code, 4)
),
-- The lists.
lists AS (
  SELECT * FROM (VALUES
    (1, 'O\'Brien; drop'), (2, 'a]b"c')
  ) AS l(list, name)
),
-- The table of codes: which list has which value, whole (cut 0) or cut to so many characters.
codes AS (
  SELECT * FROM (VALUES
    (1, 'ICD-10', 0, 'F32X', 'match'), (1, 'ICD-10', 0, 'F321', 'match'), (1, 'ICD-10', 0, 'F322', 'match'),
    (1, 'ICD-10', 0, 'F33X', 'match'), (1, 'ICD-10', 0, 'F330', 'match'), (1, 'ICD-10', 0, 'F331', 'match'),
    (1, 'ICD-10', 0, 'F332', 'match'), (1, 'ICD-10', 0, 'F333', 'match'), (1, 'ICD-10', 0, 'F334', 'match'),
    (1, 'ICD-10', 0, 'F335', 'match'), (1, 'ICD-10', 0, 'F336', 'match'), (1, 'ICD-10', 0, 'F337', 'match'),
    (1, 'ICD-10', 0, 'F338', 'match'), (1, 'ICD-10', 0, 'F339', 'match'), (1, 'ICD-10', 0, 'F341', 'match'),
    (2, 'ICD-10', 0, 'I10X', 'match'), (2, 'ICD-10', 4, 'M051', 'open'), (2, 'ICD-10', 0, 'M0510', 'match'),
    (2, 'OPCS-4', 0, 'K40X', 'match'), (2, 'OPCS-4', 0, 'K400', 'match'), (2, 'OPCS-4', 0, 'K401', 'match'),
    (2, 'OPCS-4', 0, 'K402', 'match'), (2, 'OPCS-4', 0, 'K403', 'match'), (2, 'OPCS-4', 0, 'K404', 'match'),
    (2, 'OPCS-4', 0, 'K405', 'match'), (2, 'OPCS-4', 0, 'K406', 'match'), (2, 'OPCS-4', 0, 'K407', 'match'),
    (2, 'OPCS-4', 0, 'K408', 'match'), (2, 'OPCS-4', 0, 'K409', 'match'), (2, 'OPCS-4', 0, 'K451', 'match'),
    (2, 'OPCS-4', 0, 'K452', 'match')
  ) AS c(list, system, cut, code, state)
),
-- A row for each appointment again: whether it is coded, and what each list has of it.
answers AS (
  SELECT /*+ BROADCAST(c) */ v.appointment, v.year_begins,
    MAX(CASE WHEN v.is_coded = 1 AND v.system = 'ICD-10' THEN 1 ELSE 0 END) AS coded_icd10,
    MAX(CASE WHEN v.is_coded = 1 AND v.system = 'OPCS-4' THEN 1 ELSE 0 END) AS coded_opcs4,
    MAX(CASE WHEN c.list = 1 AND c.state = 'match' THEN 1 ELSE 0 END) AS match_1,
    MAX(CASE WHEN c.list = 2 AND c.state = 'match' THEN 1 ELSE 0 END) AS match_2,
    MAX(CASE WHEN c.list = 2 AND c.state = 'open' THEN 1 ELSE 0 END) AS open_2,
    MAX(CASE WHEN c.list = 2 AND c.state IN ('open', 'undecided') THEN 1 ELSE 0 END) AS undecided_2
  FROM fives AS v
  LEFT JOIN codes AS c ON c.system = v.system AND c.cut = v.cut AND c.code = v.code
  GROUP BY v.appointment, v.year_begins
),
-- A row for each appointment and list.
each_list AS (
  SELECT v.appointment, v.year_begins, s.list,
    CASE s.list
      WHEN 1 THEN CASE WHEN v.match_1 = 1 THEN 1 WHEN v.coded_icd10 = 1 THEN 0 END
      WHEN 2 THEN CASE WHEN v.match_2 = 1 THEN 1 WHEN v.coded_icd10 = 1 AND v.coded_opcs4 = 1 AND v.open_2 = 0
        THEN 0 END
    END AS answer,
    CASE s.list
      WHEN 2 THEN v.undecided_2
    END AS undecided
  FROM answers AS v
  CROSS JOIN lists AS s
)
SELECT l.name AS `list`,
  CASE WHEN v.year_begins BETWEEN 1989 AND 2088
    THEN CAST(v.year_begins AS string) || '-' || SUBSTR(CAST(v.year_begins + 1 AS string), 3, 2)
      ELSE 'not known' END AS `year`,
  COUNT(*) AS `appointments`, SUM(CASE WHEN v.answer = 1 THEN 1 ELSE 0 END) AS `match`,
  SUM(CASE WHEN v.answer = 0 THEN 1 ELSE 0 END) AS `no_match`,
  SUM(CASE WHEN v.answer IS NULL THEN 1 ELSE 0 END) AS `unknown`,
  SUM(CASE WHEN v.undecided = 1 THEN 1 ELSE 0 END) AS `undecided`
FROM each_list AS v
INNER JOIN lists AS l ON l.list = v.list
GROUP BY v.list, l.name, CASE WHEN v.year_begins BETWEEN 1989 AND 2088
    THEN CAST(v.year_begins AS string) || '-' || SUBSTR(CAST(v.year_begins + 1 AS string), 3, 2) ELSE 'not known' END
ORDER BY v.list, CASE WHEN v.year_begins BETWEEN 1989 AND 2088
    THEN CAST(v.year_begins AS string) || '-' || SUBSTR(CAST(v.year_begins + 1 AS string), 3, 2) ELSE 'not known' END;
