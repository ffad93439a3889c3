package cohort_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hesopmatch/hesop"
	"hesopmatch/match/cohort"
)

// The method wishes.slowly is the reference: tests compare a Cohort with it. visit is an appointment as the reference
// takes it. It holds the meanings of the appointment's fields, which the generator knows, and the answers of the oracle
// and the Matcher for its codes.
type visit struct {
	bad         bool // the row cannot be read; no other field is set
	person, key string
	order       string     // the value of the column of OrderBy
	day         hesop.Date // zero if it cannot be read
	form        string     // the shape of an unreadable date
	seen        bool
	places      [5]place // by dimension
	coded       map[string]bool
	answers     []answer // by list

	disagreements, unrecognised int64
}

// place is a category with its rank in the dimension.
type place struct {
	rank     int
	category string
}

// answer is the answer of a list for an appointment. Exactly one of the four flags is true.
type answer struct {
	match, noMatch, cut, uncoded bool
	entries                      []int // the entries that decided a match, ascending and without duplicates
}

// wishes holds the options of a Cohort, in the form that the reference takes.
type wishes struct {
	attended bool
	from, to hesop.Date
	least    int
	keyed    bool   // only the first appointment of a key is kept
	order    string // the column that decides which appointment is first, "" for the order of the data
	totals   bool
	related  []wish
	lists    int
	finer    []bool // by list
	has      [5]bool
}

// wish is a relation between two lists.
type wish struct {
	list, other     int
	exclude, before bool
}

// slowly computes the results of a Cohort in the obvious way: it searches all appointments again for every list, person
// and category.
func (w wishes) slowly(visits []visit) ([]cohort.Member, *cohort.Totals) {
	t := &cohort.Totals{Lists: make([]cohort.ListTotals, w.lists)}
	taken, forms := w.take(visits, &t.Account)
	for _, v := range taken {
		matches := slices.ContainsFunc(v.answers, func(a answer) bool { return a.match })
		switch {
		case matches && v.person == "":
			t.Account.NoPerson++
		case matches && v.form != "":
			t.Account.BadDate++
		case matches && v.day == hesop.Date{}:
			t.Account.NoDate++
		}
	}
	keyless := w
	keyless.keyed = false // DateForm also counts the dates of duplicates
	before, _ := keyless.take(visits, new(cohort.Account))
	for _, v := range before {
		if v.form != "" && v.person != "" && slices.ContainsFunc(v.answers, func(a answer) bool { return a.match }) {
			forms = append(forms, v.form)
		}
	}
	t.Account.DateForm = commonest(forms)

	var members []cohort.Member
	kept := make([]map[string]bool, w.lists)
	for list := range w.lists {
		kept[list] = make(map[string]bool)
		for _, person := range personsOf(taken) {
			own := appointmentsOf(taken, person, list)
			switch {
			case len(own) == 0:
			case len(own) < w.least:
				t.Lists[list].Few++
			case !w.holds(taken, person, list):
				t.Lists[list].Unrelated++
			default:
				kept[list][person] = true
				members = append(members, memberOf(person, list, own))
			}
		}
	}
	slices.SortFunc(members, func(a, b cohort.Member) int {
		return cmp.Or(strings.Compare(a.Person, b.Person), cmp.Compare(a.List, b.List))
	})

	for list := range w.lists {
		l := &t.Lists[list]
		l.People = int64(len(kept[list]))
		count(l, taken, list)
		l.Finer = w.finer[list]
	}
	return members, t
}

// commonest returns the most frequent text. If several are equally frequent, it returns the first in order.
func commonest(texts []string) (most string) {
	slices.Sort(texts)
	count := func(text string) (n int) {
		for _, other := range texts {
			if other == text {
				n++
			}
		}
		return n
	}
	for _, text := range texts {
		if most == "" || count(text) > count(most) {
			most = text
		}
	}
	return most
}

// take returns the appointments that the options keep, and counts the other appointments by reason. It also returns the
// shapes of the unreadable dates for which appointments were left out.
func (w wishes) take(visits []visit, account *cohort.Account) (left []visit, forms []string) {
	for _, v := range visits {
		if v.bad {
			account.Skipped++
			continue
		}
		account.Read++
		account.Disagreements += v.disagreements
		account.Unrecognised += v.unrecognised
		bounded := w.from != hesop.Date{} || w.to != hesop.Date{}
		switch {
		case w.attended && !v.seen:
			account.NotAttended++
		case bounded && v.form != "":
			account.Misdated++
			forms = append(forms, v.form)
		case bounded && v.day == hesop.Date{}:
			account.Undated++
		case w.from != hesop.Date{} && v.day.String() < w.from.String(), w.to != hesop.Date{} && v.day.String() > w.to.String():
			account.OtherDate++
		default:
			left = append(left, v)
		}
	}
	if w.keyed {
		left = w.lookAtKeys(left, account)
	}
	account.Taken = int64(len(left))
	return left, forms
}

// lookAtKeys keeps only the first appointment of each key.
func (w wishes) lookAtKeys(visits []visit, account *cohort.Account) []visit {
	var left []visit
	for i, v := range visits {
		first := firstOf(visits, v.key)
		switch {
		case v.key == "":
			account.Keyless++
			left = append(left, v)
		case first == i:
			left = append(left, v)
			if slices.ContainsFunc(visits, func(other visit) bool { return other.key == v.key && w.sight(other) != w.sight(v) }) {
				account.Differing++
			}
		default:
			account.Duplicates++
		}
	}
	return left
}

// firstOf returns the index of the first appointment with a key. Appointments without an order come last.
func firstOf(visits []visit, key string) int {
	var own []int
	for i, v := range visits {
		if v.key == key {
			own = append(own, i)
		}
	}
	slices.SortStableFunc(own, func(i, j int) int {
		a, b := visits[i].order, visits[j].order
		if (a == "") != (b == "") {
			return strings.Compare(b, a)
		}
		if d := len([]rune(a)) - len([]rune(b)); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return own[0]
}

// sight returns everything that a Cohort stores about an appointment, as text.
func (w wishes) sight(v visit) string {
	found := false
	answers := make([]string, len(v.answers))
	for i, a := range v.answers {
		found = found || a.match || a.cut
		answers[i] = fmt.Sprint(a.match, a.cut)
		if w.totals {
			answers[i] += fmt.Sprint(a.entries)
		}
	}
	sight := fmt.Sprint(v.coded["ICD-10"], v.coded["OPCS-4"], answers)
	if w.totals {
		sight += fmt.Sprint(v.places)
	}
	if found {
		sight += fmt.Sprintf("%q %v %v", v.person, v.day, v.form != "")
	}
	return sight
}

func personsOf(visits []visit) []string {
	var persons []string
	for _, v := range visits {
		if v.person != "" {
			persons = append(persons, v.person)
		}
	}
	slices.Sort(persons)
	return slices.Compact(persons)
}

// appointmentsOf returns the appointments of a list that make a person a member.
func appointmentsOf(visits []visit, person string, list int) []visit {
	var own []visit
	for _, v := range visits {
		if v.person == person && v.day != (hesop.Date{}) && v.answers[list].match {
			own = append(own, v)
		}
	}
	return own
}

func memberOf(person string, list int, own []visit) cohort.Member {
	days := daysOf(own)
	m := cohort.Member{Person: person, List: list, First: days[0], Last: days[len(days)-1], Appointments: len(own)}
	m.Dates = len(slices.Compact(days))
	return m
}

// daysOf returns the days of appointments, ascending.
func daysOf(visits []visit) []hesop.Date {
	var days []hesop.Date
	for _, v := range visits {
		days = append(days, v.day)
	}
	slices.SortFunc(days, func(a, b hesop.Date) int { return strings.Compare(a.String(), b.String()) })
	return days
}

// holds reports whether all relations of a list hold for a person.
func (w wishes) holds(visits []visit, person string, list int) bool {
	for _, r := range w.related {
		if r.list != list {
			continue
		}
		start := daysOf(appointmentsOf(visits, person, list))[0]
		has := false
		for _, v := range visits {
			if v.person == person && v.answers[r.other].match {
				isDated := v.day != hesop.Date{}
				has = has || !r.before || isDated && v.day.String() < start.String()
			}
		}
		if has == r.exclude {
			return false
		}
	}
	return true
}

// count counts the appointments by the answer of a list.
func count(l *cohort.ListTotals, visits []visit, list int) {
	for _, v := range visits {
		switch a := v.answers[list]; {
		case a.match:
			l.Match++
		case a.noMatch:
			l.NoMatch++
		case a.cut:
			l.Cut++
		case a.uncoded:
			l.Uncoded++
		}
	}
}
