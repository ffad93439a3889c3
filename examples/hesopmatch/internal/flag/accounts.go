package flag

import (
	"errors"
	"io"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// account is a file beside the output that tells of the run.
type account struct {
	file  *program.File
	write func(io.Writer) error
}

type accounts []account

// openAccounts opens the files before the run, which may be long. Those that it
// opened are returned also beside an error.
func (f *flagging) openAccounts() (accounts, error) {
	var all accounts
	for _, a := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{f.opts.manifest, f.writeManifest},
		{f.opts.quality, f.writeQuality},
	} {
		if a.path == "" {
			continue
		}
		file, err := program.Create(a.path)
		if err != nil {
			return all, err
		}
		all = append(all, account{file, a.write})
	}
	return all, nil
}

// commit completes the output and the accounts of the run. These are ready before the
// output is put in its place, so that no output stands without them but for a
// failure of the last step.
func (all accounts) commit(out *program.Output) error {
	if err := out.Flush(); err != nil { // so that its checksum is of all of it
		return err
	}
	for _, a := range all {
		if err := errors.Join(a.write(a.file), a.file.Flush()); err != nil {
			return err
		}
	}
	if err := out.Commit(); err != nil {
		return err
	}
	for _, a := range all {
		if err := a.file.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// close lets go of the files, of which those that were not committed are removed.
func (all accounts) close() error {
	var err error
	for _, a := range all {
		err = errors.Join(err, a.file.Close())
	}
	return err
}

// writeQuality writes what the data of all inputs say of their quality.
func (f *flagging) writeQuality(w io.Writer) error {
	inputs := make([]string, len(f.inputs))
	for i, in := range f.inputs {
		inputs[i] = in.Path
	}
	return f.quality.Write(w, "flag", inputs, releaseNote)
}
