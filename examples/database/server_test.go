package main

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

// postgres is the one server of all tests.
var postgres server

func TestMain(m *testing.M) {
	if os.Getenv(runAsProgram) != "" {
		main()
	}
	status := m.Run()
	if err := postgres.stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	os.Exit(status)
}

// server is a PostgreSQL server that the first test to ask for it starts, in a
// directory of its own and reachable from there alone.
type server struct {
	start   sync.Once
	err     error
	dir     string // holds the data and the socket
	process *os.Process
	ended   chan struct{} // closed when the process is gone
	log     bytes.Buffer  // not to be read before that
}

const (
	needed = "HESOPMATCH_NEED_POSTGRES" // set to 1, a missing server is a failure

	startLimit = 60 * time.Second
	stopLimit  = 20 * time.Second
	retryEvery = 20 * time.Millisecond
)

// open returns a database of the server. The test is skipped where there is none.
func (s *server) open(t *testing.T) *sql.DB {
	t.Helper()
	bin := postgresBinaries()
	if !serversRun || bin == "" {
		const missing = "PostgreSQL is not installed: apt-get install postgresql"
		if os.Getenv(needed) == "1" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	s.start.Do(func() { s.err = s.run(bin) })
	require.NoError(t, s.err)
	db, err := sql.Open("pgx", s.dsn())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// dsn is the connection string of the server.
func (s *server) dsn() string {
	return "host=" + s.dir + " port=" + port + " user=postgres dbname=postgres sslmode=disable"
}

// port is part of the name of the socket; nothing listens to the network.
const port = "5432"

// postgresBinaries finds the directory that initdb and postgres are in: on PATH, else the
// newest that Debian's packages made, else "".
func postgresBinaries() string {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if initdb, err = filepath.EvalSymlinks(initdb); err == nil && hasServer(filepath.Dir(initdb)) {
			return filepath.Dir(initdb)
		}
	}
	newest, found := 0, ""
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // fails for a bad pattern alone
	for _, dir := range dirs {
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
		if err == nil && version > newest && hasServer(dir) {
			newest, found = version, dir
		}
	}
	return found
}

// hasServer reports whether a directory has what makes and runs a server.
func hasServer(dir string) bool {
	_, errInit := os.Stat(filepath.Join(dir, "initdb"))
	_, errServer := os.Stat(filepath.Join(dir, "postgres"))
	return errInit == nil && errServer == nil
}

// run makes a database cluster and starts a server of it.
func (s *server) run(bin string) error {
	// Not in TMPDIR: the name of a socket has 107 bytes at most, and the server's user
	// must reach it.
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
		_ = cmd.Wait() // how it ended does not matter: the log says why
	}()
	return s.wait()
}

// wait waits until the server accepts connections.
func (s *server) wait() error {
	db, err := sql.Open("pgx", s.dsn())
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

// stop ends the server, if one was started, and removes what it wrote.
func (s *server) stop() (err error) {
	if s.process != nil {
		err = s.process.Signal(os.Interrupt) // a fast shutdown, which waits for no client
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
