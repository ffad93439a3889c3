package cohort

import (
	"fmt"
	"io"
	"log/slog"
)

// String returns how many appointments the cohort was given and how many lists it has, and
// nothing of a person.
func (c *Cohort) String() string {
	if c == nil || c.plan == nil {
		return "cohort.Cohort of nothing"
	}
	return fmt.Sprintf("cohort.Cohort of %d lists after %d appointments", c.plan.m.Len(), c.account.Read)
}

// Format writes what String returns, whatever the verb.
func (c *Cohort) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, c.String()) }

// LogValue returns what String does, for log/slog.
func (c *Cohort) LogValue() slog.Value { return slog.StringValue(c.String()) }
