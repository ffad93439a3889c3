package flag

import (
	"errors"
	"io"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// sideFile is a file, in addition to the output, that describes the run: the manifest or the quality counts.
type sideFile struct {
	file  *program.File
	write func(io.Writer) error
}

type sideFiles []sideFile

// openSideFiles creates the side files before the run, so that a wrong path fails before a long run. If it fails, it
// also returns the files that it has created.
func (f *flagging) openSideFiles() (sideFiles, error) {
	var all sideFiles
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
		all = append(all, sideFile{file, a.write})
	}
	return all, nil
}

// commit completes the output and the side files. It writes the side files before it commits the output, so an output
// is left without side files only if the last step fails.
func (all sideFiles) commit(out *program.Output) error {
	if err := out.Flush(); err != nil { // so that the checksum covers the whole output
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

// close closes the side files, and removes each that was not committed.
func (all sideFiles) close() error {
	var err error
	for _, a := range all {
		err = errors.Join(err, a.file.Close())
	}
	return err
}

// writeQuality writes the quality counts of all inputs.
func (f *flagging) writeQuality(w io.Writer) error {
	inputs := make([]string, len(f.inputs))
	for i, in := range f.inputs {
		inputs[i] = in.Path
	}
	return f.quality.Write(w, "flag", inputs, releaseNote)
}
