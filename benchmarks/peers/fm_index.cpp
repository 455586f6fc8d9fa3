// The FM-index of sdsl (Gog et al. 2014) in the shape that infini-gram mini uses: a Huffman-shaped wavelet tree of compressed bit
// vectors with a sampled suffix array; it holds the text as well.
//   fm_index build TEXT INDEX
//   fm_index count INDEX QUERIES g MOST OUT      places of every g-byte window of the first MOST queries to OUT.windows, CPU to OUT.times
#include <sdsl/suffix_arrays.hpp>

#include "measure.hpp"

namespace
{
using fm_index = sdsl::csa_wt<sdsl::wt_huff<sdsl::rrr_vector<127>>, 32, 64>;

int build(const char* text_path, const char* index_path)
{
    double start = cpu_seconds();
    double wall = seconds(CLOCK_MONOTONIC);
    fm_index index;
    sdsl::cache_config in_memory(true, "@", "fm");
    sdsl::construct(index, text_path, in_memory, 1);
    double built = cpu_seconds();
    double wall_built = seconds(CLOCK_MONOTONIC);
    if (!sdsl::store_to_file(index, index_path))
        fail(std::string(index_path) + " cannot be written");
    std::printf(
        "{\"textBytes\":%zu,\"cpuSeconds\":%.6f,\"wallSeconds\":%.6f,\"writeCpuSeconds\":%.6f,\"indexBytes\":%zu,\"peakBytes\":%ld}\n",
        file_bytes(text_path), built - start, wall_built - wall, cpu_seconds() - built, file_bytes(index_path), peak_bytes());
    return 0;
}

int count(char** arguments)
{
    fm_index index;
    if (!sdsl::load_from_file(index, arguments[0]))
        fail(std::string(arguments[0]) + " cannot be read");
    std::vector<std::string> queries = read_queries(arguments[1]);
    std::size_t least = std::stoul(arguments[2]);
    queries.resize(std::min(queries.size(), std::stoul(arguments[3])));
    std::string out = arguments[4];

    std::vector<std::int64_t> times;
    std::ofstream windows(out + ".windows");
    std::size_t located = 0;
    std::int64_t locating = 0;
    for (std::size_t i = 0; i < queries.size(); i++)
    {
        const std::string& query = queries[i];
        std::vector<std::pair<std::size_t, std::size_t>> found;
        std::int64_t start = thread_nanoseconds();
        for (std::size_t at = 0; at + least <= query.size(); at++)
        {
            std::size_t places = sdsl::count(index, query.begin() + static_cast<long>(at), query.begin() + static_cast<long>(at + least));
            if (places > 0)
                found.emplace_back(at, places);
        }

        times.push_back(thread_nanoseconds() - start);
        for (auto [at, places] : found)
            windows << i << ' ' << at << ' ' << places << '\n';
        if (found.empty())
            continue;
        start = thread_nanoseconds();
        located += sdsl::locate(index, query.begin() + static_cast<long>(found[0].first), query.begin() + static_cast<long>(found[0].first + least)).size();
        locating += thread_nanoseconds() - start;
    }

    write_times(out + ".times", times);
    std::printf(
        "{\"queries\":%zu,\"located\":%zu,\"locateNanoseconds\":%lld,\"peakBytes\":%ld}\n", queries.size(), located,
        static_cast<long long>(locating), peak_bytes());
    return 0;
}
}  // namespace

int main(int count_of_arguments, char** arguments)
{
    std::string_view command = count_of_arguments > 1 ? arguments[1] : "";
    if (command == "build" && count_of_arguments == 4)
        return build(arguments[2], arguments[3]);
    if (command == "count" && count_of_arguments == 7)
        return count(arguments + 2);
    fail("usage: fm_index build TEXT INDEX | count INDEX QUERIES g MOST OUT");
}
