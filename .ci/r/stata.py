"""Checks examples/stata without Stata: quotes and braces in the do-file must be balanced, and the program must accept
each command line that the do-file builds for the commands in the README.

    stata.py PROGRAM
"""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
DO = (ROOT / "examples/stata/hesopmatch.do").read_text()
README = (ROOT / "examples/stata/README.md").read_text()
LISTS = ("icd10", "opcs4", "codelist")


def code(text):
    """Returns the lines of a do-file without comments, with continued lines joined."""
    text = re.sub(r" ///\n\s*", " ", text)
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("*")]


def balanced(line):
    """Reports whether all quotes in a line are closed: "text", `"text"' and macros `name'."""
    open_, i = [], 0
    while i < len(line):
        top = open_[-1:]
        if line.startswith('`"', i):
            open_.append('`"')
            i += 1
        elif line[i] == '"' and top == ['"']:
            open_.pop()
        elif line.startswith("\"'", i) and top == ['`"']:
            open_.pop()
            i += 1
        elif line[i] == "'" and top == ["`"]:
            open_.pop()
        elif line[i] in '"`':
            open_.append(line[i])
        i += 1
    return not open_


def programs():
    """Returns the lines of each program, by name."""
    found, name = {}, None
    for line in code(DO):
        if match := re.fullmatch(r"program (\w+)(, [rs]class)?", line):
            assert name is None, f"{line}: program {name} has no end"
            name = match[1]
            found[name] = []
        elif line == "end":
            assert name, "end without a program"
            name = None
        elif name:
            found[name].append(line)
    assert name is None, f"program {name} has no end"
    return found


def expand(text, macros):
    """Expands Stata's macros in a text. An undefined macro is empty."""
    while match := re.search(r"`([\w()]+)'", text):
        text = text[: match.start()] + macros.get(match[1], "") + text[match.end() :]
    return text


def one(lines, pattern):
    """Returns the match of the only line that fits a pattern."""
    found = [match for line in lines if (match := re.fullmatch(pattern, line))]
    assert len(found) == 1, (pattern, found)
    return found[0]


def command_line(do, command, out, said, program):
    """Returns the shell command for a command of the README, and the path of the file that the shell command writes."""
    name, rest = command.split(" ", 1)
    using = re.match(r"using ([^,\s]+)", rest)[1]
    given = dict(re.findall(r"(\w+)\(([^)]*)\)", rest))
    taken = {word.lower() for word in re.findall(r"\b([A-Z0-9]+)\(", one(do[name], r"syntax (.*)")[1])}
    assert given.keys() <= taken, (command, taken)
    template = one(do["hm_options"], r"local args `\"(.*-`list'.*)\"'")[1]
    args = ""
    for kind in LISTS:
        for file in given.get(kind, "").split():
            args = expand(template, {"args": args, "list": kind, "file": file})
    args = expand(one(do["hm_options"], r"sreturn local args `\"(.*)\"'")[1], {"args": args, **given})
    macros = {"rows": "matched", **given, "using": using, "file": f'"{using}"', "out": out, "account": out + ".json"}
    macros |= {"args": args, "s(args)": args}
    line, file = one(do[name], r"hm_run `\"(.*)\"' `\"(.*)\"'").groups()
    shell = [s for s in do["hm_run"] if s.startswith("shell ") and not s.startswith('shell ""')]
    assert len(shell) == 1
    line = expand(shell[0].removeprefix("shell "), {"hesopmatch": program, "line": expand(line, macros), "said": said})
    return line, file and expand(file, macros)


def main(program):
    passed = 0
    for text in code(DO):
        assert balanced(text), f"quotes are not balanced: {text}"
        passed += 1
    joined = "\n".join(line for line in code(DO))
    assert joined.count("{") == joined.count("}"), "braces are not balanced"
    do = programs()
    block = re.search(r"```stata\n(.*?)```", README, re.S)[1].splitlines()
    commands = [line for line in block if line.startswith("hm_")]
    assert {line.split()[0] for line in commands} == {n for n in do if n.startswith("hm_")} - {
        "hm_options", "hm_run", "hm_import", "hm_number", "hm_lists",
    }
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for path in ("appointments.csv", "codelists/depression.csv", "codelists/joints.csv", "codelists/faulty.csv"):
            (work / pathlib.Path(path).name).write_bytes((ROOT / "testdata" / path).read_bytes())
        faulty = "hm_lint using faulty.csv"  # hm_lint shows the report although the program fails.
        for i, command in enumerate([*commands, faulty]):
            line, file = command_line(do, command, str(work / f"out {i}"), str(work / "said"), program)
            subprocess.run(line, shell=True, cwd=work, check=False)
            assert (work / file).is_file(), (line, (work / "said").read_text())
            passed += 1
            if command.startswith("hm_flag"):
                header = next(csv.reader((work / file).open()))
                assert header[-2:] == ["depression", "joints"], header
                account = pathlib.Path(str(work / file) + ".json").read_text().splitlines()
                assert sum("name_in_output" in line for line in account) == 2, "hm_lists counts these lines"
            if command.startswith("hm_people"):
                assert "first,last,appointments,dates" in (work / file).read_text()
        for wrong in ("hm_flag using nothing.csv, icd10(depression.csv) clear",
                      "hm_people using appointments.csv, icd10(faulty.csv) clear"):
            line, file = command_line(do, wrong, str(work / "wrong"), str(work / "said"), program)
            subprocess.run(line, shell=True, cwd=work, check=False)
            assert not (work / file).exists() and (work / "said").read_text(), line
            passed += 1
    print(passed, "passed, 0 failed (Stata)")


main(sys.argv[1])
