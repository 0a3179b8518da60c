using System.Text.RegularExpressions;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Loading;
using DailyPapers.Search.Text;
using DailyPapers.Storage;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Search.Suggesting;

/// <summary>
/// Suggests papers, authors, keywords and words while a query is being typed. What it knows is read from the search index,
/// segment by segment, and kept in memory.
/// </summary>
public sealed partial class PaperSuggestions
{
    /// <summary>The most suggestions of one answer.</summary>
    public const int Most = 20;

    /// <summary>Of longer texts the beginning is read.</summary>
    public const int LongestText = 200;

    private const int MostWords = 12;
    private const int FewestOfOneWord = 3;
    private const int LongestName = 4;
    private const int Spare = 8;
    private const int SparePapers = 2;

    private readonly PaperIndex _index;
    private readonly IDbContextFactory<PapersDb> _contexts;
    private readonly PaperCache _papers;

    internal PaperSuggestions(PaperIndex index, PaperCache papers, IDbContextFactory<PapersDb> contexts)
    {
        _index = index;
        _papers = papers;
        _contexts = contexts;
    }

    /// <summary>
    /// What the text may become, grouped by kind: words, papers, authors, keywords. The beginnings of words are matched in the
    /// order of the title, in any order for names; typing errors are allowed where little else matches.
    /// </summary>
    /// <param name="text">What was typed; after <c>author:</c> or <c>keyword:</c> only those are suggested.</param>
    /// <param name="limit">The most suggestions, 1 to <see cref="Most"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>An empty list when nothing matches or there is no index yet.</returns>
    public async Task<IReadOnlyList<Suggestion>> SuggestAsync(string text, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Most);
        if (text.Length > LongestText)
            text = text[..LongestText];
        if (WantedOf(text) is not { } wanted)
            return [];
        Found found;
        using (var lease = _index.Acquire())
        {
            if (lease is null)
                return [];
            try
            {
                found = Find(lease.Searcher.IndexReader, wanted, limit);
            }
            catch (Exception) when (_index.IsDamaged(lease))
            {
                return [];
            }
        }
        var papers = await LoadAsync(found.Papers, cancellationToken);
        return Share(wanted, found, papers, limit);
    }

    /// <summary>Reads what suggestions need of the index, so that the next one need not wait for it. Returns the bytes it takes of memory.</summary>
    public long Prepare()
    {
        using var lease = _index.Acquire();
        return lease?.Searcher.IndexReader.Leaves.Sum(leaf => SegmentNames.Of(leaf.AtomicReader).Bytes) ?? 0;
    }

    private static Wanted? WantedOf(string text)
    {
        var field = Field().Match(text);
        if (!field.Success && (text.Contains('"', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal)))
            return null;
        var typed = Words.In(field.Success ? field.Groups["value"].Value : text);
        if (typed.Count is 0 or > MostWords)
            return null;
        SuggestionKind? only = !field.Success ? null : field.Groups["field"].Value[0] is 'a' or 'A' ? SuggestionKind.Author : SuggestionKind.Keyword;
        return new Wanted(text, typed, only);
    }

    private static Found Find(IndexReader reader, Wanted wanted, int limit)
    {
        var typed = wanted.Typed.Select(word => new TypedWord(word, 0)).ToList();
        var found = Find(reader, wanted, typed, limit);
        var few = typed.Count == 1 ? FewestOfOneWord : 1;
        return found.Papers.Count + found.Authors.Count + found.Keywords.Count < few && WithTolerance(reader, wanted) is { } tolerant
            ? Find(reader, wanted, tolerant, limit)
            : found;
    }

    // Errors are looked for in the words that nothing begins with, or in all where there is none of those.
    private static List<TypedWord>? WithTolerance(IndexReader reader, Wanted wanted)
    {
        var unknown = wanted.Typed.Where(word => !reader.Leaves.Any(leaf => SegmentNames.Of(leaf.AtomicReader).HasBeginning(word))).ToHashSet(StringComparer.Ordinal);
        var typed = wanted.Typed
            .Select(word => new TypedWord(word, unknown.Count == 0 || unknown.Contains(word) ? EditDistance.Allowed(word.Length) : 0))
            .ToList();
        return typed.Exists(word => word.Edits > 0) ? typed : null;
    }

    private static Found Find(IndexReader reader, Wanted wanted, List<TypedWord> typed, int limit)
    {
        var papers = new List<NameMatch>();
        var authors = new List<(NameMatch Match, string Name)>();
        var keywords = new List<(NameMatch Match, string Name)>();
        var completions = new List<WordCompletion>();
        foreach (var leaf in reader.Leaves)
        {
            var names = SegmentNames.Of(leaf.AtomicReader);
            if (wanted.Wants(SuggestionKind.Paper))
            {
                var best = new BestNames(limit + SparePapers);
                names.Titles.Find(typed, inAnyOrder: false, leaf.AtomicReader.LiveDocs, best, completions);
                papers.AddRange(best.Matches);
            }
            if (wanted.Wants(SuggestionKind.Author) && typed.Count <= LongestName)
            {
                var best = new BestNames(Spare);
                names.Authors.Find(typed, inAnyOrder: true, null, best, null);
                authors.AddRange(best.Matches.Select(match => (match, names.Author(match.Name))));
            }
            if (wanted.Wants(SuggestionKind.Keyword) && typed.Count <= LongestName)
            {
                var best = new BestNames(Spare);
                names.Keywords.Find(typed, inAnyOrder: false, null, best, null);
                keywords.AddRange(best.Matches.Select(match => (match, names.Keyword(match.Name))));
            }
        }
        papers.Sort();
        return new Found(
            [.. papers.Take(limit + SparePapers).Select(match => SegmentNames.PaperOf(match.Weight))],
            Counted(authors, name => name, name => CountOf(reader, new Term(IndexField.AuthorName, name), names => names.PapersOfAuthor(name))),
            Counted(keywords, PaperDocument.KeywordTerm, term => CountOf(reader, new Term(IndexField.Keyword, term), names => names.PapersWithKeyword(term))),
            Together(completions));
    }

    // The same name may be in several segments, and in one only for papers that were deleted.
    private static List<(string Name, int Papers)> Counted(List<(NameMatch Match, string Name)> matches, Func<string, string> identity, Func<string, int> count) =>
        [.. matches
            .GroupBy(m => identity(m.Name), StringComparer.Ordinal)
            .OrderBy(same => same.Min(m => m.Match.Rank)).ThenByDescending(same => same.Sum(m => m.Match.Weight))
            .Take(Spare)
            .Select(same => (Rank: same.Min(m => m.Match.Rank), Name: same.MaxBy(m => m.Match.Weight).Name, Papers: count(same.Key)))
            .Where(name => name.Papers > 0)
            .OrderBy(name => name.Rank).ThenByDescending(name => name.Papers).ThenBy(name => name.Name, StringComparer.Ordinal)
            .Select(name => (name.Name, name.Papers))];

    private static List<WordCompletion> Together(List<WordCompletion> completions) =>
        [.. completions
            .GroupBy(c => c.Word, StringComparer.Ordinal)
            .Select(same => new WordCompletion(same.Key, same.Min(c => c.Cost), same.Sum(c => c.Count)))
            .Order()
            .Take(Spare)];

    // Where papers of a segment were deleted its postings are read; else what it was written with is what it has.
    private static int CountOf(IndexReader reader, Term term, Func<SegmentNames, int> written)
    {
        var count = 0;
        foreach (var leaf in reader.Leaves)
        {
            var all = written(SegmentNames.Of(leaf.AtomicReader));
            if (all == 0 || leaf.AtomicReader.LiveDocs is null)
            {
                count += all;
                continue;
            }
            if (leaf.AtomicReader.GetTermDocsEnum(term) is not { } papers)
                continue;
            while (papers.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
                count++;
        }
        return count;
    }

    private async Task<List<ReadablePaper>> LoadAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var papers = await _papers.LoadAsync(db, ids, cancellationToken);
        return [.. ids.Where(papers.ContainsKey).Select(id => papers[id])];
    }

    // Papers fill what the other kinds leave; each of those has a few places at most, and more only where papers are few.
    private static List<Suggestion> Share(Wanted wanted, Found found, List<ReadablePaper> papers, int limit)
    {
        var few = Math.Max(1, limit / 4);
        var words = wanted.Only is null ? CompletedWords(wanted, found.Completions, found.Papers.Count > 0).ToList() : [];
        var counts = new[] { Math.Min(words.Count, few), 0, Math.Min(found.Authors.Count, few), Math.Min(found.Keywords.Count, few) };
        counts[1] = Math.Max(0, Math.Min(papers.Count, limit - counts.Sum()));
        foreach (var (kind, available) in new[] { (2, found.Authors.Count), (3, found.Keywords.Count), (0, words.Count) })
            counts[kind] += Math.Min(available - counts[kind], limit - counts.Sum());
        List<Suggestion> shared =
        [
            .. words.Take(counts[0]),
            .. papers.Take(counts[1]).Select(paper => new Suggestion(SuggestionKind.Paper, SuggestionMarks.Of(paper.Title.Text, wanted.Typed, inAnyOrder: false), 1) { Paper = paper.Paper }),
            .. found.Authors.Take(counts[2]).Select(a => new Suggestion(SuggestionKind.Author, SuggestionMarks.Of(a.Name, wanted.Typed, inAnyOrder: true), a.Papers)),
            .. found.Keywords.Take(counts[3]).Select(k => new Suggestion(SuggestionKind.Keyword, SuggestionMarks.Of(k.Name, wanted.Typed, inAnyOrder: false), k.Papers)),
        ];
        return [.. shared.Take(limit)];
    }

    private static IEnumerable<Suggestion> CompletedWords(Wanted wanted, IReadOnlyList<WordCompletion> completions, bool hasPapers)
    {
        // One title with the word is the suggestion already.
        const int fewest = 2;
        var last = LastWord().Match(wanted.Text);
        if (!last.Success || !hasPapers)
            yield break;
        var before = wanted.Text[..last.Index].TrimStart();
        foreach (var completion in completions.Where(c => c.Count >= fewest && c.Cost == completions[0].Cost))
            yield return new Suggestion(SuggestionKind.Words, SuggestionMarks.Of(before + completion.Word, wanted.Typed, inAnyOrder: false), completion.Count);
    }

    [GeneratedRegex("""^\s*(?<field>author|keyword):\s*"?(?<value>[^":]*)"?\s*$""", RegexOptions.IgnoreCase)]
    private static partial Regex Field();

    // A word that is followed by a space is finished.
    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+$")]
    private static partial Regex LastWord();

    private sealed record Wanted(string Text, IReadOnlyList<string> Typed, SuggestionKind? Only)
    {
        public bool Wants(SuggestionKind kind) => Only is null || Only == kind;
    }

    private sealed record Found(
        IReadOnlyList<long> Papers, IReadOnlyList<(string Name, int Papers)> Authors, IReadOnlyList<(string Name, int Papers)> Keywords, IReadOnlyList<WordCompletion> Completions);
}
