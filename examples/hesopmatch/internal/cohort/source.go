package cohort

import (
	"encoding/hex"
	"slices"
	"strings"
)

// source is the provenance of the numbers.
type source struct {
	Run          []provenance
	Lists        []listSource
	Appointments []provenance // what became of the appointments that were read
}

// IsLong reports whether the table of lists may be split over sheets of paper.
func (s source) IsLong() bool { return len(s.Lists) > 8 }

// listSource is the provenance of a list.
type listSource struct {
	Name, System string
	Entries      string
	File         string
	Codes        string // fingerprint of the codes that the list covers
	SHA256       string // checksum of its file
}

// source collects the provenance of the run and of each list.
func (n *numbers) source() (s source) {
	for _, p := range n.provenance() {
		if p.List != "" {
			continue
		}
		p.What = capital(p.What)
		if i := slices.IndexFunc(s.Run, func(q provenance) bool { return q.What == p.What }); i >= 0 {
			if s.Run[i].Text != p.Text {
				s.Run[i].Text += map[bool]string{true: " ", false: "; "}[strings.HasPrefix(p.Text, "-")] + p.Text
			}
			continue
		}
		s.Run = append(s.Run, p)
	}
	i := 0
	for _, file := range n.loaded {
		for _, l := range file.Lists {
			sum := l.Report().SHA256
			s.Lists = append(s.Lists, listSource{
				l.Name(), systemOf(n.systems[i]), thousandsOf(l.Len()), base(file.Path),
				l.Fingerprint(), hex.EncodeToString(sum[:]),
			})
			i++
		}
	}
	for _, group := range n.groupsOfAppointments() {
		s.Appointments = append(s.Appointments, provenance{
			What: capital(group), Text: thousands(n.of("appointments", everyone, group, "appointments")),
		})
	}
	return s
}

// groupsOfAppointments returns the groups of the table that counts what became of the appointments.
func (n *numbers) groupsOfAppointments() []string {
	if t := n.tables["appointments"]; t != nil {
		return t.groups
	}
	return nil
}

func thousandsOf(count int) string { return grouped(number(int64(count))) }
