using System.Buffers;
using DailyPapers.Search.Text;
using Lucene.Net.Util;

namespace DailyPapers.Search.Suggesting;

/// <summary>
/// Names (titles, people, keywords), found by the beginnings of any of their words. A posting is a name's number and the place
/// of a word in it, in 32 bits.
/// </summary>
internal sealed class NameTable(WordList words, int[] starts, uint[] places, long[] weights, bool[] isWritten)
{
    private const int PlaceBits = 8;
    private const int PlaceMask = (1 << PlaceBits) - 1;

    // What is known of a name so far, zero when a typed word is missing in it: the place after the last word found, the edits
    // needed, and what makes the match worse.
    private const int CostShift = 8;
    private const uint Scattered = 1 << 16;
    private const uint NotAtStart = 1 << 17;
    private const uint NotWhole = 1 << 18;

    /// <summary>What it takes of memory.</summary>
    public long Bytes => words.Bytes + (4L * starts.Length) + (4L * places.Length) + (8L * weights.Length) + isWritten.Length;

    public long WeightOf(int name) => weights[name];

    public static uint Pack(int name, int place) => ((uint)name << PlaceBits) | (uint)place;

    /// <summary>
    /// The best names that have words beginning with all that was typed: those that begin with what was typed before those that
    /// have it in one piece, before those that have it scattered; with fewer typing errors before with more.
    /// </summary>
    /// <param name="typed">The words; at least one.</param>
    /// <param name="inAnyOrder">True for names of people, who are called by either name first; a whole word counts there, since many are short.</param>
    /// <param name="live">The names that still exist; null for all.</param>
    /// <param name="best">Takes the matches.</param>
    /// <param name="completions">Takes what the last word may become, or null.</param>
    public void Find(IReadOnlyList<TypedWord> typed, bool inAnyOrder, IBits? live, BestNames best, List<WordCompletion>? completions)
    {
        var ranges = new List<WordRange>[typed.Count];
        for (var i = 0; i < typed.Count; i++)
        {
            ranges[i] = RangesOf(typed[i]);
            if (ranges[i].Count == 0)
                return;
        }
        var before = ArrayPool<uint>.Shared.Rent(weights.Length);
        var states = ArrayPool<uint>.Shared.Rent(weights.Length);
        try
        {
            for (var i = 0; i < typed.Count; i++)
            {
                Array.Clear(states, 0, weights.Length);
                var isLast = i == typed.Count - 1;
                foreach (var range in ranges[i])
                    Advance(i == 0 ? null : before, states, range, typed[i].Spelling.Length, inAnyOrder, isLast ? live : null, isLast ? completions : null);
                (before, states) = (states, before);
            }
            Collect(before, inAnyOrder, best);
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(before);
            ArrayPool<uint>.Shared.Return(states);
        }
    }

    /// <summary>True when words of the names begin so.</summary>
    public bool HasBeginning(string typed) => words.BeginningWith(typed) is var range && range.End > range.First;

    private List<WordRange> RangesOf(TypedWord typed)
    {
        if (typed.Edits > 0)
            return words.BeginningNear(typed.Spelling, typed.Edits);
        var found = new List<WordRange>(2);
        var begin = words.BeginningWith(typed.Spelling);
        if (begin.End > begin.First)
            found.Add(begin);
        // Titles have the stem of every word: a plural finds the singular.
        if (words.PlaceOf(Stemmer.Stem(typed.Spelling)) is var stem and >= 0 && (stem < begin.First || stem >= begin.End))
            found.Add(new WordRange(stem, stem + 1, 0));
        return found;
    }

    private void Advance(
        uint[]? before, uint[] states, WordRange range, int typedLength, bool inAnyOrder, IBits? live, List<WordCompletion>? completions)
    {
        for (var word = range.First; word < range.End; word++)
        {
            var length = words[word].Length;
            var flaw = length == typedLength ? 0u : NotWhole;
            var count = 0;
            foreach (var posting in places.AsSpan(starts[word], starts[word + 1] - starts[word]))
            {
                var name = (int)(posting >> PlaceBits);
                var after = (posting & PlaceMask) + 1;
                uint state;
                if (before is null)
                {
                    state = after | ((uint)range.Cost << CostShift) | flaw | (after == 1 ? 0 : NotAtStart);
                }
                else
                {
                    var earlier = before[name];
                    var place = earlier & PlaceMask;
                    if (earlier == 0 || (!inAnyOrder && after <= place))
                        continue;
                    state = (earlier & ~(uint)PlaceMask) | after | flaw | (after == place + 1 ? 0 : Scattered);
                    state += (uint)range.Cost << CostShift;
                }
                if (live is not null && !live.Get(name))
                    continue;
                count++;
                // The earliest place leaves the most room for the words to come.
                if (states[name] is 0 || Order(state) < Order(states[name]))
                    states[name] = state;
            }
            if (completions is not null && count > 0 && length > typedLength && isWritten[word])
                completions.Add(new WordCompletion(words[word].ToString(), range.Cost, count));
        }
    }

    private static uint Order(uint state) => ((state & PlaceMask) << 24) | (state >> CostShift);

    private void Collect(uint[] states, bool inAnyOrder, BestNames best)
    {
        for (var name = 0; name < weights.Length; name++)
        {
            if (states[name] is 0)
                continue;
            best.Add(new NameMatch(name, RankOf(states[name], inAnyOrder), weights[name]));
        }
    }

    private static int RankOf(uint state, bool inAnyOrder)
    {
        var cost = (int)(state >> CostShift) & 0xFF;
        var isAtStart = (state & NotAtStart) == 0;
        var way = inAnyOrder
            ? ((state & NotWhole) == 0 ? 0 : 2) + (isAtStart ? 0 : 1)
            : (state & Scattered) != 0 ? 2 : isAtStart ? 0 : 1;
        return (cost * 4) + way;
    }
}
