using System.IO.Hashing;
using System.Runtime.InteropServices;
using DailyPapers.Community.Following;
using DailyPapers.Papers;

namespace DailyPapers.Community.Recommending;

/// <summary>What recommendations know of a paper, or of something followed: a vector of its meaning, and its names.</summary>
/// <param name="Vector">The embedding, of unit length; empty where there is none.</param>
/// <param name="Terms">Hashes of authors, keywords and categories, each once.</param>
internal sealed record PaperFeatures(float[] Vector, ulong[] Terms)
{
    /// <summary>What stands for each term, so that all of a paper's together have length one.</summary>
    public float TermValue { get; } = Terms.Length == 0 ? 0 : 1 / MathF.Sqrt(Terms.Length);

    /// <summary>The terms of a paper: what it could be followed by.</summary>
    public static ulong[] TermsOf(Paper paper) => [.. FollowTerms.Of(paper).Select(term => TermOf(term.Kind, term.Term)).Distinct()];

    /// <summary>The term of something followed.</summary>
    public static ulong TermOf(FollowKind kind, string term) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(FormattableString.Invariant($"{(int)kind}\n{term}").AsSpan()));
}
