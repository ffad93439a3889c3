package cohort

import (
	"errors"
	"io"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// files are what a run writes beside the folder of a release. They are made before the run, which
// may be long, and each is nil if it is not asked for.
type files struct {
	output            *program.Output
	summary, manifest *program.File
}

// create makes the files.
func (o *options) create(stdout io.Writer) (_ *files, err error) {
	f := new(files)
	defer func() {
		if err != nil {
			err = errors.Join(err, f.close())
		}
	}()
	if o.format != "" {
		if f.output, err = program.CreateOutput(o.output, stdout); err != nil {
			return nil, err
		}
	}
	for path, file := range map[string]**program.File{o.summary: &f.summary, o.manifest: &f.manifest} {
		if path == "" {
			continue
		}
		if *file, err = program.Create(path); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// commit puts the files in their places.
func (f *files) commit() error {
	if f.output != nil {
		if err := f.output.Commit(); err != nil {
			return err
		}
	}
	for _, file := range []*program.File{f.summary, f.manifest} {
		if file != nil {
			if err := file.Commit(); err != nil {
				return err
			}
		}
	}
	return nil
}

// close removes what was not committed.
func (f *files) close() error {
	var all []error
	if f.output != nil {
		all = append(all, f.output.Close())
	}
	for _, file := range []*program.File{f.summary, f.manifest} {
		if file != nil {
			all = append(all, file.Close())
		}
	}
	return errors.Join(all...)
}
