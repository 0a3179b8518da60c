using System.Diagnostics;
using System.Globalization;
using DailyPapers.Papers;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Retrieval;

namespace DailyPapers.Bench;

/// <summary>Times the finding of the twenty best papers alone, beside SQLite FTS5 and Xapian on the same papers in the same run.</summary>
internal static class LexicalBench
{
    private const int Hits = 20;
    private const int Seed = 20260101;

    public static void Run(BenchData bench, List<Paper> papers)
    {
        var retrieval = new LexicalRetrieval(new QueryCompiler(new FieldBoosts()));
        using var lease = bench.Get<PaperIndex>().Acquire()!;
        foreach (var (kind, queries) in QueriesOf(papers))
        {
            for (var round = 0; round < 2; round++)
            {
                foreach (var query in queries)
                    retrieval.Best(lease.Searcher, QueryParser.Parse(query), null, Hits);
            }
            var took = new List<double>();
            foreach (var query in queries)
            {
                var started = Stopwatch.GetTimestamp();
                retrieval.Best(lease.Searcher, QueryParser.Parse(query), null, Hits);
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-18} {queries.Count,4} queries: ours p50 {At(took, 0.5):F3} ms, p99 {At(took, 0.99):F3} ms"));
        }
        Known("whole title", p => p.Title);
        var random = new Random(Seed);
        Known("three title words", p => Pick(ContentWords(p.Title), 3, random));
        Known("half the title", p => string.Join(' ', AllWords(p.Title).Take((AllWords(p.Title).Length + 1) / 2)));
        Known("author and word", p => p.Authors[^1].Name.Split(' ')[^1] + " " + Pick(ContentWords(p.Title), 1, random));
        Known("five abstract words", p => Pick(ContentWords(p.Abstract!), 5, random));
        Known("title and wrong word", p => Pick(ContentWords(p.Title), 3, random) + " zebrafish");

        void Known(string kind, Func<Paper, string> queryOf)
        {
            double reciprocal = 0;
            var (first, ten, asked) = (0, 0, 0);
            foreach (var paper in papers)
            {
                if (queryOf(paper) is not { Length: > 0 } query)
                    continue;
                asked++;
                var place = Array.IndexOf(retrieval.Best(lease.Searcher, QueryParser.Parse(query), null, 10).PaperIds, paper.Id);
                if (place < 0)
                    continue;
                ten++;
                first += place == 0 ? 1 : 0;
                reciprocal += 1.0 / (place + 1);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"retrieval, known item by {kind,-21}: first {100.0 * first / asked:F1} %, in ten {100.0 * ten / asked:F1} %, MRR {reciprocal / asked:F3}"));
        }
    }

    private static IEnumerable<(string Kind, List<string> Queries)> QueriesOf(List<Paper> papers)
    {
        var random = new Random(Seed);
        var words = papers.Select(p => ContentWords(p.Title + " " + p.Abstract)).Where(w => w.Length >= 8).ToList();
        yield return ("one word", words.Select(w => random.GetItems(w, 1)[0] + " ").ToList());
        yield return ("two words", words.Select(w => string.Join(' ', random.GetItems(w, 2)) + " ").ToList());
        yield return ("three words", words.Select(w => string.Join(' ', random.GetItems(w, 3)) + " ").ToList());
        yield return ("three words, OR", words.Select(w => string.Join(" OR ", random.GetItems(w, 3)) + " ").ToList());
        yield return ("three words, open", words.Select(w => string.Join(' ', random.GetItems(w, 3))).ToList());
        yield return ("three words, cut", words.Select(w => string.Join(' ', random.GetItems(w, 3))).Select(q => q[..^2]).ToList());
        yield return ("five words", words.Select(w => string.Join(' ', random.GetItems(w, 5)) + " ").ToList());
        yield return ("phrase of two", papers.Select(p => AllWords(p.Abstract!)).Where(w => w.Length > 4).Select(w => (Words: w, At: random.Next(w.Length - 2)))
            .Select(x => $"\"{x.Words[x.At]} {x.Words[x.At + 1]}\"").ToList());
        yield return ("prefix", words.Select(w => random.GetItems(w, 1)[0]).Select(w => w[..Math.Min(4, w.Length)] + "*").ToList());
    }

    private static string Pick(string[] words, int count, Random random)
    {
        var picked = words.Distinct().ToArray();
        random.Shuffle(picked);
        return string.Join(' ', picked.Take(count));
    }

    private static string[] AllWords(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.', ',', ':', ';', '(', ')', '"', '“', '”', '?', '!')).Where(w => w.Length > 0 && w.All(char.IsAsciiLetter)).ToArray();

    private static string[] ContentWords(string text) => AllWords(text).Where(w => w.Length >= 4).Select(w => w.ToLowerInvariant()).ToArray();

    private static double At(List<double> times, double share) => times.Order().ElementAt((int)Math.Min(times.Count - 1, share * times.Count));
}
