// Suffix arrays by libdivsufsort (Y. Mori), and two ways to trace a text with one.
//   suffix_array build TEXT ARRAY                                            the array of TEXT, written to ARRAY
//   suffix_array search TEXT ARRAY QUERIES g k full|sampled ROUNDS OUT       spans to OUT.spans, CPU per query to OUT.times
//   suffix_array count TEXT ARRAY QUERIES g OUT                              places of every g-byte window to OUT.windows
// Spans are those of at least g bytes that stand in TEXT and lie in no longer one.
#include <algorithm>
#include <cstring>
#include <limits>

#include <divsufsort.h>

#include "measure.hpp"

namespace
{
class searcher
{
public:
    searcher(const large_array<unsigned char>& text, const large_array<saidx_t>& array) : text_(text), array_(array) {}

    // Length of the longest prefix of the pattern that stands in the text: one binary search. What both ends of the interval have
    // in common with the pattern is not compared again (Manber and Myers 1993, without the table of common prefixes).
    std::size_t longest(std::string_view pattern) const
    {
        std::size_t low = 0, high = array_.size(), low_common = 0, high_common = 0;
        while (low < high)
        {
            std::size_t middle = low + (high - low) / 2;
            std::size_t common = std::min(low_common, high_common);
            if (is_less(middle, pattern, common))
                low = middle + 1, low_common = common;
            else
                high = middle, high_common = common;
        }

        return std::max(low_common, high_common);
    }

    bool contains(std::string_view pattern) const
    {
        std::size_t low = 0, high = array_.size(), low_common = 0, high_common = 0;
        while (low < high)
        {
            std::size_t middle = low + (high - low) / 2;
            std::size_t common = std::min(low_common, high_common);
            bool less = is_less(middle, pattern, common);
            if (common == pattern.size())
                return true;
            if (less)
                low = middle + 1, low_common = common;
            else
                high = middle, high_common = common;
        }

        return false;
    }

    std::size_t count(std::string_view pattern) const
    {
        saidx_t first = 0;
        saidx_t found = sa_search(
            text_.data(), static_cast<saidx_t>(text_.size()), reinterpret_cast<const sauchar_t*>(pattern.data()),
            static_cast<saidx_t>(pattern.size()), array_.data(), static_cast<saidx_t>(array_.size()), &first);
        return found < 0 ? 0 : static_cast<std::size_t>(found);
    }

private:
    // Compares the suffix with the pattern from `common` on, and leaves there how many bytes are equal.
    bool is_less(std::size_t middle, std::string_view pattern, std::size_t& common) const
    {
        const unsigned char* suffix = text_.data() + array_[middle];
        std::size_t most = std::min(pattern.size(), text_.size() - static_cast<std::size_t>(array_[middle]));
        const auto* wanted = reinterpret_cast<const unsigned char*>(pattern.data());
        while (common + 8 <= most)
        {
            std::uint64_t left, right;
            std::memcpy(&left, suffix + common, 8);
            std::memcpy(&right, wanted + common, 8);
            if (left != right)
            {
                common += static_cast<std::size_t>(__builtin_ctzll(left ^ right)) / 8;
                return suffix[common] < wanted[common];
            }

            common += 8;
        }

        while (common < most && suffix[common] == wanted[common])
            common++;
        return common < most ? suffix[common] < wanted[common] : common < pattern.size();
    }

    const large_array<unsigned char>& text_;
    const large_array<saidx_t>& array_;
};

// Keeps spans that end behind all before them: the others lie inside one.
class collector
{
public:
    collector(std::uint32_t query, std::size_t least, std::vector<span>& spans) : query_(query), least_(least), spans_(spans) {}

    void add(std::size_t start, std::size_t length)
    {
        if (length < least_ || start + length <= end_)
            return;
        end_ = start + length;
        spans_.push_back({query_, static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end_)});
    }

private:
    std::uint32_t query_;
    std::size_t least_;
    std::vector<span>& spans_;
    std::size_t end_ = 0;
};

void search_full(const searcher& suffixes, std::string_view query, std::size_t least, collector& spans)
{
    for (std::size_t start = 0; start + least <= query.size(); start++)
        spans.add(start, suffixes.longest(query.substr(start)));
}

// A span of g bytes holds one of the k-grams at 0, s, 2s ... with s = g - k + 1: only where such a k-gram stands in the text, the s
// starts whose spans would hold it first are searched.
void search_sampled(const searcher& suffixes, std::string_view query, std::size_t least, std::size_t gram, collector& spans)
{
    std::size_t stride = least - gram + 1;
    for (std::size_t probe = 0; probe + gram <= query.size(); probe += stride)
    {
        if (!suffixes.contains(query.substr(probe, gram)))
            continue;
        for (std::size_t start = probe >= stride ? probe - stride + 1 : 0; start <= probe && start + least <= query.size(); start++)
            spans.add(start, suffixes.longest(query.substr(start)));
    }
}

int build(const char* text_path, const char* array_path)
{
    std::size_t bytes = file_bytes(text_path);
    if (bytes > static_cast<std::size_t>(std::numeric_limits<saidx_t>::max()))
        fail("libdivsufsort's 32-bit arrays end at 2 GiB of text");
    large_array<unsigned char> text(bytes);
    read_file(text_path, text);
    large_array<saidx_t> array(bytes);
    double start = cpu_seconds();
    double wall = seconds(CLOCK_MONOTONIC);
    if (divsufsort(text.data(), array.data(), static_cast<saidx_t>(bytes)) != 0)
        fail("libdivsufsort failed");
    double sorted = cpu_seconds();
    double wall_sorted = seconds(CLOCK_MONOTONIC);
    std::ofstream file(array_path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(array.data()), static_cast<std::streamsize>(bytes * sizeof(saidx_t)));
    file.close();
    if (!file)
        fail(std::string(array_path) + " cannot be written");
    std::printf(
        "{\"textBytes\":%zu,\"cpuSeconds\":%.6f,\"wallSeconds\":%.6f,\"writeCpuSeconds\":%.6f,\"indexBytes\":%zu,\"peakBytes\":%ld}\n",
        bytes, sorted - start, wall_sorted - wall, cpu_seconds() - sorted, bytes * sizeof(saidx_t), peak_bytes());
    return 0;
}

int search(char** arguments)
{
    large_array<unsigned char> text(file_bytes(arguments[0]));
    read_file(arguments[0], text);
    large_array<saidx_t> array(file_bytes(arguments[1]) / sizeof(saidx_t));
    read_file(arguments[1], array);
    std::vector<std::string> queries = read_queries(arguments[2]);
    std::size_t least = std::stoul(arguments[3]), gram = std::stoul(arguments[4]);
    bool full = std::string_view(arguments[5]) == "full";
    int rounds = std::stoi(arguments[6]);
    std::string out = arguments[7];

    searcher suffixes(text, array);
    std::vector<std::int64_t> times(queries.size(), std::numeric_limits<std::int64_t>::max());
    std::vector<span> spans;
    for (int round = 0; round < rounds; round++)
    {
        spans.clear();
        for (std::size_t i = 0; i < queries.size(); i++)
        {
            std::int64_t start = thread_nanoseconds();
            collector found(static_cast<std::uint32_t>(i), least, spans);
            if (full)
                search_full(suffixes, queries[i], least, found);
            else
                search_sampled(suffixes, queries[i], least, gram, found);
            times[i] = std::min(times[i], thread_nanoseconds() - start);
        }
    }

    write_spans(out + ".spans", spans);
    write_times(out + ".times", times);
    std::printf("{\"queries\":%zu,\"spans\":%zu,\"peakBytes\":%ld}\n", queries.size(), spans.size(), peak_bytes());
    return 0;
}

int count(char** arguments)
{
    large_array<unsigned char> text(file_bytes(arguments[0]));
    read_file(arguments[0], text);
    large_array<saidx_t> array(file_bytes(arguments[1]) / sizeof(saidx_t));
    read_file(arguments[1], array);
    std::vector<std::string> queries = read_queries(arguments[2]);
    std::size_t least = std::stoul(arguments[3]);
    searcher suffixes(text, array);
    std::ofstream file(std::string(arguments[4]) + ".windows");
    for (std::size_t i = 0; i < queries.size(); i++)
    {
        for (std::size_t start = 0; start + least <= queries[i].size(); start++)
        {
            std::size_t places = suffixes.count(std::string_view(queries[i]).substr(start, least));
            if (places > 0)
                file << i << ' ' << start << ' ' << places << '\n';
        }
    }

    return 0;
}
}  // namespace

int main(int count_of_arguments, char** arguments)
{
    std::string_view command = count_of_arguments > 1 ? arguments[1] : "";
    if (command == "build" && count_of_arguments == 4)
        return build(arguments[2], arguments[3]);
    if (command == "search" && count_of_arguments == 10)
        return search(arguments + 2);
    if (command == "count" && count_of_arguments == 7)
        return count(arguments + 2);
    fail("usage: suffix_array build TEXT ARRAY | search TEXT ARRAY QUERIES g k full|sampled ROUNDS OUT | count TEXT ARRAY QUERIES g OUT");
}
