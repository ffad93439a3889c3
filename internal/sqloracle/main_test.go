package sqloracle

import (
	"fmt"
	"os"
	"testing"

	"hesopmatch/internal/postgrestest"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx, for PostgreSQL
	_ "modernc.org/sqlite"             // the driver sqlite
)

// postgres is the server that all tests share.
var postgres postgrestest.Server

func TestMain(m *testing.M) {
	status := m.Run()
	if err := postgres.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	os.Exit(status)
}
