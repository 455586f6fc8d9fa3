// What no build can go below: reads a file, looks at every byte once, writes as many bytes to the disk.
//   floor IN OUT BYTES_TO_WRITE
#include "measure.hpp"

int main(int count_of_arguments, char** arguments)
{
    if (count_of_arguments != 4)
        fail("usage: floor IN OUT BYTES_TO_WRITE");
    std::size_t left = std::stoul(arguments[3]);
    int in = open(arguments[1], O_RDONLY);
    int out = open(arguments[2], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (in < 0 || out < 0)
        fail("a file cannot be opened");

    double start = cpu_seconds();
    double wall = seconds(CLOCK_MONOTONIC);
    std::vector<unsigned char> buffer(1 << 20);
    std::size_t bytes = 0, lines = 0;
    for (ssize_t got; (got = read(in, buffer.data(), buffer.size())) > 0;)
    {
        for (ssize_t i = 0; i < got; i++)
            lines += buffer[static_cast<std::size_t>(i)] == '\n';
        bytes += static_cast<std::size_t>(got);
        std::size_t share = std::min(left, static_cast<std::size_t>(got));
        if (write(out, buffer.data(), share) != static_cast<ssize_t>(share))
            fail("the disk is full");
        left -= share;
    }

    // An index may be larger than what it was made from.
    for (; left > 0;)
    {
        std::size_t share = std::min(left, buffer.size());
        if (write(out, buffer.data(), share) != static_cast<ssize_t>(share))
            fail("the disk is full");
        left -= share;
    }

    fsync(out);
    close(out);
    std::printf(
        "{\"textBytes\":%zu,\"lines\":%zu,\"cpuSeconds\":%.6f,\"wallSeconds\":%.6f,\"peakBytes\":%ld}\n", bytes, lines,
        cpu_seconds() - start, seconds(CLOCK_MONOTONIC) - wall, peak_bytes());
}
