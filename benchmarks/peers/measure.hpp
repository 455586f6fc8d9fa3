// What every driver shares: text in memory on large pages, queries, CPU time of this thread, and figures as one line of JSON.
#pragma once

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

[[noreturn]] inline void fail(const std::string& sentence)
{
    std::fprintf(stderr, "%s\n", sentence.c_str());
    std::exit(1);
}

inline double seconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// User and system time of the whole process.
inline double cpu_seconds() { return seconds(CLOCK_PROCESS_CPUTIME_ID); }

inline std::int64_t thread_nanoseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

inline long peak_bytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024;
}

// Anonymous memory on 2 MiB pages where the kernel gives them: random access into hundreds of megabytes misses fewer translations.
template <typename T>
class large_array
{
public:
    explicit large_array(std::size_t count) : size_(count), bytes_((count * sizeof(T) | ((1u << 21) - 1)) + 1)
    {
        void* memory = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            fail("there is not enough memory for " + std::to_string(bytes_) + " bytes");
        madvise(memory, bytes_, MADV_HUGEPAGE);
        items_ = static_cast<T*>(memory);
    }

    large_array(const large_array&) = delete;
    large_array& operator=(const large_array&) = delete;
    ~large_array() { munmap(items_, bytes_); }

    T* data() { return items_; }
    const T* data() const { return items_; }
    std::size_t size() const { return size_; }
    const T& operator[](std::size_t i) const { return items_[i]; }

private:
    std::size_t size_;
    std::size_t bytes_;
    T* items_;
};

inline std::size_t file_bytes(const char* path)
{
    struct stat status{};
    if (stat(path, &status) != 0)
        fail(std::string(path) + " cannot be read");
    return static_cast<std::size_t>(status.st_size);
}

template <typename T>
inline void read_file(const char* path, large_array<T>& into)
{
    int file = open(path, O_RDONLY);
    std::size_t wanted = into.size() * sizeof(T);
    char* target = reinterpret_cast<char*>(into.data());
    for (std::size_t done = 0; done < wanted;)
    {
        ssize_t got = read(file, target + done, wanted - done);
        if (got <= 0)
            fail(std::string(path) + " is shorter than it was");
        done += static_cast<std::size_t>(got);
    }

    close(file);
}

// 32-bit count, then for each query its 32-bit length and its bytes, little-endian.
inline std::vector<std::string> read_queries(const char* path)
{
    std::ifstream file(path, std::ios::binary);
    auto number = [&file] {
        std::uint32_t value = 0;
        file.read(reinterpret_cast<char*>(&value), sizeof value);
        return value;
    };
    std::vector<std::string> queries(number());
    for (std::string& query : queries)
    {
        query.resize(number());
        file.read(query.data(), static_cast<std::streamsize>(query.size()));
    }

    if (!file)
        fail(std::string(path) + " is not a file of queries");
    return queries;
}

struct span
{
    std::uint32_t query;
    std::uint32_t start;
    std::uint32_t end;
};

inline void write_spans(const std::string& path, const std::vector<span>& spans)
{
    std::ofstream file(path);
    for (const span& found : spans)
        file << found.query << ' ' << found.start << ' ' << found.end << '\n';
}

inline void write_times(const std::string& path, const std::vector<std::int64_t>& nanoseconds)
{
    std::ofstream file(path);
    for (std::int64_t time : nanoseconds)
        file << time << '\n';
}
