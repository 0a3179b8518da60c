using System.CommandLine;
using System.Text.Json;
using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Bench;

/// <summary>Papers drawn at random, and queries of every kind made of their words: common words are drawn as often as papers use them.</summary>
internal static class QuerySample
{
    private const int Seed = 20260101;
    private const int FewestWords = 8;

    public static async Task<List<Paper>> PapersAsync(BenchData bench, int count, CancellationToken cancellationToken)
    {
        await using var db = await bench.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken);
        var ids = await db.Papers.Where(p => p.Abstract != null).OrderBy(p => p.Id).Select(p => p.Id).ToArrayAsync(cancellationToken);
        new Random(Seed).Shuffle(ids);
        var chosen = ids.Take(count).ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(chosen).Contains(p.Id)).ToListAsync(cancellationToken);
        return papers.Where(p => p.Authors.Count > 0 && BenchWords.Content(p.Title + " " + p.Abstract).Length >= FewestWords).ToList();
    }

    public static List<(string Kind, List<BenchQuery> Queries)> Kinds(List<Paper> papers, ParseResult arguments)
    {
        var random = new Random(Seed);
        var words = papers.ConvertAll(p => BenchWords.Content(p.Title + " " + p.Abstract));
        var kinds = new List<(string, List<BenchQuery>)>
        {
            // The space at the end says that the last word is finished.
            ("one word", words.ConvertAll(w => BenchQuery.Any(random.GetItems(w, 1)[0] + " "))),
            ("two words", words.ConvertAll(w => BenchQuery.Any(string.Join(' ', random.GetItems(w, 2)) + " "))),
            ("three words", words.ConvertAll(w => BenchQuery.Any(string.Join(' ', random.GetItems(w, 3)) + " "))),
            ("three words, OR", words.ConvertAll(w => Or(random.GetItems(w, 3)))),
            ("three words, open", words.ConvertAll(w => BenchQuery.Any(string.Join(' ', random.GetItems(w, 3))))),
            ("five words", words.ConvertAll(w => BenchQuery.Any(string.Join(' ', random.GetItems(w, 5)) + " "))),
            ("title", papers.ConvertAll(p => BenchQuery.Any(p.Title[..Math.Min(p.Title.Length, SearchRequest.LongestText)]))),
            ("phrase of two", papers.Select(p => BenchWords.All(p.Abstract!)).Where(w => w.Length > 4).Select(w => Neighbours(w, random)).ToList()),
        };
        if ((arguments.GetValue(BenchOptions.Questions) ?? ShippedQuestions()) is { } file)
            kinds.Add(("question", Questions(file).ConvertAll(BenchQuery.Any)));
        var wanted = arguments.GetValue(BenchOptions.Kinds) ?? [];
        return wanted.Length == 0 ? kinds : kinds.FindAll(kind => wanted.Contains(kind.Item1));
    }

    public static List<string> Questions(FileInfo file) =>
        [.. File.ReadLines(file.FullName).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!)];

    private static BenchQuery Or(string[] words) => BenchQuery.Any(string.Join(' ', words)) with { Text = string.Join(" OR ", words) + " " };

    private static BenchQuery Neighbours(string[] words, Random random)
    {
        var at = random.Next(words.Length - 2);
        return BenchQuery.Phrase(words[at].ToLowerInvariant(), words[at + 1].ToLowerInvariant());
    }

    private static FileInfo? ShippedQuestions()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = new FileInfo(Path.Combine(folder.FullName, "bench", "Relevance", "questions.jsonl"));
            if (file.Exists)
                return file;
        }
        return null;
    }
}
