using System.Collections.Frozen;
using System.Text;

namespace Recite.Indexing.Text.Internals;

/// <summary>
/// Words that <c>code-renamed</c> keeps: what is reserved in C, C++, C#, Java, JavaScript, TypeScript, Go, Rust, Python, Ruby, PHP,
/// Shell, SQL, Kotlin, Swift, Lua, R or Perl, in one set, since no language is known.
/// </summary>
internal static class CodeKeywords
{
    private const int LongestWord = 16;

    /// <summary>The words in one line, as the digest of the profile takes them.</summary>
    public const string Line =
        "abstract alias alignas alignof and as asm assert async auto await base begin bool boolean break by byte case catch chan char checked "
        + "class companion concept const consteval constexpr constinit continue crate data debugger declare decltype def default defer del "
        + "delegate delete distinct do done double dyn each echo elif else elseif elsif end endfor endforeach endif endswitch endwhile ensure "
        + "enum esac eval event except exists explicit export extends extension extern fallthrough false False fi final finally fixed float fn for "
        + "foreach from fun func function get global go goto group guard having if impl implements implicit import in include infix init inline "
        + "inner inout insert instanceof int interface internal into is join lambda last lateinit left let limit local lock long loop match mod "
        + "module move mut mutable my namespace native new next nil nix noexcept none None nonlocal not null nullptr object of on open operator "
        + "or order out outer override package params pass print private protected protocol pub public raise range readonly rec redo ref "
        + "register reinterpret_cast repeat require rescue retry return right sealed select Self self set short signed sizeof static "
        + "static_assert static_cast strictfp string struct sub super suspend switch synchronized table template then this throw throws trait "
        + "transient true True try type typealias typedef typename typeof ubyte uint ulong undef union unique unless unsafe unset unsigned until update use "
        + "ushort using val values var virtual void volatile wchar_t when where while with xor yield "
        + "AND AS BETWEEN BY CASE CREATE DELETE DISTINCT ELSE END EXISTS FROM GROUP HAVING IN INSERT INTO IS JOIN LEFT LIKE LIMIT NOT NULL ON OR "
        + "ORDER OUTER RIGHT SELECT SET TABLE THEN TRUE FALSE UNION UPDATE VALUES WHEN WHERE WITH";

    private static readonly FrozenSet<string> s_words = Line.Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<byte> word)
    {
        if (word.Length > LongestWord)
            return false;

        Span<char> letters = stackalloc char[LongestWord];
        return Ascii.ToUtf16(word, letters, out int length) == System.Buffers.OperationStatus.Done && s_lookup.Contains(letters[..length]);
    }
}
