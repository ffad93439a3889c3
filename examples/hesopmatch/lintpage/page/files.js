"use strict";

// The files of a run, in memory. A Go program in a browser calls globalThis.fs; this file defines the part of Node's fs
// that Go needs to read files. Go writes nothing except a message when it crashes.
const memory = {
  files: new Map(), // bytes by path
  said: "", // the messages of Go itself
};

(() => {
  const opened = new Map(); // data and offset by descriptor
  let last = 2;

  const failure = (code) => Object.assign(new Error(code), { code });
  const folders = () => new Set([...memory.files.keys()].filter((p) => p.includes("/")).map((p) => p.split("/")[0]));
  const plain = (path) => path.replace(/^(\.?\/)+/, "").replace(/\/+$/, "");

  // find returns the bytes of a file, null for a folder, and undefined if neither exists.
  const find = (path) => {
    const name = plain(path);
    if (name === "" || name === "." || folders().has(name)) return null;
    return memory.files.get(name);
  };

  const about = (data) => ({
    dev: 0, ino: 0, nlink: 1, uid: 0, gid: 0, rdev: 0, blksize: 4096, blocks: 0, atimeMs: 0, mtimeMs: 0, ctimeMs: 0,
    mode: data ? 0o100444 : 0o40555, size: data ? data.length : 0, isDirectory: () => !data,
  });

  // answer calls the callback with the result of make(), or with the error that make() throws.
  const answer = (callback, make) => {
    let result;
    try {
      result = make();
    } catch (err) {
      callback(err);
      return;
    }
    callback(null, result);
  };
  const existing = (path) => {
    const data = find(path);
    if (data === undefined) throw failure("ENOENT");
    return data;
  };
  const stat = (path, callback) => answer(callback, () => about(existing(path)));

  const decoder = new TextDecoder();
  const fs = {
    constants: { O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024, O_DIRECTORY: 65536 },
    open: (path, flags, mode, callback) => answer(callback, () => {
      if (flags & 3) throw failure("EROFS");
      const data = existing(path);
      opened.set(++last, { data, at: 0 });
      return last;
    }),
    close: (fd, callback) => answer(callback, () => { opened.delete(fd); }),
    stat,
    lstat: stat,
    fstat: (fd, callback) => answer(callback, () => {
      if (!opened.has(fd)) throw failure("EBADF");
      return about(opened.get(fd).data);
    }),
    read: (fd, buffer, offset, length, position, callback) => answer(callback, () => {
      const file = opened.get(fd);
      if (!file) throw failure("EBADF");
      if (!file.data) throw failure("EISDIR");
      const at = position ?? file.at;
      const part = file.data.subarray(at, at + length);
      buffer.set(part, offset);
      if (position === null || position === undefined) file.at += part.length;
      return part.length;
    }),
    readdir: (path, callback) => answer(callback, () => {
      if (existing(path)) throw failure("ENOTDIR");
      const inside = plain(path) === "" || plain(path) === "." ? "" : plain(path) + "/";
      const names = [...memory.files.keys()].filter((p) => p.startsWith(inside)).map((p) => p.slice(inside.length));
      return [...new Set(names.map((p) => p.split("/")[0]))];
    }),
    writeSync: (fd, buffer) => {
      memory.said += decoder.decode(buffer);
      return buffer.length;
    },
    write: (fd, buffer, offset, length, position, callback) => answer(callback, () => fs.writeSync(fd, buffer)),
    fsync: (fd, callback) => callback(null),
  };
  for (const name of ["chmod", "chown", "fchmod", "fchown", "ftruncate", "lchown", "link", "mkdir", "readlink",
    "rename", "rmdir", "symlink", "truncate", "unlink", "utimes"]) {
    fs[name] = (...args) => args.at(-1)(failure("EROFS"));
  }
  globalThis.fs = fs;
})();
