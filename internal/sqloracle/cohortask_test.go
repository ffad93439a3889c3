package sqloracle

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"hesopmatch/match/cohort"
)

// dimensionColumns maps each dimension of a cohort's tables to a column of the SQL table named appointment.
var dimensionColumns = map[string]string{
	"financial_year": "year", "treatment_specialty": "specialty", "attended": "attended", "sex": "sex", "age": "age",
}

// columns returns the columns by which a question counts.
func (s *cohortSQL) columns(q *question) []string {
	if s.slow && !q.everyCategory {
		return []string{everything}
	}
	return slices.AppendSeq([]string{everything}, maps.Values(dimensionColumns))
}

// everything names a column that is empty for all appointments, so counts by this column are totals.
const everything = "everything"

// one returns the number that a query selects.
func (s *cohortSQL) one(t *testing.T, query string) int64 {
	t.Helper()
	return number(t, s.query(t, query)[0][0])
}

// ask answers a question in SQL.
func (s *cohortSQL) ask(t *testing.T, q *question) *shown {
	t.Helper()
	answer := s.answer(t, q.primary)
	a := &shown{counts: make(map[string]counts), taken: make(map[string]taken)}
	a.account = s.take(t, q, answer)
	a.members, a.few, a.other = s.members(t, q, answer)
	for _, column := range s.columns(q) {
		s.countBy(t, a, answer, column)
	}
	return a
}

// take creates a table of the appointments that pass a question's filters. It counts the other appointments by the
// reason why they do not pass.
func (s *cohortSQL) take(t *testing.T, q *question, answer string) (a cohort.Account) {
	t.Helper()
	attended, dated, within := "1 = 1", "1 = 1", "1 = 1"
	if q.seen {
		attended = "seen = 1"
	}
	if q.from != "" || q.to != "" {
		dated = "day IS NOT NULL"
	}
	if q.from != "" {
		within = "day >= '" + q.from + "'"
	}
	if q.to != "" {
		within += " AND day <= '" + q.to + "'"
	}
	const all = "SELECT count(*) FROM appointment"
	a.Read = s.one(t, all)
	a.NotAttended = s.one(t, all+" WHERE NOT ("+attended+")")
	a.Undated = s.one(t, all+" WHERE "+attended+" AND NOT ("+dated+")")
	a.OtherDate = s.one(t, all+" WHERE "+attended+" AND "+dated+" AND NOT ("+within+")")
	s.exec(t, "DROP TABLE IF EXISTS taken",
		"CREATE TABLE taken AS SELECT * FROM appointment WHERE "+attended+" AND "+dated+" AND "+within)
	if q.once {
		a.Keyless = s.one(t, "SELECT count(*) FROM taken WHERE attendkey IS NULL")
		a.Duplicates = s.one(t, "SELECT count(attendkey) - count(DISTINCT attendkey) FROM taken")
		s.exec(t, `DELETE FROM taken WHERE attendkey IS NOT NULL
			AND ordinal NOT IN (SELECT min(ordinal) FROM taken WHERE attendkey IS NOT NULL GROUP BY attendkey)`)
	}
	s.exec(t, "CREATE UNIQUE INDEX taken_ordinal ON taken (ordinal)")
	s.analyse(t, "taken")
	matching := " AND ordinal IN (SELECT ordinal FROM " + answer + " WHERE answer = 'match')"
	a.Taken = s.one(t, "SELECT count(*) FROM taken")
	a.NoPerson = s.one(t, "SELECT count(*) FROM taken WHERE person IS NULL"+matching)
	a.NoDate = s.one(t, "SELECT count(*) FROM taken WHERE person IS NOT NULL AND day IS NULL"+matching)
	a.Unrecognised = s.one(t, "SELECT count(*) FROM code WHERE class = 'unrecognised'")
	a.Disagreements = s.one(t, `SELECT sum(abs(n)) FROM (SELECT sum(CASE source WHEN 'positional' THEN 1 ELSE -1 END) AS n
		FROM code WHERE class = 'code' GROUP BY ordinal, system, filled) AS codes`)
	return a
}

// members creates a table of the people of each list, with the reason why the question excludes a person. It returns a
// line for each person who is not excluded, and the number of people whom each list excludes for each reason.
func (s *cohortSQL) members(t *testing.T, q *question, answer string) (members []string, few, other []int64) {
	t.Helper()
	s.exec(t, "DROP TABLE IF EXISTS member", `CREATE TABLE member AS
		SELECT person, list, min(day) AS first, max(day) AS last, count(*) AS n, count(DISTINCT day) AS days, '' AS why
		FROM taken JOIN `+answer+` USING (ordinal) WHERE answer = 'match' AND person IS NOT NULL AND day IS NOT NULL GROUP BY person, list`,
		"CREATE UNIQUE INDEX member_person ON member (person, list)")
	s.analyse(t, "member")
	s.exec(t, "DROP TABLE IF EXISTS held", `CREATE TABLE held AS
		SELECT person, list, min(day) AS first FROM taken JOIN `+answer+` USING (ordinal) WHERE answer = 'match' AND person IS NOT NULL GROUP BY person, list`,
		"CREATE UNIQUE INDEX held_person ON held (person, list)")
	s.analyse(t, "held")
	for _, r := range q.related {
		has := fmt.Sprintf("EXISTS (SELECT 1 FROM held AS o WHERE o.person = member.person AND o.list = %d", listNumber(t, r.other))
		if r.before {
			has += " AND o.first < member.first"
		}
		has += ")"
		if r.exclude {
			has = "NOT " + has
		}
		s.exec(t, fmt.Sprintf("UPDATE member SET why = 'other' WHERE list = %d AND NOT %s", listNumber(t, r.list), has))
	}
	s.exec(t, fmt.Sprintf("UPDATE member SET why = 'few' WHERE n < %d", q.least))
	for _, record := range s.query(t, "SELECT person, list, first, last, n, days FROM member WHERE why = '' ORDER BY person, list") {
		members = append(members, strings.Join(record, " "))
	}
	few, other = make([]int64, len(sqlLists)), make([]int64, len(sqlLists))
	for _, record := range s.query(t, "SELECT list, why, count(*) FROM member GROUP BY list, why") {
		switch i, n := number(t, record[0]), number(t, record[2]); record[1] {
		case "few":
			few[i] = n
		case "other":
			other[i] = n
		}
	}
	return members, few, other
}

// countBy counts, for each value of a column, the appointments that pass the filters, the answers of the lists, and the
// people of the lists.
func (s *cohortSQL) countBy(t *testing.T, a *shown, answer, column string) {
	t.Helper()
	for _, record := range s.query(t, "SELECT "+column+`, count(*), sum(diagnosed), sum(treated)
		FROM taken GROUP BY `+column) {
		key := column + " " + record[0]
		c := taken{all: number(t, record[1])}
		if column != everything {
			c.diagnosis, c.procedure = number(t, record[2]), number(t, record[3])
		}
		a.taken[key] = c
		for i := range sqlLists {
			a.counts[fmt.Sprint(i, " ", key)] = counts{uncoded: c.all} // the loop below subtracts the other answers
		}
	}
	for _, record := range s.query(t, "SELECT list, answer, "+column+", count(*) FROM taken JOIN "+answer+" USING (ordinal) GROUP BY list, answer, "+column) {
		key := record[0] + " " + column + " " + record[2]
		c, n := a.counts[key], number(t, record[3])
		c.uncoded -= n
		switch record[1] {
		case "match":
			c.match = n
		case "no match":
			c.noMatch = n
		case "truncated":
			c.truncated = n
		}
		a.counts[key] = c
	}
	for _, record := range s.query(t, "SELECT list, "+column+", count(DISTINCT person), count(*) FROM taken JOIN "+answer+` USING (ordinal) JOIN member USING (person, list)
		WHERE answer = 'match' AND day IS NOT NULL AND why = '' GROUP BY list, `+column) {
		key := record[0] + " " + column + " " + record[1]
		c := a.counts[key]
		c.people, c.appointments = number(t, record[2]), number(t, record[3])
		a.counts[key] = c
	}
	for key, c := range a.counts {
		if column != everything && strings.Contains(key, " "+column+" ") {
			a.counts[key] = counts{match: c.match, people: c.people}
		}
	}
}
