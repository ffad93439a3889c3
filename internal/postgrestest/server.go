// Package postgrestest runs a PostgreSQL server for the tests of modules that import a driver.
package postgrestest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Server is a PostgreSQL server. The first test that opens the Server starts it, in a new directory and on a socket
// there. It listens on no network and touches no other database. The zero Server is ready to use. Stop it in TestMain.
type Server struct {
	start   sync.Once
	err     error
	dir     string // holds the data and the socket
	process *os.Process
	ended   chan struct{} // closed when the process has ended
	log     bytes.Buffer  // must not be read before ended is closed
}

// needed is the name of an environment variable. If the variable is 1, a missing server is a failure.
const needed = "HESOPMATCH_NEED_POSTGRES"

// driver is the name of the driver that the tests import: github.com/jackc/pgx/v5/stdlib.
const driver = "pgx"

// port is part of the name of the socket.
const port = "5432"

const (
	startLimit = 60 * time.Second
	stopLimit  = 20 * time.Second
	retryEvery = 20 * time.Millisecond
)

// Open returns a connection pool to the server. It skips the test if PostgreSQL is not installed.
func (s *Server) Open(t *testing.T) *sql.DB {
	t.Helper()
	bin := binaries()
	if !serversRun || bin == "" {
		const missing = "PostgreSQL is not installed: apt-get install postgresql"
		if os.Getenv(needed) == "1" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	s.start.Do(func() { s.err = s.run(bin) })
	require.NoError(t, s.err)
	db, err := sql.Open(driver, s.DSN())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// DSN returns the connection string of an open server.
func (s *Server) DSN() string {
	return "host=" + s.dir + " port=" + port + " user=postgres dbname=postgres sslmode=disable"
}

// binaries returns the directory of initdb and postgres. It looks on PATH and then for the newest of Debian's packages.
// It returns "" if it finds neither.
func binaries() string {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if initdb, err = filepath.EvalSymlinks(initdb); err == nil && hasServer(filepath.Dir(initdb)) {
			return filepath.Dir(initdb)
		}
	}
	newest, found := 0, ""
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // Glob fails only for a bad pattern
	for _, dir := range dirs {
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
		if err == nil && version > newest && hasServer(dir) {
			newest, found = version, dir
		}
	}
	return found
}

// hasServer reports whether a directory has the programs that create a cluster and run a server.
func hasServer(dir string) bool {
	_, errInit := os.Stat(filepath.Join(dir, "initdb"))
	_, errServer := os.Stat(filepath.Join(dir, "postgres"))
	return errInit == nil && errServer == nil
}

// run creates a database cluster and starts its server.
func (s *Server) run(bin string) error {
	// TMPDIR may be unsuitable: the path of a socket has at most 107 bytes, and the user of the server must have access
	// to the directory.
	dir, err := os.MkdirTemp("/tmp", "hesopmatch-postgres-")
	if err != nil {
		return err
	}
	s.dir = dir
	attributes, err := serverAccount(dir)
	if err != nil {
		return err
	}
	data := filepath.Join(dir, "data")
	command := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.Dir, cmd.SysProcAttr = dir, attributes
		cmd.Env = append(os.Environ(), "LC_ALL=C")
		return cmd
	}
	initdb := command("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8")
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	cmd := command("postgres", "-D", data, "-k", dir, "-p", port,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off")
	cmd.Stdout, cmd.Stderr = &s.log, &s.log
	if err := cmd.Start(); err != nil {
		return err
	}
	s.process, s.ended = cmd.Process, make(chan struct{})
	go func() {
		defer close(s.ended)
		_ = cmd.Wait() // the log shows why the server ended
	}()
	return s.wait()
}

// wait waits until the server accepts connections.
func (s *Server) wait() error {
	db, err := sql.Open(driver, s.DSN())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	for {
		err := db.PingContext(ctx)
		if err == nil {
			return db.Close()
		}
		select {
		case <-s.ended:
			return fmt.Errorf("postgres ended: %s", s.log.String())
		case <-ctx.Done():
			return fmt.Errorf("postgres does not answer: %w", err)
		case <-time.After(retryEvery):
		}
	}
}

// Stop ends the server, if it was started, and removes its files.
func (s *Server) Stop() (err error) {
	if s.process != nil {
		err = s.process.Signal(os.Interrupt) // a fast shutdown: it does not wait for clients
		select {
		case <-s.ended:
		case <-time.After(stopLimit):
			err = errors.Join(err, errors.New("postgres did not end and was killed"), s.process.Kill())
			<-s.ended
		}
	}
	if s.dir == "" {
		return err
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}
