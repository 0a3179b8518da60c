using DailyPapers.Search.Indexing;
using DailyPapers.Search.Retrieval;
using DailyPapers.Search.Text;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace DailyPapers.Search.Queries;

/// <summary>Words that may not be finished, and what they may become.</summary>
internal static class OpenWords
{
    private const int MostCompletions = 16;
    private const int FewestOccurrences = 10;
    private const int OccurrencesPerPapers = 1_000;
    private const int LargestShare = 4;

    /// <summary>Reads as finished a last word that enough papers have: it's a word, and its beginning of others by chance.</summary>
    public static QueryGroup Settle(QueryGroup group, IndexReader reader)
    {
        if (group.Alternatives[^1] is not WordsClause { Form: WordsForm.Open, Words: [var word] } clause)
            return group;
        var enough = Math.Max(FewestOccurrences, reader.MaxDoc / OccurrencesPerPapers);
        return reader.DocFreq(new Term(IndexField.Text, Stemmer.Stem(word))) < enough
            ? group
            : group with { Alternatives = [.. group.Alternatives.SkipLast(1), clause with { Form = WordsForm.Plain }] };
    }

    /// <summary>
    /// The most frequent words that begin so, itself among them, as terms of <see cref="IndexField.Text"/>; few enough that they can be scored.
    /// They count as one word that is as frequent as all together, so that a rare one is worth no more than a common one.
    /// </summary>
    public static IReadOnlyList<RankedWord> Complete(string beginning, float weight, IndexReader reader)
    {
        var frequencies = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var leaf in reader.Leaves)
        {
            Collect(leaf.AtomicReader.GetTerms(IndexField.Text), beginning, frequencies);
            Collect(leaf.AtomicReader.GetTerms(IndexField.Spelling), beginning, frequencies);
        }
        long room = reader.MaxDoc / LargestShare, total = 0;
        var chosen = new List<string>();
        foreach (var (stem, frequency) in frequencies.OrderByDescending(f => f.Value).ThenBy(f => f.Key, StringComparer.Ordinal).Take(MostCompletions))
        {
            if (chosen.Count > 0 && total + frequency > room)
                continue;
            chosen.Add(stem);
            total += frequency;
        }
        return chosen.ConvertAll(stem => new RankedWord(stem, weight, Math.Min(total, reader.MaxDoc)));
    }

    private static void Collect(Terms? terms, string beginning, Dictionary<string, long> frequencies)
    {
        if (terms?.GetEnumerator() is not { } dictionary)
            return;
        var prefix = new BytesRef(beginning);
        for (var status = dictionary.SeekCeil(prefix); status is not TermsEnum.SeekStatus.END; status = dictionary.MoveNext() ? TermsEnum.SeekStatus.NOT_FOUND : TermsEnum.SeekStatus.END)
        {
            if (!StringHelper.StartsWith(dictionary.Term, prefix))
                return;
            var stem = Stemmer.Stem(dictionary.Term.Utf8ToString());
            frequencies[stem] = frequencies.GetValueOrDefault(stem) + dictionary.DocFreq;
        }
    }
}
