/* Preloaded into a process, counts its calls that change files of one folder, and lets one of them, or all from one on,
   be the last or fail; or writes all of them down, so that what a power cut leaves can be made of them. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { OFF, WATCH, KILL, TEAR, FAIL };

static int what = OFF, error_number, log_file = -1;
static long first, last, counted;
static char folder[4096];
static size_t length;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void injector_arm(const char *in, int act, int number, long from, long to, const char *log)
{
    snprintf(folder, sizeof folder, "%s", in);
    length = strlen(folder);
    error_number = number;
    first = from;
    last = to;
    counted = 0;
    if (log_file >= 0) close(log_file);
    log_file = *log ? REAL(open)(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
    what = act;
}

long injector_count(void) { return counted; }

static int inside(const char *path) { return !strncmp(path, folder, length) && (path[length] == '/' || !path[length]); }

static const char *path_of(int file)
{
    static char found[4096];
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, found, sizeof found - 1);
    if (size < 0) return "";
    found[size] = 0;
    return found;
}

static void note(char call, const char *path, const char *other, uint64_t offset, const void *data, uint64_t size)
{
    if (log_file < 0) return;
    uint64_t head[5] = {(uint64_t)call, strlen(path), strlen(other), offset, size};
    __typeof__(&write) put = REAL(write);
    if (put(log_file, head, sizeof head) < 0 || put(log_file, path, head[1]) < 0 || put(log_file, other, head[2]) < 0
        || (data && put(log_file, data, size) < 0))
        raise(SIGABRT);
}

void injector_mark(long number) { note('m', "", "", (uint64_t)number, NULL, 0); }

/* Whether the call that comes now fails. */
static int fails(void)
{
    counted++;
    if (counted < first || counted > last) return 0;
    if (what == KILL || what == TEAR) kill(getpid(), SIGKILL);
    errno = error_number;
    return what == FAIL;
}

static int watched(int file) { return what != OFF && inside(path_of(file)); }

static ssize_t write_at(int file, const void *data, size_t size, off64_t offset, __typeof__(&pwrite64) real)
{
    if (!watched(file)) return real(file, data, size, offset);
    if (what == TEAR && counted + 1 >= first && size > 512) real(file, data, size / 1024 * 512, offset);
    if (fails()) return -1;
    ssize_t done = real(file, data, size, offset);
    if (done > 0) note('w', path_of(file), "", (uint64_t)offset, data, (uint64_t)done);
    return done;
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset)
{
    return write_at(file, data, size, offset, REAL(pwrite64));
}

ssize_t pwrite(int file, const void *data, size_t size, off_t offset)
{
    return write_at(file, data, size, offset, REAL(pwrite64));
}

ssize_t write(int file, const void *data, size_t size)
{
    __typeof__(&write) real = REAL(write);
    if (!watched(file)) return real(file, data, size);
    if (what == TEAR && counted + 1 >= first && size > 512) real(file, data, size / 1024 * 512);
    if (fails()) return -1;
    off64_t offset = lseek64(file, 0, SEEK_CUR);
    ssize_t done = real(file, data, size);
    if (done > 0) note('w', path_of(file), "", (uint64_t)offset, data, (uint64_t)done);
    return done;
}

#define SYNC(name)                                       \
    int name(int file)                                   \
    {                                                    \
        if (!watched(file)) return REAL(name)(file);     \
        if (fails()) return -1;                          \
        int done = REAL(name)(file);                     \
        note('s', path_of(file), "", 0, NULL, 0);        \
        return done;                                     \
    }
SYNC(fsync)
SYNC(fdatasync)

#define CUT(name, type)                                              \
    int name(int file, type size)                                    \
    {                                                                \
        if (!watched(file)) return REAL(name)(file, size);           \
        if (fails()) return -1;                                      \
        int done = REAL(name)(file, size);                           \
        if (!done) note('t', path_of(file), "", (uint64_t)size, NULL, 0); \
        return done;                                                 \
    }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

int unlink(const char *path)
{
    if (what == OFF || !inside(path)) return REAL(unlink)(path);
    if (fails()) return -1;
    int done = REAL(unlink)(path);
    if (!done) note('u', path, "", 0, NULL, 0);
    return done;
}

#define TWO(name, letter)                                                       \
    int name(const char *from, const char *to)                                  \
    {                                                                           \
        if (what == OFF || !inside(to)) return REAL(name)(from, to);            \
        if (fails()) return -1;                                                 \
        int done = REAL(name)(from, to);                                        \
        if (!done) note(letter, from, to, 0, NULL, 0);                          \
        return done;                                                            \
    }
TWO(rename, 'r')
TWO(link, 'l')

static int open_with(const char *path, int flags, mode_t mode, __typeof__(&open64) real)
{
    if (what == OFF || !(flags & O_CREAT) || !inside(path) || !access(path, F_OK)) return real(path, flags, mode);
    if (fails()) return -1;
    int file = real(path, flags, mode);
    if (file >= 0) note('c', path, "", 0, NULL, 0);
    return file;
}

#define OPEN(name)                                                                      \
    int name(const char *path, int flags, ...)                                          \
    {                                                                                   \
        va_list rest;                                                                   \
        va_start(rest, flags);                                                          \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(rest, int) : 0;    \
        va_end(rest);                                                                   \
        return open_with(path, flags, mode, (__typeof__(&open64))REAL(name));           \
    }
OPEN(open)
OPEN(open64)
