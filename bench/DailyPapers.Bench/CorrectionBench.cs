using System.Diagnostics;
using DailyPapers.Papers;
using DailyPapers.Search.Correcting;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Text;
using Lucene.Net.Search;

namespace DailyPapers.Bench;

/// <summary>How often a typing error is corrected back, how often a right query is called wrong, and what the look costs.</summary>
internal static class CorrectionBench
{
    private const int Seed = 20260102;
    private const int Shown = 12;

    public static void Run(BenchData bench, List<Paper> papers, FileInfo? questions)
    {
        using var lease = bench.Get<PaperIndex>().Acquire()!;
        var correction = new QueryCorrection(new QueryCompiler(new FieldBoosts()));
        foreach (var paper in papers.Take(50))
            correction.Find(lease.Searcher, QueryParser.Parse(paper.Title), paper.Title, null);

        Break("titles", papers.ConvertAll(p => p.Title), lease.Searcher, correction);
        var random = new Random(Seed);
        Break("three words of a title", papers.ConvertAll(p => BenchWords.Pick(BenchWords.Content(p.Title), 3, random) + " "), lease.Searcher, correction);
        Break("one word of a title", papers.ConvertAll(p => BenchWords.Pick(BenchWords.Content(p.Title), 1, random) + " "), lease.Searcher, correction);

        Leave("titles", papers.ConvertAll(p => p.Title), lease.Searcher, correction);
        Leave("three words of a title", papers.ConvertAll(p => BenchWords.Pick(BenchWords.Content(p.Title), 3, random) + " "), lease.Searcher, correction);
        Leave("one word of a title", papers.ConvertAll(p => BenchWords.Pick(BenchWords.Content(p.Title), 1, random) + " "), lease.Searcher, correction);
        Leave("authors", papers.ConvertAll(p => p.Authors[0].Name), lease.Searcher, correction);
        if (questions is not null)
            Leave("questions", QuerySample.Questions(questions), lease.Searcher, correction);
    }

    private static void Break(string kind, List<string> right, IndexSearcher searcher, QueryCorrection correction)
    {
        var random = new Random(Seed);
        int back = 0, sameStem = 0, other = 0, asked = 0, missed = 0;
        var took = new List<double>();
        var examples = new List<string>();
        foreach (var query in right)
        {
            var (text, word, wrong) = Typo.In(query, random);
            if (word.Length == 0)
                continue;
            asked++;
            var found = Timed(searcher, correction, text, took);
            if (found is null)
                missed++;
            else if (Spelling(found.Text) == Spelling(query))
                back++;
            else if (Stems(found.Text) == Stems(query))
                sameStem++;
            else
                other++;
            if (examples.Count < Shown && (found is null || Stems(found.Text) != Stems(query)))
                examples.Add($"{word} > {wrong} > {found?.Text ?? "nothing"}");
        }
        var times = Times.OfOnce(took);
        Console.WriteLine(Machine.Invariant(
            $"an error in {kind,-24} {asked,5}: corrected back {100.0 * back / asked:F1} %, to another inflection {100.0 * sameStem / asked:F1} %, to something else {100.0 * other / asked:F1} %, not noticed {100.0 * missed / asked:F1} %; p50 {times.Median:F2} ms, p99 {times.P99:F2} ms"));
        examples.ForEach(example => Console.WriteLine("    " + example));
    }

    private static void Leave(string kind, List<string> right, IndexSearcher searcher, QueryCorrection correction)
    {
        var took = new List<double>();
        var wrong = new List<string>();
        foreach (var query in right)
        {
            if (Timed(searcher, correction, query, took) is { } found)
                wrong.Add($"{query} > {found.Text}");
        }
        var times = Times.OfOnce(took);
        Console.WriteLine(Machine.Invariant(
            $"right: {kind,-24} {right.Count,5}: called wrong {100.0 * wrong.Count / right.Count:F2} %; p50 {times.Median:F2} ms, p99 {times.P99:F2} ms"));
        wrong.Take(Shown).ToList().ForEach(example => Console.WriteLine("    " + example));
    }

    private static Correction? Timed(IndexSearcher searcher, QueryCorrection correction, string text, List<double> took)
    {
        var query = QueryParser.Parse(text);
        var started = Stopwatch.GetTimestamp();
        var found = correction.Find(searcher, query, text, null);
        took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return found;
    }

    private static string Spelling(string text) => string.Join(' ', Words.In(text));

    private static string Stems(string text) => string.Join(' ', Words.In(text).Select(Stemmer.Stem));
}
