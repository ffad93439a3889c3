"""Runs a script for Spark, and writes the answer of each codelist for each appointment.

    python run_flags.py APPOINTMENTS SCRIPT FLAGS [VIEW]

APPOINTMENTS is a Parquet file, or a folder of them. SCRIPT is a file that hesopmatch wrote for Spark. FLAGS is the
folder for the result, as Parquet. VIEW is the table that the script reads, by default hesop. On Databricks, where the
table and the variable spark already exist, you need only flags().
"""

import sys
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession


def flags(spark: SparkSession, script: str) -> DataFrame:
    """Runs the statements of a script and returns the result of the last one.

    In this result, 1 means match, 0 no match and NULL unknown.
    """
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
