// Package parquet reads appointments from Parquet files.
package parquet
