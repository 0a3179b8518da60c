using DailyPapers.Search.Indexing;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Suggesting;
using DailyPapers.Search.Text;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace DailyPapers.Search.Correcting;

/// <summary>
/// Finds typing errors in a query. A word is suspected when no paper has it, or when nothing has all the words and a near
/// neighbour is a hundred times as frequent. Of the neighbours the one is chosen that is frequent, near, and occurs together
/// with the other words.
/// </summary>
internal sealed class QueryCorrection(QueryCompiler compiler)
{
    private const int MostWords = 24;
    private const int MostUnknown = 3;
    private const int MostSuspects = 3;
    private const int MostCandidates = 10;
    private const int MuchMoreFrequent = 100;
    private const int ClearlyMore = 10;
    private const int FewestOfWhole = 10;
    private const int FewestWithoutContext = 5;
    private const int ShortestRare = 5;
    private const int ShortestPart = 2;

    // What occurring together counts beside how frequent a word is.
    private const double ContextWeight = 2;

    /// <summary>What the query probably meant, or null when it is right, or nothing better is known.</summary>
    /// <param name="searcher">The index.</param>
    /// <param name="query">The query as read.</param>
    /// <param name="text">The same as typed.</param>
    /// <param name="filter">What hits must be, or null.</param>
    public Correction? Find(IndexSearcher searcher, SearchQuery query, string text, Filter? filter)
    {
        if (query.WholeId is not null || text.Length > SearchRequest.LongestText)
            return null;
        var words = BareWords.In(text);
        if (words.Count is 0 or > MostWords)
            return null;
        return new Attempt(compiler, searcher, filter, text, words, HasOpenEnd(query)).Run();
    }

    private static bool HasOpenEnd(SearchQuery query) => query.Groups.Any(g => g.Alternatives.Any(c => c is WordsClause { Form: WordsForm.Open }));

    private sealed record Edit(int Start, int End, string Replacement);

    private sealed class Attempt(QueryCompiler compiler, IndexSearcher searcher, Filter? filter, string text, List<BareWord> words, bool hasOpenEnd)
    {
        private readonly IndexVocabulary _vocabulary = new(searcher.IndexReader);

        public Correction? Run()
        {
            var frequencies = words.ConvertAll(word => _vocabulary.Frequency(word.Spelling));
            var unknown = Enumerable.Range(0, words.Count).Where(i => IsUnknown(i, frequencies)).ToList();
            if (unknown.Count > MostUnknown)
                return null;
            if (unknown.Count > 0)
                return CorrectUnknown(unknown);
            var joined = JoinKnown();
            if (joined is not null)
                return joined;
            var suspects = Enumerable.Range(0, words.Count).Where(i => CanBeRare(i, frequencies)).OrderBy(i => frequencies[i]).Take(MostSuspects).ToList();
            return suspects.Count > 0 ? CorrectRare(suspects, frequencies) : null;
        }

        private bool IsUnknown(int i, List<long> frequencies) =>
            frequencies[i] == 0 && BareWords.CanBeWrong(words[i]) && !_vocabulary.IsInName(words[i].Spelling)
                && !IsBeginning(i) && !IsPartOfKnownCompound(i);

        // The search reads a last word as the beginning of longer ones.
        private bool IsBeginning(int i) => hasOpenEnd && i == words.Count - 1 && _vocabulary.HasCompletion(words[i].Spelling);

        private bool IsPartOfKnownCompound(int i) =>
            (words[i].Joined && i > 0 && _vocabulary.Frequency(words[i - 1].Spelling + words[i].Spelling) > 0)
            || (i + 1 < words.Count && words[i + 1].Joined && _vocabulary.Frequency(words[i].Spelling + words[i + 1].Spelling) > 0);

        private bool CanBeRare(int i, List<long> frequencies) =>
            BareWords.CanBeWrong(words[i])
            && words[i].Spelling.Length >= ShortestRare
            && frequencies[i] * MuchMoreFrequent <= _vocabulary.Papers
            && !words[i].Joined
            && !(i + 1 < words.Count && words[i + 1].Joined)
            && !IsBeginning(i)
            && !_vocabulary.IsInName(words[i].Spelling);

        private Correction? CorrectUnknown(List<int> unknown)
        {
            var edits = new List<Edit>();
            // The words nobody has are left out until they are corrected: then what is left can occur together.
            var pending = unknown.ToHashSet();
            foreach (var i in unknown)
            {
                if (!pending.Remove(i))
                    continue;
                var rest = pending.Select(Without).ToList();
                var context = Enumerable.Range(0, words.Count).Where(j => j != i && !pending.Contains(j)).ToList();
                if (Choose(CandidatesFor(i), i, edits, rest, context) is not { } chosen)
                    return null;
                edits.Add(chosen);
                // A word joined with the next one took that along.
                pending.RemoveWhere(j => words[j].Start < chosen.End && words[j].End > chosen.Start);
            }
            var corrected = Apply(edits);
            return new Correction(corrected, IsShown: CountAll(corrected) > 0);
        }

        private Edit? Choose(List<(Edit Edit, NearWord Near)> candidates, int place, List<Edit> made, List<Edit> rest, List<int> context)
        {
            (Edit Edit, double Score)? best = null;
            foreach (var (edit, near) in candidates)
            {
                var together = CountAll(Apply([.. made.Where(m => m.End <= edit.Start || m.Start >= edit.End), .. rest.Where(r => r.End <= edit.Start || r.Start >= edit.End), edit]));
                if (together == 0)
                    continue;
                var score = near.Likelihood + (ContextWeight * Math.Log(1 + together));
                if (best is null || score > best.Value.Score)
                    best = (edit, score);
            }
            if (best is not null)
                return best.Value.Edit;
            // No paper has all words, whichever is chosen: then those count that have half of them.
            foreach (var (edit, near) in candidates.Where(c => c.Near.Frequency >= FewestWithoutContext))
            {
                var together = CountHalf(near.Text, context);
                if (together == 0)
                    continue;
                var score = near.Likelihood + Math.Log(1 + together);
                if (best is null || score > best.Value.Score)
                    best = (edit, score);
            }
            return best is { } likely && words[place].Spelling.Length >= ShortestRare ? likely.Edit : null;
        }

        private List<(Edit Edit, NearWord Near)> CandidatesFor(int i)
        {
            var word = words[i];
            var candidates = _vocabulary.Near(word.Spelling, EditDistance.Allowed(word.Spelling.Length), fewest: 1, MostCandidates)
                .ConvertAll(near => (Replace(word, near.Text), near));
            foreach (var split in SplitsOf(word.Spelling))
                candidates.Add((Replace(word, split.Text), split));
            foreach (var (first, second) in new[] { (i - 1, i), (i, i + 1) })
            {
                if (first < 0 || second >= words.Count || !StandTogether(first, second))
                    continue;
                var whole = words[first].Spelling + words[second].Spelling;
                if (_vocabulary.Frequency(whole) is var frequency and > 0)
                    candidates.Add((new Edit(words[first].Start, words[second].End, whole), new NearWord(whole, 1, frequency)));
            }
            return candidates;
        }

        private IEnumerable<NearWord> SplitsOf(string word)
        {
            for (var at = ShortestPart; at <= word.Length - ShortestPart; at++)
            {
                var (left, right) = (word[..at], word[at..]);
                if (Math.Min(_vocabulary.Frequency(left), _vocabulary.Frequency(right)) < FewestOfWhole)
                    continue;
                if (CountAll($"\"{left} {right}\"") is var together and > 0)
                    yield return new NearWord($"{left} {right}", 1, together);
            }
        }

        // Two words that are much more often written as one.
        private Correction? JoinKnown()
        {
            for (var i = 0; i + 1 < words.Count; i++)
            {
                if (!StandTogether(i, i + 1) || StopWords.Contains(words[i].Spelling) || StopWords.Contains(words[i + 1].Spelling))
                    continue;
                var whole = words[i].Spelling + words[i + 1].Spelling;
                var frequency = _vocabulary.Frequency(whole);
                if (frequency < FewestOfWhole)
                    continue;
                if (CountAll($"\"{words[i].Spelling} {words[i + 1].Spelling}\"") * ClearlyMore > frequency)
                    continue;
                var corrected = Apply([new Edit(words[i].Start, words[i + 1].End, whole)]);
                if (CountAll(corrected) > ClearlyMore * CountAll(text))
                    return new Correction(corrected, IsShown: false);
            }
            return null;
        }

        private Correction? CorrectRare(List<int> suspects, List<long> frequencies)
        {
            var asked = CountAll(text);
            // Whoever finds something with several words found what was meant.
            if (asked > 0 && (words.Count > 1 || _vocabulary.IsInTitle(words[0].Spelling)))
                return null;
            (string Text, double Score)? best = null;
            foreach (var i in suspects)
            {
                foreach (var near in _vocabulary.Near(words[i].Spelling, edits: 1, Math.Max(1, frequencies[i]) * MuchMoreFrequent, MostCandidates))
                {
                    if (near.Distance > 1 || Stemmer.Stem(near.Text) == Stemmer.Stem(words[i].Spelling))
                        continue;
                    var corrected = Apply([Replace(words[i], near.Text)]);
                    if (CountAll(corrected) is var found && found <= asked * ClearlyMore)
                        continue;
                    var score = near.Likelihood - Math.Log(1 + frequencies[i]) + (ContextWeight * Math.Log(1 + found));
                    if (best is null || score > best.Value.Score)
                        best = (corrected, score);
                }
            }
            return best is { } likely ? new Correction(likely.Text, IsShown: false) : null;
        }

        private bool StandTogether(int first, int second) =>
            !words[second].Joined && text.AsSpan(words[first].End, words[second].Start - words[first].End).IsWhiteSpace();

        private Edit Without(int i) => new(words[i].Start, words[i].End, "");

        private Edit Replace(BareWord word, string replacement) =>
            new(word.Start, word.End, char.IsUpper(text[word.Start]) ? char.ToUpperInvariant(replacement[0]) + replacement[1..] : replacement);

        private string Apply(IEnumerable<Edit> edits)
        {
            var result = text;
            foreach (var edit in edits.OrderByDescending(e => e.Start))
                result = string.Concat(result.AsSpan(0, edit.Start), edit.Replacement, result.AsSpan(edit.End));
            return result;
        }

        // The space says that the last word is finished.
        private int CountAll(string wanted)
        {
            var query = QueryParser.Parse(wanted + " ");
            if (query.Groups.Count == 0)
                return 0;
            var counter = new TotalHitCountCollector();
            searcher.Search(compiler.CompileUnscored(query, searcher.IndexReader), filter, counter);
            return counter.TotalHits;
        }

        private int CountHalf(string candidate, List<int> context)
        {
            var others = context.Where(j => !StopWords.Contains(words[j].Spelling)).Select(j => Stemmer.Stem(words[j].Spelling)).Distinct().ToList();
            var half = new BooleanQuery(disableCoord: true) { MinimumNumberShouldMatch = (others.Count + 1) / 2 };
            foreach (var word in Words.In(candidate))
                half.Add(new TermQuery(new Term(IndexField.Text, Stemmer.Stem(word))), Occur.MUST);
            foreach (var other in others)
                half.Add(new TermQuery(new Term(IndexField.Text, other)), Occur.SHOULD);
            var counter = new TotalHitCountCollector();
            searcher.Search(half, filter, counter);
            return counter.TotalHits;
        }
    }
}
