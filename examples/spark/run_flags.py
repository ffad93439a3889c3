"""Asks codelists of appointments by a script for Spark, and writes an answer of each list for each appointment.

    python run_flags.py APPOINTMENTS SCRIPT FLAGS [VIEW]

APPOINTMENTS is a file or folder of Parquet, SCRIPT what hesopmatch wrote for Spark, FLAGS the folder to write to, as
Parquet. VIEW is the table that the script asks, by default hesop. On Databricks, where the table is already there and
spark is too, only the two lines of flags() are needed.
"""

import sys
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession


def flags(spark: SparkSession, script: str) -> DataFrame:
    """Runs the statements of a script and returns the result of the last: 1 match, 0 no match, NULL unknown."""
    for statement in script.split(";\n")[:-1]:
        result = spark.sql(statement)
    return result


def main(appointments: str, script: str, target: str, view: str = "hesop") -> None:
    spark = SparkSession.builder.appName("hesopmatch").getOrCreate()
    spark.read.parquet(appointments).createOrReplaceTempView(view)
    flags(spark, Path(script).read_text(encoding="utf-8")).write.mode("errorifexists").parquet(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
