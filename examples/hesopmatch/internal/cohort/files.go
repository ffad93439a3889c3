package cohort

import (
	"errors"
	"io"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// files holds the files that a run writes in addition to the folder of a release. The run creates these files before it
// reads the inputs, because reading may take long.
type files struct {
	output *program.Output // nil if not asked for
	others []file
}

// file is a file other than the output, with the function that writes it.
type file struct {
	*program.File

	write func(io.Writer) error
}

func (g *gathering) create(stdout io.Writer) (_ *files, err error) {
	o, f := g.opts, new(files)
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
	for _, one := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{o.summary, g.writeSummary},
		{o.manifest, g.writeManifest},
		{o.quality, g.writeQuality},
		{o.methods, g.writeMethods},
		{o.part, g.writePart},
	} {
		if one.path == "" {
			continue
		}
		made, err := program.Create(one.path)
		if err != nil {
			return nil, err
		}
		f.others = append(f.others, file{made, one.write})
	}
	return f, nil
}

// commit moves the files to their final paths.
func (f *files) commit() error {
	if f.output != nil {
		if err := f.output.Commit(); err != nil {
			return err
		}
	}
	for _, file := range f.others {
		if err := file.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// close removes the files that were not committed.
func (f *files) close() error {
	var all []error
	if f.output != nil {
		all = append(all, f.output.Close())
	}
	for _, file := range f.others {
		all = append(all, file.Close())
	}
	return errors.Join(all...)
}
