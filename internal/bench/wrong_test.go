package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/codelist"
	"hesopmatch/match"
)

// small returns a small workload and both groups of lists.
func small(t *testing.T) (w *workload, few, many *group) {
	t.Helper()
	w, err := newWorkload(t.Context(), "", 2000, t.TempDir())
	require.NoError(t, err)
	groups := make([]*group, 2)
	for i, texts := range [][]listText{fewLists(), manyLists(30, 1000)} {
		groups[i], err = newGroup(string(rune('a'+i)), texts)
		require.NoError(t, err)
		require.NoError(t, groups[i].expand(t.Context()))
		require.NoError(t, groups[i].count(t.Context(), w))
		require.Positive(t, groups[i].want.matched)
		found, err := groups[i].scan(t.Context(), w.path, 1)
		require.NoError(t, err)
		require.Equal(t, groups[i].want, found, "the library and the baseline agree")
	}
	return w, groups[0], groups[1]
}

// TestWrongResult changes the expected result of each measure, and requires the measure to fail.
func TestWrongResult(t *testing.T) {
	w, few, many := small(t)
	turns, err := newTurns(t.Context(), smallSizes(), w, few, many)
	require.NoError(t, err)
	fails := func(m *measure) {
		t.Helper()
		require.ErrorContains(t, m.round(t.Context()), "wrong result", m.name)
	}
	for _, m := range turns.all() {
		require.NoError(t, m.round(t.Context()), m.name)
	}
	for _, spoil := range []func(want *tally){
		func(want *tally) { want.rows++ },
		func(want *tally) { want.matched-- },
		func(want *tally) { want.lists[1]++ },
		func(want *tally) { want.lists = want.lists[1:] },
	} {
		spoiled := few.want
		spoiled.lists = append([]int64{}, few.want.lists...)
		spoil(&spoiled)
		fails(counting("library", &spoiled, func(ctx context.Context) (tally, error) { return few.scan(ctx, w.path, 1) }))
		fails(counting("csv", &spoiled, func(ctx context.Context) (tally, error) { return few.csv(ctx, w.path) }))
	}

	few.want.matched++
	fails(turns.one)
	fails(turns.csv)
	_, err = countAllocations(t.Context(), w, few)
	require.ErrorContains(t, err, "wrong result")
	flagged := filepath.Join(t.TempDir(), "flagged.csv")
	require.NoError(t, os.WriteFile(flagged, []byte("header\nrow\n"), 0o600))
	require.NoError(t, checkFlagged(flagged, &tally{matched: 1}))
	require.ErrorContains(t, checkFlagged(flagged, &few.want), "wrong result")
	many.want.lists[3]--
	fails(turns.many)
	few.wantTenth.rows--
	fails(turns.tenth)
	w.bytes++
	fails(turns.read)

	b, err := newBatch(t.Context(), few.expansion, heavyCodes)
	require.NoError(t, err)
	require.Positive(t, b.want.matched)
	m := b.matching("heavy", few.matcher, 2)
	require.NoError(t, m.round(t.Context()))
	b.want.lists[0]++
	fails(m)

	fewer := *many
	fewer.lists = many.lists[1:]
	fails(lookingUp(&fewer, 2))
	fails(compiling(func(lists ...*codelist.List) (*match.Matcher, error) { return match.Compile(lists[1:]...) }, many.lists, 1))
}
