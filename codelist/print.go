package codelist

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"hesopmatch/codelist/coding"
)

// String returns the name of the list and its number of entries: `codelist.List "depression" of 12 entries (ICD-10)`.
func (l *List) String() string {
	if l == nil {
		return "codelist.List (nil)"
	}
	return fmt.Sprintf("codelist.List %q of %s", clip(l.name), l.counted())
}

// Format writes the text of String, whatever the verb.
func (l *List) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, l.String()) }

// LogValue returns the text of String, for log/slog.
func (l *List) LogValue() slog.Value { return slog.StringValue(l.String()) }

// String returns the file of the report and how many of its rows have each verdict:
// `codelist.Report of list.csv: 12 rows (11 accepted, 1 rejected)`.
func (r Report) String() string {
	var counts []string
	for _, v := range verdicts() {
		if n := r.Count(v); n > 0 {
			counts = append(counts, fmt.Sprintf("%d %v", n, v))
		}
	}
	text := fmt.Sprintf("codelist.Report of %s: %s", printable(clip(r.File)), count(r.Rows(), "row"))
	if len(counts) > 0 {
		text += " (" + strings.Join(counts, ", ") + ")"
	}
	return text
}

// Format writes the text of String, whatever the verb.
func (r Report) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, r.String()) }

// LogValue returns the text of String, for log/slog.
func (r Report) LogValue() slog.Value { return slog.StringValue(r.String()) }

// String returns the number of codes in the reference: "codelist.Reference of 12 codes".
func (r *Reference) String() string {
	if r == nil {
		return "codelist.Reference (nil)"
	}
	return "codelist.Reference of " + count(len(r.codes), "code")
}

// Format writes the text of String, whatever the verb.
func (r *Reference) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, r.String()) }

// LogValue returns the text of String, for log/slog.
func (r *Reference) LogValue() slog.Value { return slog.StringValue(r.String()) }

// String returns what the entry covers and its location: "ICD-10 E11 descendants, excluded (line 3, column 1)".
func (e Entry) String() string {
	text := e.describe()
	if e.Exclude {
		text += ", excluded"
	}
	return fmt.Sprintf("%s (%v)", text, e.Pos)
}

func (e Entry) describe() string {
	return fmt.Sprintf("%v %v %v", e.Prefix.System(), e.Prefix, e.Coverage)
}

// String returns what the list decides about the value: "covered by entry 3", "excluded by entry 3, undecided, open" or
// "no entry".
func (d Decision) String() string {
	text := "no entry"
	switch {
	case d.Covered:
		text = fmt.Sprintf("covered by entry %d", d.Entry)
	case d.Excluded:
		text = fmt.Sprintf("excluded by entry %d", d.Entry)
	}
	if d.Undecided {
		text += ", undecided"
	}
	if d.Open {
		text += ", open"
	}
	return text
}

// String returns the location, the cell, the verdict and the reason: `line 3, column 1: "e11": repaired (case)`.
func (o Outcome) String() string {
	text := fmt.Sprintf("%v: %q: %v", o.Pos, clip(o.Raw), o.Verdict)
	if o.Reason != "" {
		text += " (" + o.Reason + ")"
	}
	return text
}

// String returns the entry, what it covers and the codes that the list names: "entry 3 exact, named are E110 E112".
func (f Family) String() string {
	return fmt.Sprintf("entry %d %v, named are %s", f.Entry, f.Coverage, listed(f.Children))
}

// String returns the entries of each list for the prefix: "E11 descendants (line 2, column 1) | E11 exact (...)".
func (c Change) String() string { return entriesText(c.First) + " | " + entriesText(c.Second) }

// String returns the number of entries that differ, and the codes: "1 removed, 0 added, 0 changed; only the first
// covers E10%; only the second covers none".
func (d Difference) String() string {
	return fmt.Sprintf("%d removed, %d added, %d changed; only the first covers %s; only the second covers %s",
		len(d.Removed), len(d.Added), len(d.Changed), listed(d.OnlyFirst), listed(d.OnlySecond))
}

// String returns the category, its standing and the codes: "ICD-10 E11 partial, named are E110, left are E111 E112".
func (f FamilyReview) String() string {
	return fmt.Sprintf("%v %v %v, named are %s, left are %s",
		f.Category.System(), f.Category, f.Standing, listed(f.Named), listed(f.Left))
}

// String returns the entry and why it is unknown: "entry 3: not in the reference".
func (u Unknown) String() string { return fmt.Sprintf("entry %d: %s", u.Entry, u.Why) }

// String returns the name of the sheet, its number of rows and why Parse passed over it: `sheet "A", 3 rows, passed
// over: no rows`.
func (s SheetReport) String() string {
	text := fmt.Sprintf("sheet %q, %s", clip(s.Name), count(s.Rows, "row"))
	if s.Hidden {
		text += ", hidden"
	}
	if s.PassedOver != "" {
		text += ", passed over: " + s.PassedOver
	}
	return text
}

// entriesText returns the first ten entries as a list.
func entriesText(entries []Entry) string { return listedBy(entries, ", ") }

// listed returns the first ten codes or groups as a list, "none" if there are none.
func listed[T coding.Code | coding.Prefix | coding.Group](all []T) string { return listedBy(all, " ") }

func listedBy[T any](all []T, between string) string {
	const most = 10
	if len(all) == 0 {
		return "none"
	}
	var b strings.Builder
	for i, one := range all {
		switch {
		case i == most:
			fmt.Fprintf(&b, " and %d more", len(all)-most)
			return b.String()
		case i > 0:
			b.WriteString(between)
		}
		fmt.Fprint(&b, one)
	}
	return b.String()
}
