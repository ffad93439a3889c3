//go:build hesopcheck

package hesop

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestKeptAppointment: using an appointment after its row has passed panics.
func TestKeptAppointment(t *testing.T) {
	r := open(t, "diag_4_01\nE119\nI10X\n")
	column, _ := r.Column("diag_4_01")
	var kept []*Appointment
	for a, err := range r.All() {
		require.NoError(t, err)
		kept = append(kept, a)
	}
	for reason, use := range map[string]func(){
		"Text":  func() { kept[0].Text(column) },
		"Codes": func() { kept[0].Codes() },
		"Clone": func() { kept[0].Clone() },
	} {
		require.Panics(t, use, reason)
	}

	var shared []*Appointment
	r = open(t, "diag_4_01\n"+strings.Repeat("E119\n", 100))
	require.NoError(t, r.blocks(t.Context(), 2, 10, func(b *block) {
		for range b.All() {
			b.Keep()
		}
	}, func(b *block) error {
		for a := range b.Kept() {
			shared = append(shared, a)
		}
		return nil
	}))
	require.Panics(t, func() { shared[0].Codes() })
}
