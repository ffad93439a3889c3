package main

const tablesFile = "tables.csv"
