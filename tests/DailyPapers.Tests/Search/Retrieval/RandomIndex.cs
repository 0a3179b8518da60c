using DailyPapers.Search.Indexing;
using DailyPapers.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace DailyPapers.Tests.Search.Retrieval;

/// <summary>An index of papers of random words, a few of them frequent, written in several segments with papers replaced and deleted.</summary>
internal sealed class RandomIndex : IDisposable
{
    private const string Lineage = "history";

    private readonly string _root = Directory.CreateTempSubdirectory("index-").FullName;

    public RandomIndex(int seed, int papers, bool withChanges = true)
    {
        var random = new Random(seed);
        Papers = new PaperIndex(new DataDirectory(_root), NullLogger<PaperIndex>.Instance);
        Assert.True(Papers.TryOpenToWrite(Lineage));
        for (var first = 1; first <= papers; first += 150)
        {
            var replaced = withChanges && first > 1 ? [random.Next(1, first)] : Array.Empty<int>();
            var written = Enumerable.Range(first, Math.Min(150, papers - first + 1)).Concat(replaced).OrderBy(_ => random.Next());
            Papers.Write([.. written.Select(id => Paper(id, random))], new ContentVersion(Lineage, first));
            Papers.Refresh();
            if (withChanges)
                Papers.Forget([random.Next(1, first + 100)]);
        }
        Papers.Commit();
        Papers.Refresh();
    }

    public PaperIndex Papers { get; }

    /// <summary>A word, the lower its number the more frequent.</summary>
    public static string Word(Random random) => $"word{(int)Math.Pow(60, random.NextDouble())}x";

    public static string Words(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word(random)));

    public void Dispose()
    {
        Papers.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private static IndexedPaper Paper(int id, Random random) => new(
        id, id, $"d-{id}", null, null, Words(random, random.Next(1, 8)), [], null, Words(random, random.Next(5, 60)), [], [], null, null,
        new DateOnly(2000 + (id % 20), 1, 1), 0, HasCode: false, null);
}
