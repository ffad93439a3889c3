package program_test

import (
	"context"
	"flag"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hesopmatch/examples/hesopmatch/internal/cohort"
	flagging "hesopmatch/examples/hesopmatch/internal/flag"
	"hesopmatch/examples/hesopmatch/internal/lint"
	"hesopmatch/examples/hesopmatch/internal/program"
)

// TestFlagsExist requires that some command has each flag that stands for an option.
func TestFlagsExist(t *testing.T) {
	var help strings.Builder
	for _, run := range []program.Command{lint.Run, flagging.Run, cohort.Run} {
		err := run(context.Background(), []string{"-h"}, program.IO{Stderr: &help})
		require.ErrorIs(t, err, flag.ErrHelp)
	}
	for option, flags := range program.FlagsOfOptions() {
		for _, name := range regexp.MustCompile(`-[a-z][a-z0-9-]*`).FindAllString(flags, -1) {
			require.Regexp(t, `(?m)^  `+name+`( |$|\t)`, help.String(), "%s of %s", name, option)
		}
	}
}
